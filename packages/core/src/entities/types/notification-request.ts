import type { Account } from './account.ts'
import type { Status } from './status.ts'

/** @see https://docs.joinmastodon.org/entities/NotificationRequest/ */
export interface NotificationRequest {
  id: string
  created_at: string
  updated_at: string
  /** A number as a string, at most 100. */
  notifications_count: string
  account: Account
  last_status: Status | null
}
