import type { NotificationRow } from '@anancus/db'
import { sendMailJob } from '../../jobs/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { enqueue } from '../../kernel/enqueue.ts'
import { homeChannel, listenedTo, notificationChannel } from '../../streaming/index.ts'
import { preferencesOf } from '../settings/index.ts'
import { mailedType } from './kinds.ts'
import { MAIL_DELAY_MS } from './limits.ts'

/**
 * Has a notification told by mail, if the recipient wants mails of its kind, and is not looking: while an app or a tab of
 * theirs streams they see it there, unless they want mails always. It goes after a while, in which what was taken back,
 * or dismissed, goes without.
 */
export async function mailNotification(
  tx: Ctx,
  row: NotificationRow,
  recipient: { user_id: string; user_settings: string | null },
): Promise<void> {
  const type = mailedType(row.type ?? '')
  if (!type) return
  const wishes = preferencesOf({ settings: recipient.user_settings })
  if (!wishes[`notification_emails.${type}`]) return
  if (!wishes.always_send_emails && (await isWatching(tx, row.account_id))) return
  const data = JSON.stringify({ notificationId: row.id })
  const payload = { template: type, userId: recipient.user_id, data }
  await enqueue(tx, sendMailJob, payload, { delayMs: MAIL_DELAY_MS })
}

async function isWatching(ctx: Ctx, accountId: string): Promise<boolean> {
  const channels = [homeChannel(accountId), notificationChannel(accountId)]
  return (await listenedTo(ctx, channels)).size > 0
}
