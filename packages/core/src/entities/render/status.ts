import type { StatusRow } from '@anancus/db'
import { anonymous, type Graph, properStatusIn, statusIn } from '../../graph/index.ts'
import { quoteApproval } from '../../policies/quote.ts'
import type { Quote, ShallowQuote, Status } from '../types/index.ts'
import { accountJson } from './account.ts'
import { pollJson } from './poll.ts'
import { previewCardJson } from './preview-card.ts'
import { quoteJson, shallowQuoteJson } from './quote.ts'
import { statusMarks, statusReactions } from './status-marks.ts'
import { applicationOf, hangersOf, isSensitive, ownFields } from './status-parts.ts'

/**
 * A status as this viewer sees it, a reblog with what it reblogs.
 *
 * @see https://docs.joinmastodon.org/entities/Status/
 */
export function statusJson(graph: Graph, id: string): Status {
  return { ...commonPart(graph, id), ...statusViewerPart(graph, id) }
}

/** The same for everyone: what an anonymous visitor sees, whoever the graph was loaded for. */
export function statusBaseJson(graph: Graph, id: string): Status {
  return statusJson(anonymous(graph), id)
}

/**
 * The fields that can differ from one viewer to the next, to be laid over the base: `{ ...base, ...part }`. Without a
 * viewer they are those of the base.
 */
export function statusViewerPart(graph: Graph, id: string): ViewerPart {
  return viewerPart(graph, id, quoteJson(graph, id, quotedStatusJson))
}

/** The answer to deleting a status: its source in place of its HTML, so that it can be written anew. */
export function deletedStatusJson(graph: Graph, id: string): Status {
  const { content: _, ...rest } = statusJson(graph, id)
  return {
    ...rest,
    text: statusIn(graph, id).text,
    quote: quoteJson(graph, id, quotedStatusJson, { anyState: true }),
  }
}

/** A quoted status: its own quote is told by an id alone. */
export function quotedStatusJson(graph: Graph, id: string): Status {
  return { ...commonPart(graph, id), ...viewerPart(graph, id, shallowQuoteJson(graph, id)) }
}

type ViewerPart = Pick<
  Status,
  | 'account'
  | 'application'
  | 'card'
  | 'poll'
  | 'quote'
  | 'quote_approval'
  | 'reactions'
  | 'reblog'
  | 'sensitive'
> &
  Pick<Status, 'bookmarked' | 'favourited' | 'filtered' | 'muted' | 'pinned' | 'reblogged'>

function commonPart(graph: Graph, id: string): Omit<Status, keyof ViewerPart> {
  const status = statusIn(graph, id)
  return { ...ownFields(graph, status), ...hangersOf(graph, status) }
}

function viewerPart(graph: Graph, id: string, quote: Quote | ShallowQuote | null): ViewerPart {
  const status = statusIn(graph, id)
  const card = graph.cards.get(id)
  const poll = graph.polls.get(id)
  return {
    account: accountJson(graph, status.account_id),
    ...applicationOf(graph, status),
    sensitive: isSensitive(graph, status),
    reblog: status.reblog_of_id === null ? null : statusJson(graph, status.reblog_of_id),
    card: card ? previewCardJson(graph, card) : null,
    poll: poll ? pollJson(graph, poll) : null,
    quote,
    quote_approval: approvalOf(graph, properStatusIn(graph, id)),
    reactions: statusReactions(graph, status),
    ...statusMarks(graph, status),
  }
}

function approvalOf(graph: Graph, status: StatusRow) {
  return quoteApproval(graph.viewer?.account.id ?? null, status, graph.relations.get(status.account_id))
}
