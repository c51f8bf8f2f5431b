import {
  type AccountRow,
  nameOf,
  REPORT_CATEGORIES,
  type ReportRow,
  WARNING_ACTIONS,
  type WarningAction,
} from '@anancus/db'
import { fullAcct } from '../../../kernel/uris.ts'
import type { Letter } from './letter.ts'
import type { LetterFacts } from './letters.ts'

/** A report and whom it is between. */
export interface ReportedFacts {
  report: Pick<ReportRow, 'id' | 'comment' | 'category' | 'status_ids'>
  reporter: AccountRow
  target: AccountRow
}

/** Statuses named in a letter; more are counted. */
const MOST_STATUSES = 10

interface Words {
  subject(acct: string): string
  heading: string
  explanation: string
}

/** What each deed is called, and what it means for whom it was done to. */
const WORDS: Record<WarningAction, Words> = {
  none: {
    subject: (acct) => `A warning for ${acct}`,
    heading: 'A word from the moderators',
    explanation:
      'The moderators ask you to mind the rules of this server. Nothing has changed about your account.',
  },
  disable: {
    subject: (acct) => `${acct} is frozen`,
    heading: 'Your account is frozen',
    explanation:
      'You cannot use your account for now. Your profile and what you posted are still there, and nothing was deleted.',
  },
  mark_statuses_as_sensitive: {
    subject: (acct) => `Posts of ${acct} were marked as sensitive`,
    heading: 'Posts marked as sensitive',
    explanation:
      'People have to click before they see the media of these posts. Please mark such media yourself.',
  },
  delete_statuses: {
    subject: (acct) => `Posts of ${acct} were removed`,
    heading: 'Posts removed',
    explanation: 'The moderators found that these posts break the rules of this server, and removed them.',
  },
  sensitive: {
    subject: (acct) => `Media of ${acct} will be shown as sensitive`,
    heading: 'Your media is marked as sensitive',
    explanation: 'From now on people have to click before they see any media you post.',
  },
  silence: {
    subject: (acct) => `${acct} is limited`,
    heading: 'Your account is limited',
    explanation:
      'You can go on as before, but on this server only those who follow you already see what you post. Others can still follow you by hand.',
  },
  suspend: {
    subject: (acct) => `${acct} is suspended`,
    heading: 'Your account is suspended',
    explanation:
      'You can no longer use your account, and neither your profile nor your posts can be seen. Your data is deleted for good in about thirty days, unless the decision is changed.',
  },
}

/** Tells somebody what moderators did about them, and what they may do about it. */
export function warning(facts: LetterFacts): Letter | null {
  if (!facts.warning) return null
  const { action, text, id, status_ids } = facts.warning
  const words = WORDS[nameOf(WARNING_ACTIONS, action)]
  const acct = fullAcct(facts.config, facts.viewer.account)
  return {
    subject: words.subject(acct),
    heading: words.heading,
    paragraphs: [words.explanation, ...(text ? [text] : []), ...postsOf(facts, status_ids ?? [])],
    action: { label: 'Read the decision', url: `${facts.config.baseUrl}/disputes/strikes/${id}` },
    closing: ['If you think that this is a mistake you can appeal within twenty days.'],
  }
}

function postsOf({ config, viewer }: LetterFacts, ids: readonly string[]): string[] {
  if (ids.length === 0) return []
  const addresses = ids
    .slice(0, MOST_STATUSES)
    .map((id) => `${config.baseUrl}/@${viewer.account.username}/${id}`)
  const rest = ids.length - addresses.length
  return [`It is about: ${addresses.join(' ')}${rest > 0 ? ` and ${rest} more` : ''}`]
}

/** Tells staff of a report. */
export function newReport(facts: LetterFacts): Letter | null {
  if (!facts.reported) return null
  const { report, reporter, target } = facts.reported
  const acct = fullAcct(facts.config, target)
  const by =
    reporter.domain === null
      ? `${fullAcct(facts.config, reporter)} has reported ${acct}`
      : `Somebody on ${reporter.domain} has reported ${acct}`
  const posts = report.status_ids.length
  return {
    subject: `New report for ${facts.config.localDomain} (#${report.id})`,
    heading: 'A new report',
    paragraphs: [
      `${by} (${nameOf(REPORT_CATEGORIES, report.category)}${posts > 0 ? `, ${posts} ${posts === 1 ? 'post' : 'posts'}` : ''}).`,
      ...(report.comment ? [report.comment] : []),
    ],
    action: { label: 'Look at the report', url: `${facts.config.baseUrl}/admin/reports/${report.id}` },
  }
}
