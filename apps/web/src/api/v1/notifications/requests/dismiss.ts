import { dismissNotificationRequests, getNotificationRequest } from '@anancus/core/domain/notifications'
import { z } from 'zod'
import { idParam, idsParam } from '../../../../http/params.ts'
import { done } from '../../../../http/reply.ts'
import { user, userRoute } from '../../../../http/route.ts'

/** @see https://docs.joinmastodon.org/methods/notifications/#dismiss-request */
export const dismissRequest = userRoute({
  method: 'post',
  path: '/api/v1/notifications/requests/:id/dismiss',
  auth: user('write:notifications'),
  params: z.object({ id: idParam }),
  summary: 'Drops notification requests: one.',
  answers: 'empty',
  async handle({ ctx, viewer, params }) {
    const request = await getNotificationRequest(ctx, viewer, params.id)
    await dismissNotificationRequests(ctx, viewer, [request.id], { withNotifications: true })
    return done()
  },
})

/** @see https://docs.joinmastodon.org/methods/notifications/#dismiss-multiple-requests */
export const dismissRequests = userRoute({
  method: 'post',
  path: '/api/v1/notifications/requests/dismiss',
  auth: user('write:notifications'),
  params: z.object({ id: idsParam({ wrap: true }) }),
  summary: 'Drops notification requests: several.',
  answers: 'empty',
  async handle({ ctx, viewer, params }) {
    await dismissNotificationRequests(ctx, viewer, params.id ?? [])
    return done()
  },
})
