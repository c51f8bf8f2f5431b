import type { Account } from './account.ts'
import type { Status } from './status.ts'

/** @see https://docs.joinmastodon.org/entities/Conversation/ */
export interface Conversation {
  id: string
  unread: boolean
  /** Never empty: oneself when alone. */
  accounts: Account[]
  last_status: Status | null
}
