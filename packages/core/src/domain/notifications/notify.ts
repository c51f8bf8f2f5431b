import type { NotificationRow } from '@anancus/db'
import { findNotificationActivity, notificationFacts } from '@anancus/db/queries/notification-facts'
import { upsertNotificationRequest } from '@anancus/db/queries/notification-requests'
import {
  deleteNotificationsOfType,
  hasNotification,
  insertNotification,
  lockNotification,
} from '@anancus/db/queries/notifications'
import { sendPushJob, updateConversationJob } from '../../jobs/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { enqueue, enqueueMany } from '../../kernel/enqueue.ts'
import { transaction } from '../../kernel/transaction.ts'
import { decideNotification } from './decide-notification.ts'
import { groupKeyFor } from './group-key.ts'
import { makesRequest, replacesOlder } from './kinds.ts'
import { mailNotification } from './mail-notification.ts'
import { streamNotification } from './stream-notification.ts'

/** The payload of `notifyJob`. */
export interface NotifyPayload {
  recipientId: string
  type: string
  /** `Mention`, `Status`, `Favourite`, `Follow`, `FollowRequest`, `Poll`, …: the kind of row behind `activityId`. */
  activityType: string
  activityId: string
  fromAccountId: string
}

/**
 * Stores a notification and streams it, if the recipient's rules let it through; what they put aside is stored filtered
 * and counted in a notification request. A direct status then comes into the recipient's conversations. Running twice tells once. What is gone meanwhile is not told.
 */
export async function notify(ctx: Ctx, payload: NotifyPayload): Promise<void> {
  const stored = await transaction(ctx, (tx) => store(tx, payload))
  if (stored && !stored.filtered) await streamNotification(ctx, stored)
}

async function store(tx: Ctx, payload: NotifyPayload): Promise<NotificationRow | null> {
  const { recipientId, type, activityType, activityId, fromAccountId } = payload
  await lockNotification(tx.db, recipientId, activityType, activityId)
  if (!replacesOlder(type) && (await hasNotification(tx.db, recipientId, payload))) return null
  const activity = await findNotificationActivity(tx.db, payload)
  const facts =
    activity && (await notificationFacts(tx.db, recipientId, fromAccountId, activity.status_id, type))
  if (!facts) return null
  const decision = decideNotification(facts, type, tx.clock.now())
  if (decision === 'drop') return null
  if (replacesOlder(type)) await deleteNotificationsOfType(tx.db, recipientId, payload)
  const filtered = decision === 'filter'
  const row = await insertNotification(tx.db, {
    accountId: recipientId,
    fromAccountId,
    type,
    activityType,
    activityId,
    filtered,
    groupKey: filtered ? null : await groupKeyFor(tx, recipientId, type, activity),
  })
  if (filtered && makesRequest(type)) {
    await upsertNotificationRequest(tx.db, recipientId, fromAccountId, activity.status_id)
  }
  if (!filtered) await push(tx, row, facts.push_subscription_ids)
  if (!filtered) await mailNotification(tx, row, facts)
  if (!filtered && type === 'mention' && facts.is_direct && activity.status_id !== null)
    await enqueue(tx, updateConversationJob, { accountId: recipientId, statusId: activity.status_id })
  return row
}

async function push(tx: Ctx, row: NotificationRow, subscriptionIds: readonly string[]): Promise<void> {
  const payloads = subscriptionIds.map((subscriptionId) => ({ subscriptionId, notificationId: row.id }))
  await enqueueMany(tx, sendPushJob, payloads)
}
