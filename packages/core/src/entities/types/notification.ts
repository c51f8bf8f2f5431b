import type { Account } from './account.ts'
import type { AccountWarning } from './account-warning.ts'
import type { Report } from './report.ts'
import type { Collection } from './collection.ts'
import type { Status } from './status.ts'

export const NOTIFICATION_TYPES = [
  'mention',
  'status',
  'reblog',
  'follow',
  'follow_request',
  'favourite',
  'poll',
  'update',
  'severed_relationships',
  'moderation_warning',
  'annual_report',
  'admin.sign_up',
  'admin.report',
  'quote',
  'quoted_update',
  'added_to_collection',
  'collection_update',
] as const

export type NotificationType = (typeof NOTIFICATION_TYPES)[number]

/** @see https://docs.joinmastodon.org/entities/Notification/ */
export interface Notification {
  id: string
  type: NotificationType
  created_at: string
  group_key: string
  account: Account
  status?: Status | null
  /** Of `severed_relationships`. */
  event?: RelationshipSeveranceEvent
  /** Of `admin.report`. */
  report?: Report
  /** Of `moderation_warning`. */
  moderation_warning?: AccountWarning
  /** Of `added_to_collection` and `collection_update`; null when it is gone. */
  collection?: Collection | null
  /** For clients that name the types they know, where this is none of them. */
  fallback?: NotificationFallback
  filtered?: true
}

/** @see https://docs.joinmastodon.org/entities/RelationshipSeveranceEvent/ */
export interface RelationshipSeveranceEvent {
  id: string
  type: 'domain_block' | 'user_domain_block' | 'account_suspension'
  /** The follows cannot be told one by one any more. */
  purged: boolean
  target_name: string
  followers_count: number
  following_count: number
  created_at: string
}

/** @see https://docs.joinmastodon.org/entities/Notification/ */
export interface NotificationFallback {
  /** HTML. */
  title: string
  /** HTML. */
  summary: string | null
  description: null
}
