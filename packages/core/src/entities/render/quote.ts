import type { QuoteRow } from '@anancus/db'
import { type Graph, isComplete, NO_RELATION, statusIn } from '../../graph/index.ts'
import { statusFacts } from '../../policies/facts.ts'
import { canShow } from '../../policies/status.ts'
import type { Quote, QuoteState, ShallowQuote, Status } from '../types/index.ts'

const STORED_STATES = ['pending', 'accepted', 'rejected', 'revoked', 'deleted'] as const
const SHOWN_TO_NOBODY: ReadonlySet<QuoteState> = new Set(['deleted', 'unauthorized'])

/** How the quoted status of a quote is shown: whole, or by its id inside a status that is itself quoted. */
export type QuotedRenderer = (graph: Graph, id: string) => Status

/**
 * The quote in a status, as the viewer may see it. Quotes made before quoting had rules show only once accepted.
 *
 * @param options.anyState show the quoted status whatever became of the quote: in the answer to deleting
 * @see https://docs.joinmastodon.org/entities/Quote/
 */
export function quoteJson(
  graph: Graph,
  statusId: string,
  renderQuoted: QuotedRenderer,
  options: { anyState?: boolean } = {},
): Quote | null {
  const shown = shownQuote(graph, statusId, options.anyState ?? false)
  if (!shown) return null
  return {
    state: shown.state,
    quoted_status: shown.quotedId === null ? null : renderQuoted(graph, shown.quotedId),
  }
}

/** @see https://docs.joinmastodon.org/entities/ShallowQuote/ */
export function shallowQuoteJson(graph: Graph, statusId: string): ShallowQuote | null {
  const shown = shownQuote(graph, statusId, false)
  return shown && { state: shown.state, quoted_status_id: shown.quotedId }
}

function shownQuote(graph: Graph, statusId: string, anyState: boolean) {
  const quote = graph.quotes.get(statusId)
  if (!quote || (quote.legacy && storedState(quote) !== 'accepted')) return null
  const ofViewer = stateForViewer(graph, quote)
  const accepted = storedState(quote) === 'accepted'
  const isShown = !SHOWN_TO_NOBODY.has(ofViewer) && (accepted || anyState)
  return {
    state: accepted ? ofViewer : storedState(quote),
    quotedId: isShown ? quote.quoted_status_id : null,
  }
}

function storedState(quote: QuoteRow): QuoteState {
  return STORED_STATES[quote.state] ?? 'unauthorized'
}

/** What stands between the viewer and the quoted status; the viewer's own is always shown. */
function stateForViewer(graph: Graph, quote: QuoteRow): QuoteState {
  const quotedId = quote.quoted_status_id
  if (quotedId === null || !isComplete(graph, quotedId)) return 'deleted'
  const quoted = statusIn(graph, quotedId)
  if (quoted.reblog_of_id !== null) return 'unauthorized'
  const viewerId = graph.viewer?.account.id ?? null
  if (viewerId === quoted.account_id) return 'accepted'
  if (!canShow(viewerId, statusFacts(graph, quotedId))) return 'unauthorized'
  const relation = graph.relations.get(quoted.account_id) ?? NO_RELATION
  if (relation.domainBlocking) return 'blocked_domain'
  if (relation.blocking) return 'blocked_account'
  return relation.muting ? 'muted_account' : 'accepted'
}
