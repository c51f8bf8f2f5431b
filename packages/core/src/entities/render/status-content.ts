import type { StatusRow } from '@anancus/db'
import { accountIn, type Graph } from '../../graph/index.ts'
import { statusContentHtml } from '../../kernel/text/status-content.ts'
import { statusUrl } from '../../kernel/uris.ts'
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

/** A local quote names what it quotes for those who see no quotes. */
export function quotedUrlOf(graph: Graph, status: StatusRow): string | null {
  const quotedId = graph.quotes.get(status.id)?.quoted_status_id
  const quoted = quotedId ? graph.statuses.get(quotedId) : null
  if (!quoted || !status.local || !graph.accounts.get(quoted.account_id)) return null
  return statusUrl(graph.uris, quoted, accountIn(graph, quoted.account_id))
}
