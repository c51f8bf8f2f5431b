import { nameOf, WARNING_ACTIONS } from '@anancus/db'
import { commonValues, dayOf, type LetterFacts, type LetterMaker } from './facts.ts'
import { compose, type Letter } from './letter.ts'
import { quoted } from './letter-html.ts'
import { fill, mailWords } from './words/index.ts'

/** Statuses named in a letter; more are counted. */
const MOST_STATUSES = 10

const strikeUrl = ({ config }: LetterFacts, id: string) => `${config.baseUrl}/disputes/strikes/${id}`

/** Tells somebody what moderators did about them, and what they may do about it. */
export function warning(facts: LetterFacts): Letter | null {
  if (!facts.warning) return null
  const { action, text, id, status_ids } = facts.warning
  const words = mailWords(facts.language)[`warning_${nameOf(WARNING_ACTIONS, action)}`]
  return compose(words, commonValues(facts), strikeUrl(facts, id), {
    paragraphs: postsOf(facts, status_ids ?? []),
    parts: text ? [quoted(text)] : [],
  })
}

function postsOf({ config, viewer, language }: LetterFacts, ids: readonly string[]): string[] {
  if (ids.length === 0) return []
  const { phrases } = mailWords(language)
  const addresses = ids
    .slice(0, MOST_STATUSES)
    .map((id) => `${config.baseUrl}/@${viewer.account.username}/${id}`)
  const rest = ids.length - addresses.length
  const posts = [...addresses, ...(rest > 0 ? [fill(phrases.andMore, { count: rest })] : [])].join(' ')
  return [fill(phrases.about, { posts })]
}

/** Tells somebody what became of an appeal. */
export const appealApproved = decision('appeal_approved')
export const appealRejected = decision('appeal_rejected')

function decision(key: 'appeal_approved' | 'appeal_rejected'): LetterMaker {
  return (facts) => {
    const strike = facts.warning
    if (!strike?.appeal_created_at) return null
    const values = {
      ...commonValues(facts),
      decided: dayOf(strike.created_at, facts.language),
      date: dayOf(strike.appeal_created_at, facts.language),
    }
    const url = key === 'appeal_approved' ? `${facts.config.baseUrl}/home` : strikeUrl(facts, strike.id)
    return compose(mailWords(facts.language)[key], values, url)
  }
}
