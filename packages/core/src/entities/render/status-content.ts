import type { StatusRow } from '@anancus/db'
import { type Graph, quotedUrlOf } from '../../graph/index.ts'
import { statusContentHtml } from '../../kernel/text/status-content.ts'
import { cachedHtml } from './html-cache.ts'

/** The HTML of a status, the same for everyone. */
export function statusContent(graph: Graph, status: StatusRow): string {
  if (status.text === '' && !graph.quotes.has(status.id)) return ''
  const mentions = graph.mentions.get(status.id) ?? []
  const quotedUrl = quotedUrlOf(graph, status)
  const source = [
    graph.uris.baseUrl,
    status.text,
    quotedUrl,
    ...mentions.map((account) => `${account.username}@${account.domain} ${account.url ?? account.uri}`),
  ].join('\n')
  return cachedHtml(`status ${status.id}`, source, () =>
    statusContentHtml(graph.uris, status, mentions, { quotedUrl }),
  )
}
