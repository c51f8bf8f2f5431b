import { accountUrl, acct, type Uris } from '../uris.ts'
import { formatStatusText, type LinkedAccount } from './format-text.ts'
import { escapeHtml } from './html.ts'
import { sanitizeStatusHtml } from './sanitize-html.ts'

type Author = Parameters<typeof accountUrl>[1]

/** A mentioned account as a text links to it. */
export function linkedAccount(uris: Uris, account: Author): LinkedAccount {
  return {
    username: account.username,
    domain: account.domain,
    acct: acct(account),
    url: accountUrl(uris, account),
  }
}

/**
 * The HTML of a status, the same for everyone: what a local author typed, formatted; what a remote server sent,
 * sanitised. A local quote begins with the address it quotes, which clients that show quotes hide.
 *
 * @param options.quotedUrl page of the quoted status, when a local status quotes one
 */
export function statusContentHtml(
  uris: Uris,
  status: { text: string; local: boolean | null },
  mentions: readonly Author[],
  options: { quotedUrl?: string | null } = {},
): string {
  if (!status.local) return sanitizeStatusHtml(status.text)
  const content = formatStatusText(uris, status.text, {
    mentions: mentions.map((account) => linkedAccount(uris, account)),
  })
  const { quotedUrl } = options
  if (!quotedUrl || status.text.includes(quotedUrl)) return content
  return `${quoteLine(uris, quotedUrl)}${content}`
}

/** Links the address the way the text would, so that a client sees the same mark-up. */
function quoteLine(uris: Uris, url: string): string {
  const line = formatStatusText(uris, `RE: ${url}`, { mentions: [] })
  return line.startsWith('<p>')
    ? `<p class="quote-inline">${line.slice('<p>'.length)}`
    : `<p class="quote-inline">RE: ${escapeHtml(url)}</p>`
}
