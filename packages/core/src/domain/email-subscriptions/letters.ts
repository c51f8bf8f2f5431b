import type { AccountRow } from '@anancus/db'
import type { Status } from '../../entities/types/index.ts'
import type { Config } from '../../kernel/config.ts'
import { accountUrl, fullAcct } from '../../kernel/uris.ts'
import { compose, fill, type Letter, type MailLanguage, mailWords, statusPart } from '../users/index.ts'

interface Facts {
  config: Config
  author: AccountRow
  language: MailLanguage
}

/** Asks an address whether it wants the posts of an account. */
export function confirmationLetter(facts: Facts & { url: string }): Letter {
  return compose(mailWords(facts.language).subscription_confirmation, valuesOf(facts), facts.url)
}

/** New posts, one after the other. */
export function postsLetter(
  facts: Facts & { statuses: readonly Status[]; footer: string; unsubscribeUrl: string },
): Letter {
  const { config, author, language, statuses, footer } = facts
  const words = mailWords(language)
  const values = { ...valuesOf(facts), count: statuses.length }
  return compose(words.subscription_notification, values, accountUrl(config, author), {
    ...(statuses.length === 1 ? {} : { subject: fill(words.phrases.newPosts, values) }),
    parts: statuses.map((status) => statusPart(status, language)),
    closing: footer === '' ? [] : [footer],
    links: [{ label: words.phrases.unsubscribe, url: facts.unsubscribeUrl }],
  })
}

function valuesOf({ config, author }: Facts) {
  return { name: author.display_name.trim() || author.username, acct: fullAcct(config, author) }
}
