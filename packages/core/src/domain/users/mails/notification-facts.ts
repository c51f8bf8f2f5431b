import { findNotification } from '@anancus/db/queries/notifications'
import { notificationJson } from '../../../entities/index.ts'
import type { Notification } from '../../../entities/types/index.ts'
import { loadGraph } from '../../../graph/index.ts'
import type { Ctx } from '../../../kernel/context.ts'
import type { Viewer } from '../../../kernel/viewer.ts'
import { standingOf } from '../../../policies/user.ts'
import { preferencesOf } from '../../settings/index.ts'
import type { UnsubscribableMail } from '../unsubscribe.ts'

export interface MailedNotification {
  notification: Notification
  /** Ties the mails of one conversation together. */
  conversationId: string | null
}

/**
 * Loads a notification for a mail. Null when no mail is due after all: it or its status is gone or hidden by a filter,
 * or the recipient may not act, or does not want such mails any more.
 */
export async function mailedNotification(
  ctx: Ctx,
  viewer: Viewer,
  id: string,
  kind: UnsubscribableMail,
): Promise<MailedNotification | null> {
  if (standingOf(viewer) !== 'functional') return null
  if (!preferencesOf(viewer.user)[`notification_emails.${kind}`]) return null
  const row = await findNotification(ctx.db, viewer.account.id, id)
  if (!row) return null
  const graph = await loadGraph(ctx, viewer, { notifications: [row] })
  if (!graph.accounts.get(row.from_account_id)) return null
  const notification = notificationJson(graph, row)
  if (notification.status === null || isHidden(notification)) return null
  const status = notification.status && graph.statuses.get(notification.status.id)
  return { notification, conversationId: status?.conversation_id ?? null }
}

function isHidden({ status }: Notification): boolean {
  return (status?.filtered ?? []).some(
    ({ filter }) => filter.filter_action === 'hide' && filter.context.includes('notifications'),
  )
}
