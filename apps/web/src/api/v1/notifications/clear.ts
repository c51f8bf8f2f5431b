import { clearNotifications } from '@anancus/core/domain/notifications'
import { noParams } from '../../../http/params.ts'
import { done } from '../../../http/reply.ts'
import { user, userRoute } from '../../../http/route.ts'

/** @see https://docs.joinmastodon.org/methods/notifications/#clear */
export const clear = userRoute({
  method: 'post',
  path: '/api/v1/notifications/clear',
  auth: user('write:notifications'),
  params: noParams,
  summary: 'Deletes all notifications.',
  answers: 'empty',
  async handle({ ctx, viewer }) {
    await clearNotifications(ctx, viewer)
    return done()
  },
})
