import type { Account } from './account.ts'
import type { Status } from './status.ts'

export interface AnnualReportData {
  /** The kind of poster somebody was. */
  archetype: 'lurker' | 'booster' | 'pollster' | 'replier' | 'oracle'
  /** One entry, for the whole year. */
  time_series: { month: number; statuses: number; followers: number }[]
  /** At most one. */
  top_hashtags: { name: string; count: number }[]
  top_statuses: { by_reblogs: string | null; by_favourites: string | null; by_replies: string | null }
}

/** @see https://docs.joinmastodon.org/entities/AnnualReport/ */
export interface AnnualReport {
  year: number
  data: AnnualReportData
  schema_version: number
  share_url: string | null
  account_id: string
}

/** Reports with the accounts and statuses they name. */
export interface AnnualReportsAnswer {
  annual_reports: AnnualReport[]
  accounts: Account[]
  statuses: Status[]
}

export interface AnnualReportState {
  state: 'available' | 'generating' | 'eligible' | 'ineligible'
}
