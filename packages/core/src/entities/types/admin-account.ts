import type { Account, Role } from './account.ts'
import type { Rule } from './instance.ts'
import type { Report } from './report.ts'
import type { Status } from './status.ts'

/** @see https://docs.joinmastodon.org/entities/Admin_Ip/ */
export interface AdminIp {
  ip: string
  used_at: string
}

/**
 * An account as moderators see it. What belongs to a login is null for remote accounts.
 *
 * @see https://docs.joinmastodon.org/entities/Admin_Account/
 */
export interface AdminAccount {
  id: string
  username: string
  domain: string | null
  created_at: string
  email: string | null
  ip: string | null
  confirmed: boolean | null
  suspended: boolean
  silenced: boolean
  sensitized: boolean
  disabled: boolean | null
  approved: boolean | null
  locale: string | null
  invite_request: string | null
  ips: AdminIp[] | null
  account: Account
  role: Role | null
  created_by_application_id?: string
  invited_by_account_id?: string
}

/** @see https://docs.joinmastodon.org/entities/Admin_Report/ */
export interface AdminReport
  extends Omit<Report, 'status_ids' | 'rule_ids' | 'collection_ids' | 'target_account'> {
  updated_at: string
  account: AdminAccount
  target_account: AdminAccount
  assigned_account: AdminAccount | null
  action_taken_by_account: AdminAccount | null
  statuses: Status[]
  rules: Rule[]
}
