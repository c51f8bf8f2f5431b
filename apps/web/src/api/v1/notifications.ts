import { getNotification, listNotifications } from '@anancus/core/domain/notifications'
import { renderNotifications } from '@anancus/core/entities'
import { z } from 'zod'
import { cursorsOf, pageReply } from '../../http/pagination.ts'
import { idParam, optionalIdParam, windowOf, windowParams } from '../../http/params.ts'
import { ok } from '../../http/reply.ts'
import { user, userRoute } from '../../http/route.ts'
import { selectionShape, supportedTypesShape } from './notification-params.ts'

const KEPT = ['account_id', 'types', 'exclude_types', 'include_filtered', 'supported_types']

/** @see https://docs.joinmastodon.org/methods/notifications/#get */
export const notifications = userRoute({
  method: 'get',
  path: '/api/v1/notifications',
  auth: user('read:notifications'),
  params: z.object({
    ...windowParams(40, 80),
    ...selectionShape,
    ...supportedTypesShape,
    account_id: optionalIdParam,
  }),
  summary: 'Notifications, newest first.',
  answers: ['Notification'],
  async handle(call) {
    const { ctx, viewer, params } = call
    const window = windowOf(params)
    const rows = await listNotifications(ctx, viewer, window, {
      types: params.types,
      excludeTypes: params.exclude_types,
      accountId: params.account_id,
      includeFiltered: params.include_filtered,
    })
    return pageReply(call, await renderNotifications(ctx, viewer, rows, params.supported_types), {
      window,
      cursors: cursorsOf(rows, (row) => row.id),
      keep: KEPT,
      mode: 'non-empty',
      prev: 'min_id',
    })
  },
})

/** @see https://docs.joinmastodon.org/methods/notifications/#get-one */
export const showNotification = userRoute({
  method: 'get',
  path: '/api/v1/notifications/:id',
  auth: user('read:notifications'),
  params: z.object({ id: idParam, ...supportedTypesShape }),
  summary: 'A notification.',
  answers: 'Notification',
  async handle({ ctx, viewer, params }) {
    const row = await getNotification(ctx, viewer, params.id)
    const [notification] = await renderNotifications(ctx, viewer, [row], params.supported_types)
    return ok(notification)
  },
})
