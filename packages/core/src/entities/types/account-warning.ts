import type { Account } from './account.ts'

/** @see https://docs.joinmastodon.org/entities/Appeal/ */
export interface Appeal {
  text: string
  state: 'approved' | 'rejected' | 'pending'
}

/** @see https://docs.joinmastodon.org/entities/AccountWarning/ */
export interface AccountWarning {
  id: string
  action:
    | 'none'
    | 'disable'
    | 'mark_statuses_as_sensitive'
    | 'delete_statuses'
    | 'sensitive'
    | 'silence'
    | 'suspend'
  text: string
  status_ids: string[] | null
  created_at: string
  target_account: Account
  appeal: Appeal | null
}
