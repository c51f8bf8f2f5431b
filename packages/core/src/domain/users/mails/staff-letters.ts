import { nameOf, REPORT_CATEGORIES, WARNING_ACTIONS } from '@anancus/db'
import { acct, fullAcct } from '../../../kernel/uris.ts'
import { commonValues, dayOf, type LetterFacts, type LetterMaker } from './facts.ts'
import { compose, type Letter } from './letter.ts'
import { quoted } from './letter-html.ts'
import { fill, mailWords } from './words/index.ts'
import type { PhraseKey } from './words/words.ts'

export function newPendingAccount(facts: LetterFacts): Letter | null {
  if (!facts.newcomer) return null
  const { viewer, reason } = facts.newcomer
  const words = mailWords(facts.language)
  const values = { ...commonValues(facts), username: viewer.account.username, email: viewer.user.email }
  return compose(
    words.new_pending_account,
    values,
    `${facts.config.baseUrl}/admin/accounts/${viewer.account.id}`,
    { parts: reason ? [quoted(reason)] : [] },
  )
}

export function newTrends(facts: LetterFacts): Letter | null {
  if (!facts.trends) return null
  const words = mailWords(facts.language)
  const part = (phrase: PhraseKey, items: readonly string[]) =>
    items.length === 0 ? [] : [fill(words.phrases[phrase], { list: items.join(' · ') })]
  const { tags, links, statuses } = facts.trends
  return compose(
    words.new_trends,
    commonValues(facts),
    `${facts.config.baseUrl}/admin/trends/${trendsPage(facts.trends)}`,
    { paragraphs: [...part('hashtags', tags), ...part('links', links), ...part('posts', statuses)] },
  )
}

/** The page of the first kind there is something to decide about. */
function trendsPage({ tags, links }: { tags: readonly string[]; links: readonly string[] }): string {
  if (tags.length > 0) return 'tags?status=pending_review'
  return links.length > 0 ? 'links' : 'statuses'
}

/** Tells staff of a report. Who sent one from elsewhere stays unsaid. */
export function newReport(facts: LetterFacts): Letter | null {
  if (!facts.reported) return null
  const { report, reporter, target } = facts.reported
  const words = mailWords(facts.language)
  const values = {
    ...commonValues(facts),
    id: report.id,
    reporter: fullAcct(facts.config, reporter),
    domain: reporter.domain ?? facts.config.localDomain,
    target: fullAcct(facts.config, target),
    category: words.reportCategories[nameOf(REPORT_CATEGORIES, report.category)],
  }
  const sentence = reporter.domain === null ? words.phrases.reportedBy : words.phrases.reportedFrom
  const posts = report.status_ids.length
  return compose(
    words.new_report,
    { ...values, domain: facts.config.localDomain },
    `${facts.config.baseUrl}/admin/reports/${report.id}`,
    {
      paragraphs: [
        fill(sentence, values),
        ...(posts > 0 ? [fill(words.phrases.posts, { list: posts })] : []),
      ],
      parts: report.comment ? [quoted(report.comment)] : [],
    },
  )
}

/** Tells staff that somebody does not agree with them. */
export function newAppeal(facts: LetterFacts): Letter | null {
  const { warning, appellant } = facts
  if (!warning || !appellant) return null
  const words = mailWords(facts.language)
  const values = {
    ...commonValues(facts),
    username: acct(appellant),
    decided: dayOf(warning.created_at, facts.language),
    deed: words[`warning_${nameOf(WARNING_ACTIONS, warning.action)}`].heading,
  }
  return compose(words.new_appeal, values, `${facts.config.baseUrl}/disputes/strikes/${warning.id}`, {
    parts: warning.appeal_text ? [quoted(warning.appeal_text)] : [],
  })
}

/** Tells those who run the server what is out. */
export const newSoftwareUpdates = updates('new_software_updates')
export const newCriticalSoftwareUpdates = updates('new_critical_software_updates')

function updates(key: 'new_software_updates' | 'new_critical_software_updates'): LetterMaker {
  return (facts) => {
    const words = mailWords(facts.language)
    return compose(words[key], commonValues(facts), `${facts.config.baseUrl}/admin/software_updates`, {
      paragraphs: facts.versions.map((version) => fill(words.phrases.version, { version })),
    })
  }
}
