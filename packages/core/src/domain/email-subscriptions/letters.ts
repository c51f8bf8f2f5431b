import type { AccountRow } from '@anancus/db'
import type { Status } from '../../entities/types/index.ts'
import type { Config } from '../../kernel/config.ts'
import { html } from '../../kernel/text/html.ts'
import { plainText } from '../../kernel/text/plain-text.ts'
import { accountUrl, fullAcct } from '../../kernel/uris.ts'
import type { Letter, LetterPart } from '../users/index.ts'

interface Facts {
  config: Config
  author: AccountRow
}

/** Asks an address whether it wants the posts of an account. */
export function confirmationLetter({ config, author, url }: Facts & { url: string }): Letter {
  const name = nameOf(author)
  return {
    subject: `Do you want the posts of ${name} by mail?`,
    heading: 'One click more',
    paragraphs: [
      `Somebody asked to send the public posts of ${name} (@${fullAcct(config, author)}) to this address.`,
    ],
    action: { label: 'Yes, send them', url },
    closing: ['If it was not you, do nothing: without the click nothing is ever sent.'],
  }
}

/** New posts, one after the other; what stands behind a warning stays there. */
export function postsLetter(
  facts: Facts & { statuses: readonly Status[]; footer: string; unsubscribeUrl: string },
): Letter {
  const { config, author, statuses, footer, unsubscribeUrl } = facts
  const name = nameOf(author)
  return {
    subject: statuses.length === 1 ? `New post by ${name}` : `${statuses.length} new posts by ${name}`,
    heading: statuses.length === 1 ? `${name} wrote` : `New from ${name}`,
    paragraphs: [],
    parts: statuses.map(postPart),
    action: { label: `See ${name}’s profile`, url: accountUrl(config, author) },
    closing: [
      ...(footer === '' ? [] : [footer]),
      `You get this mail because you subscribed to the posts of @${fullAcct(config, author)}. To end that: ${unsubscribeUrl}`,
    ],
  }
}

function postPart(status: Status): LetterPart {
  const words = status.spoiler_text === '' ? plainText(status.content ?? '') : status.spoiler_text
  const media = status.media_attachments.length
  const extra = [
    status.spoiler_text !== '' && 'The rest stands behind a warning.',
    media > 0 && `${media} ${media === 1 ? 'attachment' : 'attachments'}`,
    status.poll !== null && 'With a poll.',
  ].filter((line) => typeof line === 'string')
  const url = status.url || status.uri || ''
  return {
    text: [words, ...extra, url].filter(Boolean).join('\n'),
    html: html`<div style="margin:0 0 16px;padding:16px;border:1px solid #d8d8e0;border-radius:8px">
${words
  .split('\n')
  .filter(Boolean)
  .map((line) => html`<p style="margin:0 0 8px">${line}</p>`)}
${extra.map((line) => html`<p style="margin:0 0 8px;color:#62626f">${line}</p>`)}
<a href="${url}">Read it on the web</a></div>`,
  }
}

function nameOf(account: AccountRow): string {
  return account.display_name.trim() || account.username
}
