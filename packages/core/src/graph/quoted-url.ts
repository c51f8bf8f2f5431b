import type { StatusRow } from '@anancus/db'
import { statusUrl } from '../kernel/uris.ts'
import type { Graph } from './graph.ts'

/** The page of what a local status quotes, which its text names for those who see no quotes. */
export function quotedUrlOf(graph: Graph, status: Pick<StatusRow, 'id' | 'local'>): string | null {
  const quotedId = graph.quotes.get(status.id)?.quoted_status_id
  const quoted = quotedId ? graph.statuses.get(quotedId) : null
  const author = quoted ? graph.accounts.get(quoted.account_id) : null
  if (!quoted || !author || !status.local) return null
  return statusUrl(graph.uris, quoted, author)
}
