import { deleteConversationsWith } from '@anancus/db/queries/blocks'
import { deleteNotificationsFrom } from '@anancus/db/queries/notifications'
import type { Ctx } from '../../kernel/context.ts'
import { clearFromFeed } from '../timelines/index.ts'

/**
 * Clears what a blocked or muted account left behind with `accountId`: its statuses in the feeds, and, unless
 * notifications stay, its notifications, notification request and direct conversations.
 */
export async function afterBlock(
  ctx: Ctx,
  payload: { accountId: string; targetAccountId: string; notifications: boolean },
): Promise<void> {
  await clearFromFeed(ctx, payload.accountId, payload.targetAccountId)
  if (!payload.notifications) return
  await deleteNotificationsFrom(ctx.db, payload.accountId, payload.targetAccountId)
  await deleteConversationsWith(ctx.db, payload.accountId, payload.targetAccountId)
}
