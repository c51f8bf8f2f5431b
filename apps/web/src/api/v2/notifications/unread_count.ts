import { countUnreadGroups } from '@anancus/core/domain/notifications'
import { z } from 'zod'
import { arrayParam } from '../../../http/params.ts'
import { ok } from '../../../http/reply.ts'
import { user, userRoute } from '../../../http/route.ts'
import { selectionShape, unreadLimit } from '../../v1/notification-params.ts'

/** @see https://docs.joinmastodon.org/methods/grouped_notifications/#unread-group-count */
export const unreadGroupCount = userRoute({
  method: 'get',
  path: '/api/v2/notifications/unread_count',
  auth: user('read:notifications'),
  params: z.object({ limit: unreadLimit, ...selectionShape, grouped_types: arrayParam() }),
  summary: 'How many groups of notifications are newer than the marker.',
  answers: 'UnreadCount',
  async handle({ ctx, viewer, params }) {
    const count = await countUnreadGroups(ctx, viewer, params.limit, {
      types: params.types,
      excludeTypes: params.exclude_types,
      groupedTypes: params.grouped_types,
      includeFiltered: params.include_filtered,
    })
    return ok({ count })
  },
})
