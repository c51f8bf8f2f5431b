import type { NotificationRequestRow, Window } from '@anancus/db'
import {
  deleteFilteredNotifications,
  deleteNotificationRequests,
  findNotificationRequests,
  insertNotificationPermissions,
  notificationRequestPage,
  unfilterNotifications,
} from '@anancus/db/queries/notification-requests'
import { updateConversationJob } from '../../jobs/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { enqueueMany } from '../../kernel/enqueue.ts'
import { NotFoundError } from '../../kernel/errors.ts'
import { transaction } from '../../kernel/transaction.ts'
import type { Viewer } from '../../kernel/viewer.ts'
import { notificationChannel, publish } from '../../streaming/index.ts'

/** Lists from whom notifications wait aside, newest first. */
export function listNotificationRequests(
  ctx: Ctx,
  viewer: Viewer,
  window: Window,
): Promise<NotificationRequestRow[]> {
  return notificationRequestPage(ctx.db, window, viewer.account.id)
}

/** @throws NotFoundError missing, or somebody else's */
export async function getNotificationRequest(
  ctx: Ctx,
  viewer: Viewer,
  id: string,
): Promise<NotificationRequestRow> {
  const [row] = await findNotificationRequests(ctx.db, viewer.account.id, [id])
  if (!row) throw new NotFoundError()
  return row
}

/**
 * Lets the senders of these requests through, now and from now on. What waited is shown at once (Mastodon does that in
 * the background), so that `notifications/requests/merged` is always true. Ids of others are skipped.
 */
export async function acceptNotificationRequests(
  ctx: Ctx,
  viewer: Viewer,
  ids: readonly string[],
): Promise<void> {
  const accountId = viewer.account.id
  await transaction(ctx, async (tx) => {
    const senders = await deleteNotificationRequests(tx.db, accountId, ids)
    if (senders.length === 0) return
    await insertNotificationPermissions(tx.db, accountId, senders)
    const direct = await unfilterNotifications(tx.db, accountId, senders)
    await enqueueMany(
      tx,
      updateConversationJob,
      direct.map((statusId) => ({ accountId, statusId })),
    )
    await publish(tx, notificationChannel(accountId), { event: 'notifications_merged', payload: '1' })
  })
}

/**
 * Drops requests. Ids of others are skipped.
 *
 * @param options.withNotifications also deletes what waited
 */
export async function dismissNotificationRequests(
  ctx: Ctx,
  viewer: Viewer,
  ids: readonly string[],
  options: { withNotifications?: boolean } = {},
): Promise<void> {
  await transaction(ctx, async (tx) => {
    const senders = await deleteNotificationRequests(tx.db, viewer.account.id, ids)
    if (options.withNotifications && senders.length > 0) {
      await deleteFilteredNotifications(tx.db, viewer.account.id, senders)
    }
  })
}
