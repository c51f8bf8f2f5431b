import { deleteUpload, describeUpload, getUnattachedMedia, mediaState } from '@anancus/core/domain/media'
import { renderMediaAttachment } from '@anancus/core/entities'
import type { Ctx } from '@anancus/core/kernel/context'
import { ValidationError } from '@anancus/core/kernel/errors'
import type { MediaAttachmentRow } from '@anancus/db'
import { z } from 'zod'
import { idParam, stringParam } from '../../http/params.ts'
import { answer, done, ok, type Reply } from '../../http/reply.ts'
import { user, userRoute } from '../../http/route.ts'
import { takeUpload, UPLOADS, uploadParams } from './media/take-upload.ts'

const PARTIAL = 206

/** Done is 200, in work 206. @throws ValidationError it could not be processed */
function mediaReply(ctx: Ctx, media: MediaAttachmentRow): Reply {
  const state = mediaState(media)
  if (state === 'failed') throw new ValidationError('Error processing thumbnail for uploaded media')
  const body = renderMediaAttachment(ctx, media)
  return state === 'complete' ? ok(body) : answer(PARTIAL, body)
}

/** @see https://docs.joinmastodon.org/methods/media/#v1 */
export const createMediaV1 = userRoute({
  method: 'post',
  path: '/api/v1/media',
  auth: user('write:media'),
  params: uploadParams,
  uploads: UPLOADS,
  rateLimit: 'media',
  summary: 'Takes an upload; answers when it is processed.',
  answers: 'MediaAttachment',
  handle: takeUpload,
})

/** @see https://docs.joinmastodon.org/methods/media/#get */
export const showMedia = userRoute({
  method: 'get',
  path: '/api/v1/media/:id',
  auth: user('write:media'),
  params: z.object({ id: idParam }),
  summary: 'An own upload that no status has yet.',
  answers: 'MediaAttachment',
  alsoAnswers: { 206: 'MediaAttachment' },
  async handle({ ctx, viewer, params }) {
    return mediaReply(ctx, await getUnattachedMedia(ctx, viewer, params.id))
  },
})

/** @see https://docs.joinmastodon.org/methods/media/#update */
export const updateMedia = userRoute({
  method: 'put',
  path: '/api/v1/media/:id',
  auth: user('write:media'),
  params: z.object({ id: idParam, description: stringParam, focus: stringParam }),
  uploads: { thumbnail: UPLOADS.thumbnail },
  summary: 'Describes an own upload that no status has yet.',
  answers: 'MediaAttachment',
  alsoAnswers: { 206: 'MediaAttachment' },
  async handle({ ctx, viewer, params, files }) {
    const change = { ...params, thumbnail: files.thumbnail }
    return mediaReply(ctx, await describeUpload(ctx, viewer, params.id, change))
  },
})

/** @see https://docs.joinmastodon.org/methods/media/#delete */
export const deleteMedia = userRoute({
  method: 'delete',
  path: '/api/v1/media/:id',
  auth: user('write:media'),
  params: z.object({ id: idParam }),
  summary: 'Deletes an own upload that no status has.',
  answers: 'empty',
  async handle({ ctx, viewer, params }) {
    await deleteUpload(ctx, viewer, params.id)
    return done()
  },
})
