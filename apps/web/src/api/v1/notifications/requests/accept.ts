import { acceptNotificationRequests, getNotificationRequest } from '@anancus/core/domain/notifications'
import { z } from 'zod'
import { idParam, idsParam } from '../../../../http/params.ts'
import { done } from '../../../../http/reply.ts'
import { user, userRoute } from '../../../../http/route.ts'

/** @see https://docs.joinmastodon.org/methods/notifications/#accept-request */
export const acceptRequest = userRoute({
  method: 'post',
  path: '/api/v1/notifications/requests/:id/accept',
  auth: user('write:notifications'),
  params: z.object({ id: idParam }),
  summary: 'Lets notifications of senders through: one.',
  answers: 'empty',
  async handle({ ctx, viewer, params }) {
    const request = await getNotificationRequest(ctx, viewer, params.id)
    await acceptNotificationRequests(ctx, viewer, [request.id])
    return done()
  },
})

/** @see https://docs.joinmastodon.org/methods/notifications/#accept-multiple-requests */
export const acceptRequests = userRoute({
  method: 'post',
  path: '/api/v1/notifications/requests/accept',
  auth: user('write:notifications'),
  params: z.object({ id: idsParam({ wrap: true }) }),
  summary: 'Lets notifications of senders through: several.',
  answers: 'empty',
  async handle({ ctx, viewer, params }) {
    await acceptNotificationRequests(ctx, viewer, params.id ?? [])
    return done()
  },
})
