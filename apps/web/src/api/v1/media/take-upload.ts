import { MAX_IMAGE_BYTES, MAX_VIDEO_BYTES, uploadMedia } from '@anancus/core/domain/media'
import { renderMediaAttachment } from '@anancus/core/entities'
import { ValidationError } from '@anancus/core/kernel/errors'
import { z } from 'zod'
import { stringParam } from '../../../http/params.ts'
import { ok, type Reply } from '../../../http/reply.ts'
import type { UserCall } from '../../../http/route.ts'

export const uploadParams = z.object({ description: stringParam, focus: stringParam })

/** A thumbnail is read and not used: only films and sounds have one. */
export const UPLOADS = { file: MAX_VIDEO_BYTES, thumbnail: MAX_IMAGE_BYTES }

/** What both versions of the endpoint do: pictures are complete at once. */
export async function takeUpload({
  ctx,
  viewer,
  params,
  files,
}: UserCall<z.output<typeof uploadParams>>): Promise<Reply> {
  const { file } = files
  if (!file) throw ValidationError.failed("File can't be blank")
  const media = await uploadMedia(ctx, viewer.account, file, params)
  return ok(renderMediaAttachment(ctx, media))
}
