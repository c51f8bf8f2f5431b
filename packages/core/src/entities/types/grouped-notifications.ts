import type { Account } from './account.ts'
import type { Notification, NotificationType } from './notification.ts'
import type { Status } from './status.ts'

/** @see https://docs.joinmastodon.org/entities/GroupedNotificationsResults/#NotificationGroup */
export interface NotificationGroup
  extends Omit<Notification, 'id' | 'created_at' | 'account' | 'status' | 'filtered'> {
  group_key: string
  notifications_count: number
  type: NotificationType
  /** A number, not a string: so Mastodon writes it. */
  most_recent_notification_id: number
  /** At most eight, most recent first. */
  sample_account_ids: string[]
  /** These three only in lists. */
  page_min_id?: string
  page_max_id?: string
  latest_page_notification_at?: string
  status_id?: string | null
  /** Of `annual_report`. */
  annual_report?: { year: string }
}

export type PartialAccount = Pick<
  Account,
  'id' | 'acct' | 'locked' | 'bot' | 'url' | 'avatar' | 'avatar_static' | 'avatar_description'
>

/** @see https://docs.joinmastodon.org/entities/GroupedNotificationsResults/ */
export interface GroupedNotificationsResults {
  accounts: Account[]
  statuses: Status[]
  notification_groups: NotificationGroup[]
  /** Only when asked for; `accounts` then holds the most recent one of each group. */
  partial_accounts?: PartialAccount[]
}
