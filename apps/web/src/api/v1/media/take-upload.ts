import { MAX_IMAGE_BYTES, MAX_VIDEO_BYTES, mediaState, uploadMedia } from '@anancus/core/domain/media'
import { renderMediaAttachment } from '@anancus/core/entities'
import { ValidationError } from '@anancus/core/kernel/errors'
import { z } from 'zod'
import { stringParam } from '../../../http/params.ts'
import { answer, ok, type Reply } from '../../../http/reply.ts'
import type { UserCall } from '../../../http/route.ts'

export const uploadParams = z.object({ description: stringParam, focus: stringParam })

/** Films and sounds may have a thumbnail. */
export const UPLOADS = { file: MAX_VIDEO_BYTES, thumbnail: MAX_IMAGE_BYTES }

type UploadCall = UserCall<z.output<typeof uploadParams>>

const ACCEPTED = 202

/** The first version of the endpoint: everything is complete when it answers. */
export async function takeUpload(call: UploadCall): Promise<Reply> {
  return take(call, false)
}

/** The second version: films and sounds are left to a job, and answered with 202. */
export async function takeUploadForLater(call: UploadCall): Promise<Reply> {
  return take(call, true)
}

async function take({ ctx, viewer, params, files }: UploadCall, isLater: boolean): Promise<Reply> {
  const { file, thumbnail } = files
  if (!file) throw ValidationError.failed("File can't be blank")
  const media = await uploadMedia(ctx, viewer.account, file, { ...params, thumbnail, isLater })
  const body = renderMediaAttachment(ctx, media)
  return mediaState(media) === 'complete' ? ok(body) : answer(ACCEPTED, body)
}
