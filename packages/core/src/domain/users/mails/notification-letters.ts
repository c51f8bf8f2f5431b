import type { Account, Notification } from '../../../entities/types/index.ts'
import { type Html, html } from '../../../kernel/text/html.ts'
import { plainText } from '../../../kernel/text/plain-text.ts'
import { UNSUBSCRIBABLE, type UnsubscribableMail } from '../unsubscribe.ts'
import { commonValues, type LetterFacts, type LetterMaker } from './facts.ts'
import { compose, type LetterPart } from './letter.ts'
import { frame, line } from './letter-html.ts'
import { statusPart } from './status-part.ts'
import { fill, mailWords } from './words/index.ts'

/** One letter for each kind of notification that is told by mail. */
export const notificationLetters = Object.fromEntries(
  UNSUBSCRIBABLE.map((kind) => [kind, letterOf(kind)]),
) as Record<UnsubscribableMail, LetterMaker>

function letterOf(kind: UnsubscribableMail): LetterMaker {
  return (facts) => {
    const { notification, language, config } = facts
    if (!notification) return null
    const words = mailWords(language)
    const values = { ...commonValues(facts), name: nameOf(notification.account) }
    return compose(words[kind], values, urlOf(facts, notification, kind), {
      parts: [partOf(notification, facts)],
      reason: fill(words.phrases.becauseNotified, values),
      links: [
        { label: words.phrases.unsubscribe, url: facts.unsubscribeUrl },
        { label: words.phrases.settings, url: `${config.baseUrl}/settings/preferences/notifications` },
      ],
    })
  }
}

function nameOf(account: Account): string {
  return account.display_name || account.username
}

/** The recipient's own server shows it: there one is signed in. */
function urlOf({ config }: LetterFacts, { account, status }: Notification, kind: UnsubscribableMail): string {
  if (kind === 'follow_request') return `${config.baseUrl}/follow_requests`
  if (!status) return `${config.baseUrl}/@${account.acct}`
  return `${config.baseUrl}/@${status.account.acct}/${status.id}`
}

function partOf(notification: Notification, { language }: LetterFacts): LetterPart {
  const { account, status } = notification
  if (status) return statusPart(status, language, person(status.account))
  const about = plainText(account.note).trim()
  return {
    text: [`${nameOf(account)} (@${account.acct})`, about, account.url].filter(Boolean).join('\n'),
    html: frame(
      person(account),
      ...about
        .split('\n')
        .filter(Boolean)
        .map((text) => line(text)),
    ),
  }
}

/** Who it is: the picture is one that needs no help to be a circle of the right size. */
function person(account: Account): Html {
  return html`<p style="margin:0 0 10px;min-height:40px"><img src="${account.avatar_static}" alt="" width="40" height="40" style="float:left;width:40px;height:40px;margin:0 10px 0 0;border-radius:8px"><strong>${nameOf(account)}</strong><br><span class="small" style="font-size:13px;color:#5f5c70">@${account.acct}</span></p>`
}
