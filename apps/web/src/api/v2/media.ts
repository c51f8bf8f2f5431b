import { user, userRoute } from '../../http/route.ts'
import { takeUploadForLater, UPLOADS, uploadParams } from '../v1/media/take-upload.ts'

/** @see https://docs.joinmastodon.org/methods/media/#v2 */
export const createMedia = userRoute({
  method: 'post',
  path: '/api/v2/media',
  auth: user('write:media'),
  params: uploadParams,
  uploads: UPLOADS,
  rateLimit: 'media',
  summary: 'Takes an upload.',
  answers: 'MediaAttachment',
  alsoAnswers: { 202: 'MediaAttachment' },
  handle: takeUploadForLater,
})
