export type NotificationPolicyChoice = 'accept' | 'filter' | 'drop'

export interface NotificationPolicySummary {
  pending_requests_count: number
  pending_notifications_count: number
}

/** @see https://docs.joinmastodon.org/entities/NotificationPolicy/ */
export interface NotificationPolicy {
  for_not_following: NotificationPolicyChoice
  for_not_followers: NotificationPolicyChoice
  for_new_accounts: NotificationPolicyChoice
  for_private_mentions: NotificationPolicyChoice
  for_limited_accounts: NotificationPolicyChoice
  for_bots: NotificationPolicyChoice
  summary: NotificationPolicySummary
}

/** The older form: put aside or not. */
export interface V1NotificationPolicy {
  filter_not_following: boolean
  filter_not_followers: boolean
  filter_new_accounts: boolean
  filter_private_mentions: boolean
  filter_bots: boolean
  summary: NotificationPolicySummary
}

/** @see https://docs.joinmastodon.org/methods/notifications/#unread-count */
export interface UnreadCount {
  count: number
}

/** @see https://docs.joinmastodon.org/methods/notifications/#requests-merged */
export interface MergedNotificationRequests {
  merged: boolean
}
