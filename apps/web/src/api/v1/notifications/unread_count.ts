import { countUnread } from '@anancus/core/domain/notifications'
import { z } from 'zod'
import { optionalIdParam } from '../../../http/params.ts'
import { ok } from '../../../http/reply.ts'
import { user, userRoute } from '../../../http/route.ts'
import { selectionShape, unreadLimit } from '../notification-params.ts'

/** @see https://docs.joinmastodon.org/methods/notifications/#unread-count */
export const unreadCount = userRoute({
  method: 'get',
  path: '/api/v1/notifications/unread_count',
  auth: user('read:notifications'),
  params: z.object({ limit: unreadLimit, ...selectionShape, account_id: optionalIdParam }),
  summary: 'How many notifications are newer than the marker.',
  answers: 'UnreadCount',
  async handle({ ctx, viewer, params }) {
    const count = await countUnread(ctx, viewer, params.limit, {
      types: params.types,
      excludeTypes: params.exclude_types,
      accountId: params.account_id,
      includeFiltered: params.include_filtered,
    })
    return ok({ count })
  },
})
