import { type Graph, handleKey, type ProfileField, type ShownAccount } from '../../graph/index.ts'
import { extractMentions } from '../../kernel/text/extract.ts'
import { formatField, formatNote, type LinkedAccount } from '../../kernel/text/format-text.ts'
import { sanitizeStatusHtml } from '../../kernel/text/sanitize-html.ts'
import { isLocal } from '../../kernel/uris.ts'

/** The biography as HTML: formatted when it is ours, sanitised when it came from elsewhere. */
export function biographyHtml(graph: Graph, account: ShownAccount): string {
  if (!isLocal(account)) return sanitizeStatusHtml(account.note)
  return formatNote(graph.uris, account.note, { mentions: namedIn(graph, account.note) })
}

export function fieldHtml(graph: Graph, account: ShownAccount, field: ProfileField): string {
  if (!isLocal(account)) return sanitizeStatusHtml(field.value)
  return formatField(graph.uris, field.value, { mentions: namedIn(graph, field.value) })
}

function namedIn(graph: Graph, text: string): LinkedAccount[] {
  if (graph.namedAccounts.size === 0 || !text.includes('@')) return []
  return extractMentions(text).flatMap(
    (handle) => graph.namedAccounts.get(handleKey(graph.uris, handle)) ?? [],
  )
}
