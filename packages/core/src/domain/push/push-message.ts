import type { PushTarget } from '@anancus/db/queries/push-subscriptions'
import { notificationJson } from '../../entities/index.ts'
import type { Account, Notification, Status } from '../../entities/types/index.ts'
import { accountIn, type Graph } from '../../graph/index.ts'
import type { Config } from '../../kernel/config.ts'
import { plainText } from '../../kernel/text/plain-text.ts'
import { MAX_PUSH_CHARACTERS } from './limits.ts'
import { pushTitle } from './titles/index.ts'

/** What a device is told, encrypted on its way. The names are those of Mastodon, which apps read. */
export interface PushMessage {
  /** By which the device may ask for more. */
  access_token: string
  preferred_locale: string
  /** A number, as apps expect it here. */
  notification_id: number
  notification_type: string
  icon: string
  title: string
  body: string
}

/**
 * Words a notification for a device; null for what is not to be shown there: its status is gone, or one of the
 * recipient's filters hides it.
 *
 * @param graph loaded for the recipient and the notification
 */
export function pushMessage(
  config: Pick<Config, 'env'>,
  graph: Graph,
  target: PushTarget,
): PushMessage | null {
  const { notification: row, recipient, token } = target
  if (!graph.accounts.get(row.from_account_id)) return null
  const notification = notificationJson(graph, row)
  if (notification.status === null || isHidden(notification)) return null
  const locale = recipient.user.locale || config.env.DEFAULT_LOCALE
  return {
    access_token: token,
    preferred_locale: locale,
    notification_id: Number(row.id),
    notification_type: notification.type,
    icon: notification.account.avatar_static,
    title: shortened(pushTitle(locale, notification.type, nameOf(notification.account))),
    body: shortened(bodyOf(graph, notification)),
  }
}

function isHidden({ status }: Notification): boolean {
  const matched = status?.filtered ?? []
  return matched.some(
    ({ filter }) => filter.filter_action === 'hide' && filter.context.includes('notifications'),
  )
}

function nameOf(account: Account): string {
  return account.display_name || account.username
}

/** The content warning, or the text, or what the sender says of themselves. */
function bodyOf(graph: Graph, { status, account }: Notification): string {
  if (!status) return plainText(account.note)
  return status.spoiler_text || textOf(graph, status)
}

/** A text of ours was never HTML: what looks like a tag in it is none. */
function textOf(graph: Graph, status: Status): string {
  const row = graph.statuses.get(status.id)
  if (row && accountIn(graph, row.account_id).domain === null) return row.text
  return plainText(status.content ?? '')
}

function shortened(text: string): string {
  const characters = Array.from(text)
  if (characters.length <= MAX_PUSH_CHARACTERS) return text
  return `${characters.slice(0, MAX_PUSH_CHARACTERS - 3).join('')}...`
}
