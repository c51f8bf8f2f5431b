import { user, userRoute } from '../../../../http/route.ts'
import { handleReact, reactionParams } from '../../statuses/react.ts'
import { lookUp } from '../../statuses/status-of.ts'
import { handleUnreact } from '../../statuses/unreact.ts'

const common = {
  path: '/api/v1/pleroma/statuses/:id/reactions/:emoji',
  auth: user('write:favourites'),
  params: reactionParams,
  answers: 'Status',
} as const

/** The same as `…/react/:emoji`, for apps that know it from Pleroma and Akkoma. */
export const addPleromaReaction = userRoute({
  ...common,
  method: 'put',
  lookUp,
  summary: 'Reacts to a status with an emoji, which is a favourite too.',
  handle: handleReact,
})

export const removePleromaReaction = userRoute({
  ...common,
  method: 'delete',
  summary: 'Takes a reaction to a status back.',
  handle: handleUnreact,
})
