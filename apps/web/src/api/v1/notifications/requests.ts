import { getNotificationRequest, listNotificationRequests } from '@anancus/core/domain/notifications'
import { renderNotificationRequests } from '@anancus/core/entities'
import { z } from 'zod'
import { cursorsOf, pageReply } from '../../../http/pagination.ts'
import { idParam, windowOf, windowParams } from '../../../http/params.ts'
import { ok } from '../../../http/reply.ts'
import { user, userRoute } from '../../../http/route.ts'

/** @see https://docs.joinmastodon.org/methods/notifications/#get-requests */
export const requests = userRoute({
  method: 'get',
  path: '/api/v1/notifications/requests',
  auth: user('read:notifications'),
  params: z.object(windowParams(40, 80)),
  summary: 'From whom notifications were put aside.',
  answers: ['NotificationRequest'],
  async handle(call) {
    const { ctx, viewer, params } = call
    const window = windowOf(params)
    const rows = await listNotificationRequests(ctx, viewer, window)
    return pageReply(call, await renderNotificationRequests(ctx, viewer, rows), {
      window,
      cursors: cursorsOf(rows, (row) => row.id),
      mode: 'full-page',
      prev: 'min_id',
      count: rows.length,
    })
  },
})

/** @see https://docs.joinmastodon.org/methods/notifications/#get-one-request */
export const showRequest = userRoute({
  method: 'get',
  path: '/api/v1/notifications/requests/:id',
  auth: user('read:notifications'),
  params: z.object({ id: idParam }),
  summary: 'A notification request.',
  answers: 'NotificationRequest',
  async handle({ ctx, viewer, params }) {
    const row = await getNotificationRequest(ctx, viewer, params.id)
    const [request] = await renderNotificationRequests(ctx, viewer, [row])
    return ok(request)
  },
})
