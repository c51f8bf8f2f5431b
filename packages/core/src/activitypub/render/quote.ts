import type { QuoteRow, StatusRow } from '@anancus/db'
import { accountIn, quotedUrlOf, statusIn } from '../../graph/index.ts'
import { actorPart, type actorUri, isLocal, statusUri, type Uris } from '../../kernel/uris.ts'
import { type Document, LD_JSON } from '../vocabulary.ts'
import type { NoteGraph } from './note-graph.ts'

const ACCEPTED = 1
const MISSKEY_QUOTE = 'https://misskey-hub.net/ns#_misskey_quote'

type Account = Parameters<typeof actorUri>[1]

/** The address of the authorisation that a local author gave; it is served while the quote stands. */
export function quoteAuthorizationUri(uris: Uris, author: Account, quoteId: string): string {
  return actorPart(uris, author, `quote_authorizations/${quoteId}`)
}

/**
 * What a local status quotes, in every dialect, and where its author allowed it. Of one that is gone a Tombstone.
 *
 * @see https://codeberg.org/fediverse/fep/src/branch/main/fep/044f
 */
export function quotePartJson(graph: NoteGraph, uris: Uris, statusId: string): Document {
  const quote = graph.quotes.get(statusId)
  if (!quote) return {}
  const quoted = quote.quoted_status_id === null ? null : graph.statuses.get(quote.quoted_status_id)
  const author = quoted ? graph.accounts.get(quoted.account_id) : null
  if (!quoted || !author) return { quote: { type: 'Tombstone' } }
  const uri = statusUri(uris, quoted, author)
  const authorization = authorizationOf(uris, quote, author)
  return {
    quote: uri,
    _misskey_quote: uri,
    quoteUrl: uri,
    quoteUri: uri,
    ...(authorization === null ? {} : { quoteAuthorization: authorization }),
  }
}

function authorizationOf(uris: Uris, quote: QuoteRow, author: Account): string | null {
  if (quote.state !== ACCEPTED) return null
  return isLocal(author) ? quoteAuthorizationUri(uris, author, quote.id) : quote.approval_uri
}

/**
 * The tag that links to the quoted status, for servers that read quotes there; named as the text names it.
 *
 * @see https://codeberg.org/fediverse/fep/src/branch/main/fep/e232
 */
export function quoteTags(graph: NoteGraph, uris: Uris, status: StatusRow): Document[] {
  const url = quotedUrlOf(graph, status)
  const quotedId = graph.quotes.get(status.id)?.quoted_status_id
  if (url === null || !quotedId) return []
  const quoted = statusIn(graph, quotedId)
  const href = statusUri(uris, quoted, accountIn(graph, quoted.account_id))
  return [{ type: 'Link', mediaType: LD_JSON, href, name: `RE: ${url}`, rel: MISSKEY_QUOTE }]
}
