import { type Graph, handleKey, type ProfileField, type ShownAccount } from '../../graph/index.ts'
import { extractMentions } from '../../kernel/text/extract.ts'
import { formatField, formatNote, type LinkedAccount } from '../../kernel/text/format-text.ts'
import { sanitizeStatusHtml } from '../../kernel/text/sanitize-html.ts'
import { soleLink } from '../../kernel/text/sole-link.ts'
import { isLocal } from '../../kernel/uris.ts'
import { cachedHtml } from './html-cache.ts'

/** The biography as HTML: formatted when it is ours, sanitised when it came from elsewhere. */
export function biographyHtml(graph: Graph, account: ShownAccount): string {
  return profileHtml(graph, account, { part: 'note', text: account.note, format: formatNote })
}

export function fieldHtml(graph: Graph, account: ShownAccount, field: ProfileField, index: number): string {
  // A proof is about an address: what is shown beside it is that address in our own words, not in theirs.
  const proven = field.verifiedAt === null || isLocal(account) ? null : soleLink(field.value)
  if (proven !== null) return formatField(graph.uris, proven)
  return profileHtml(graph, account, { part: `field ${index}`, text: field.value, format: formatField })
}

interface ProfileText {
  part: string
  text: string
  /** How it is written when it is ours. */
  format: typeof formatNote
}

function profileHtml(graph: Graph, account: ShownAccount, { part, text, format }: ProfileText): string {
  if (text === '') return ''
  const key = `${part} of ${account.id}`
  if (!isLocal(account)) return cachedHtml(key, text, () => sanitizeStatusHtml(text))
  const mentions = namedIn(graph, text)
  const source = [graph.uris.baseUrl, text, ...mentions.map(({ acct, url }) => `${acct} ${url}`)].join('\n')
  return cachedHtml(key, source, () => format(graph.uris, text, { mentions }))
}

function namedIn(graph: Graph, text: string): LinkedAccount[] {
  if (graph.namedAccounts.size === 0 || !text.includes('@')) return []
  return extractMentions(text).flatMap(
    (handle) => graph.namedAccounts.get(handleKey(graph.uris, handle)) ?? [],
  )
}
