import type { AccountRow } from '@anancus/db'
import { accountIn, statusIn } from '../../graph/index.ts'
import { actorUri, statusUri, type Uris } from '../../kernel/uris.ts'
import { type Document, PUBLIC } from '../vocabulary.ts'
import { noteJson } from './note.ts'
import type { NoteGraph } from './note-graph.ts'
import { quoteAuthorizationUri } from './quote.ts'

/** @see https://codeberg.org/fediverse/fep/src/branch/main/fep/044f */

type Account = Parameters<typeof actorUri>[1]
type Status = Parameters<typeof statusUri>[1]

/**
 * Asks the author of a remote status to allow a quote. The quoting status is inlined: it may not be public.
 *
 * @param id the address stored with the quote
 */
export function quoteRequestJson(graph: NoteGraph, uris: Uris, statusId: string, id: string): Document {
  const status = statusIn(graph, statusId)
  const quoted = statusIn(graph, graph.quotes.get(statusId)?.quoted_status_id ?? '')
  return {
    id,
    type: 'QuoteRequest',
    actor: actorUri(uris, accountIn(graph, status.account_id)),
    object: statusUri(uris, quoted, accountIn(graph, quoted.account_id)),
    instrument: noteJson(graph, uris, statusId),
  }
}

/** A request that came in, as it is repeated in the answer. */
export interface AskedQuote {
  /** Of the request; null when nothing lasting named it. */
  id: string
  actor: string
  quotedUri: string
  quotingUri: string
}

/** Allows a quote: `result` is the authorisation. */
export function acceptQuoteJson(
  uris: Uris,
  author: AccountRow,
  asked: AskedQuote,
  quoteId: string,
): Document {
  return {
    ...answerJson('Accept', `accepts/quote_requests/${quoteId}`, uris, author, asked),
    result: quoteAuthorizationUri(uris, author, quoteId),
  }
}

/** @param name what tells this refusal from others of the author */
export function rejectQuoteJson(uris: Uris, author: AccountRow, asked: AskedQuote, name: string): Document {
  return answerJson('Reject', `rejects/quote_requests/${name}`, uris, author, asked)
}

function answerJson(
  type: 'Accept' | 'Reject',
  part: string,
  uris: Uris,
  author: AccountRow,
  asked: AskedQuote,
): Document {
  const actor = actorUri(uris, author)
  return {
    id: `${actor}#${part}`,
    type,
    actor,
    to: asked.actor,
    object: {
      type: 'QuoteRequest',
      id: asked.id,
      actor: asked.actor,
      object: asked.quotedUri,
      instrument: asked.quotingUri,
    },
  }
}

/** The document that says that an author allowed one status to quote another. */
export function quoteAuthorizationJson(
  uris: Uris,
  quoteId: string,
  quoted: { status: Status; author: Account },
  quoting: { status: Status; author: Account },
): Document {
  return {
    id: quoteAuthorizationUri(uris, quoted.author, quoteId),
    type: 'QuoteAuthorization',
    attributedTo: actorUri(uris, quoted.author),
    interactingObject: statusUri(uris, quoting.status, quoting.author),
    interactionTarget: statusUri(uris, quoted.status, quoted.author),
  }
}

/** Takes an authorisation back. */
export function deleteQuoteAuthorizationJson(uris: Uris, authorization: Document, author: Account): Document {
  return {
    id: `${String(authorization.id)}#delete`,
    type: 'Delete',
    actor: actorUri(uris, author),
    to: [PUBLIC],
    object: authorization,
  }
}
