import type { StatusRow } from '@anancus/db'
import { LRUCache } from 'lru-cache'
import { accountIn, type Graph } from '../../graph/index.ts'
import { statusContentHtml } from '../../kernel/text/status-content.ts'
import { statusUrl } from '../../kernel/uris.ts'

interface Rendered {
  /** All that the HTML depends on; another source is another text. */
  source: string
  html: string
}

const CACHED_BYTES = 32 * 1024 * 1024
const BYTES_A_CHARACTER = 2

/** Formatting and sanitising are the dear part of a status, so their result stays with the process. */
const cache = new LRUCache<string, Rendered>({
  maxSize: CACHED_BYTES,
  sizeCalculation: ({ source, html }) => BYTES_A_CHARACTER * (source.length + html.length) + 1,
})

/** The HTML of a status, the same for everyone. */
export function statusContent(graph: Graph, status: StatusRow): string {
  const mentions = graph.mentions.get(status.id) ?? []
  const quotedUrl = quotedUrlOf(graph, status)
  const source = [
    graph.uris.baseUrl,
    status.text,
    quotedUrl,
    ...mentions.map((account) => `${account.username}@${account.domain} ${account.url ?? account.uri}`),
  ].join('\n')
  const known = cache.get(status.id)
  if (known?.source === source) return known.html
  const html = statusContentHtml(graph.uris, status, mentions, { quotedUrl })
  cache.set(status.id, { source, html })
  return html
}

/** A local quote names what it quotes for those who see no quotes. */
function quotedUrlOf(graph: Graph, status: StatusRow): string | null {
  const quotedId = graph.quotes.get(status.id)?.quoted_status_id
  const quoted = quotedId ? graph.statuses.get(quotedId) : null
  if (!quoted || !status.local || !graph.accounts.get(quoted.account_id)) return null
  return statusUrl(graph.uris, quoted, accountIn(graph, quoted.account_id))
}
