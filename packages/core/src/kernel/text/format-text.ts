import { tagUrl, type Uris } from '../uris.ts'
import { escapeHtml } from './html.ts'
import { scanEntities, type TextEntity } from './scan.ts'

/** An account that a text may link to. `domain` is null for ours; `url` is its page. */
export interface LinkedAccount {
  username: string
  domain: string | null
  acct: string
  url: string
}

interface Format {
  uris: Uris
  mentions: readonly LinkedAccount[]
  /** `@user@domain` even where the name alone would do. */
  withDomains: boolean
  rel: string
}

const REL = 'nofollow noopener'
/** Characters of an address that are shown after its scheme. */
const SHOWN_CHARACTERS = 30

/**
 * Makes HTML of what a local author typed: paragraphs, line breaks, links, mentions and hashtags. A handle that is
 * not among `mentions` stays text.
 *
 * @see https://docs.joinmastodon.org/entities/Status/#content
 */
export function formatStatusText(
  uris: Uris,
  text: string,
  options: { mentions: readonly LinkedAccount[] },
): string {
  if (text.trim() === '') return ''
  return paragraphs(link(text, { uris, mentions: options.mentions, withDomains: false, rel: REL }))
}

/** The biography of a local account; written like a status. */
export function formatNote(
  uris: Uris,
  text: string,
  options: { mentions: readonly LinkedAccount[] } = { mentions: [] },
): string {
  return formatStatusText(uris, text, options)
}

/** The value of a profile field: one line, links say `rel="me"`, mentions are written in full. */
export function formatField(
  uris: Uris,
  text: string,
  options: { mentions: readonly LinkedAccount[] } = { mentions: [] },
): string {
  return link(text, { uris, mentions: options.mentions, withDomains: true, rel: `${REL} me` })
}

function link(text: string, format: Format): string {
  const entities = scanEntities(text)
  const ambiguous = ambiguousUsernames(entities, format)
  let out = ''
  let position = 0
  for (const entity of entities) {
    out += escapeHtml(text.slice(position, entity.start))
    out += linkEntity(text, entity, format, ambiguous)
    position = entity.end
  }
  return out + escapeHtml(text.slice(position))
}

function linkEntity(
  text: string,
  entity: TextEntity,
  format: Format,
  ambiguous: ReadonlySet<string>,
): string {
  if (entity.kind === 'url') return urlLink(entity.url, format.rel)
  if (entity.kind === 'hashtag') return hashtagLink(format.uris, entity.name)
  const account = accountOf(entity, format)
  if (!account) return escapeHtml(text.slice(entity.start, entity.end))
  const inFull = format.withDomains || ambiguous.has(account.username.toLowerCase())
  const shown = inFull ? account.acct : account.username
  return `<span class="h-card" translate="no"><a href="${escapeHtml(account.url)}" class="u-url mention">@<span>${escapeHtml(shown)}</span></a></span>`
}

function hashtagLink(uris: Uris, name: string): string {
  return `<a href="${escapeHtml(tagUrl(uris, name))}" class="mention hashtag" rel="tag">#<span>${escapeHtml(name)}</span></a>`
}

function urlLink(url: string, rel: string): string {
  const prefix = /^(?:https?:\/\/(?:www\.)?|xmpp:)/.exec(url)?.[0] ?? ''
  const rest = Array.from(url.slice(prefix.length))
  // One character more is shown rather than replaced by an ellipsis of the same width.
  const isCut = rest.length > SHOWN_CHARACTERS + 1
  const shown = isCut ? rest.slice(0, SHOWN_CHARACTERS).join('') : rest.join('')
  const hidden = isCut ? rest.slice(SHOWN_CHARACTERS).join('') : ''
  return `<a href="${escapeHtml(url)}" target="_blank" rel="${rel}" translate="no"><span class="invisible">${escapeHtml(prefix)}</span><span class="${isCut ? 'ellipsis' : ''}">${escapeHtml(shown)}</span><span class="invisible">${escapeHtml(hidden)}</span></a>`
}

function accountOf(
  entity: Extract<TextEntity, { kind: 'mention' }>,
  { uris, mentions }: Format,
): LinkedAccount | undefined {
  const domain = entity.domain?.toLowerCase() ?? null
  const wanted = domain === uris.localDomain ? null : domain
  const username = entity.username.toLowerCase()
  return mentions.find(
    (account) =>
      account.username.toLowerCase() === username && (account.domain?.toLowerCase() ?? null) === wanted,
  )
}

/** Names that two different accounts of the text share. */
function ambiguousUsernames(entities: readonly TextEntity[], format: Format): Set<string> {
  const accts = new Map<string, Set<string>>()
  for (const entity of entities) {
    const account = entity.kind === 'mention' ? accountOf(entity, format) : undefined
    if (!account) continue
    const username = account.username.toLowerCase()
    accts.set(username, (accts.get(username) ?? new Set()).add(account.acct))
  }
  return new Set([...accts].filter(([, found]) => found.size > 1).map(([username]) => username))
}

function paragraphs(markup: string): string {
  const lines = markup.replace(/\r\n?/g, '\n')
  return lines
    .split(/\n\n+/)
    .map(
      (paragraph) => `<p>${paragraph.replace(/(?<=[^\n])\n(?=[^\n])/g, '<br />').replaceAll('\n', '')}</p>`,
    )
    .join('')
}
