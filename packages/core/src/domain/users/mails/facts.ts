import type { AccountRow, AnnouncementRow, ReportRow } from '@anancus/db'
import type { WarningFacts } from '@anancus/db/queries/account-warnings'
import type { TermsRow } from '@anancus/db/queries/terms'
import type { Notification } from '../../../entities/types/index.ts'
import type { Config } from '../../../kernel/config.ts'
import { fullAcct } from '../../../kernel/uris.ts'
import type { Viewer } from '../../../kernel/viewer.ts'
import type { Letter } from './letter.ts'
import type { MailLanguage } from './words/index.ts'

/** A visit that a mail tells of. */
export interface Visit {
  ip: string
  userAgent: string
  /** ISO 8601. */
  at: string
}

/** A report and whom it is between. */
export interface ReportedFacts {
  report: Pick<ReportRow, 'id' | 'comment' | 'category' | 'status_ids'>
  reporter: AccountRow
  target: AccountRow
}

/** What a letter may speak of. */
export interface LetterFacts {
  config: Pick<Config, 'baseUrl' | 'localDomain'>
  language: MailLanguage
  siteTitle: string
  viewer: Viewer
  /** Of the letters that carry one: confirmation or reset. */
  token: string
  newEmail: string
  newcomer: { viewer: Viewer; reason: string | null } | null
  terms: TermsRow | null
  announcement: AnnouncementRow | null
  warning: WarningFacts | null
  /** Whom the warning is for, where that is not the recipient. */
  appellant: AccountRow | null
  reported: ReportedFacts | null
  /** What moderators are asked about, in words. */
  trends: { tags: readonly string[]; links: readonly string[]; statuses: readonly string[] } | null
  visit: Visit | null
  /** The name of a security key. */
  credential: string
  /** Versions that are out. */
  versions: readonly string[]
  notification: Notification | null
  unsubscribeUrl: string
}

export type LetterMaker = (facts: LetterFacts) => Letter | null

/** Values that the words of every letter may use. */
export function commonValues(facts: LetterFacts): Record<string, string> {
  return {
    domain: facts.config.localDomain,
    site: facts.siteTitle,
    acct: fullAcct(facts.config, facts.viewer.account),
    username: facts.viewer.account.username,
  }
}

/** A day in the words of a language, in UTC. */
export function dayOf(date: Date, language: MailLanguage): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(date)
}

/** A minute in the words of a language, in UTC. */
export function minuteOf(date: Date, language: MailLanguage): string {
  return `${new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' }).format(date)} UTC`
}
