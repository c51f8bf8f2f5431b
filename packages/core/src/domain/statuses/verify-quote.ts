import type { AccountRow, QuoteRow, StatusRow } from '@anancus/db'
import { accountById } from '@anancus/db/queries/accounts'
import {
  lockQuote,
  quoteById,
  quoteOfStatus,
  setQuotedStatus,
  touchStaleQuote,
} from '@anancus/db/queries/quotes'
import { statusById } from '@anancus/db/queries/statuses'
import { idOf, isSameOrigin, typesOf } from '../../activitypub/parse/values.ts'
import { fetchObject } from '../../activitypub/transport/fetch.ts'
import type { Document } from '../../activitypub/vocabulary.ts'
import { verifyQuoteJob } from '../../jobs/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { enqueue } from '../../kernel/enqueue.ts'
import { RemoteServerError } from '../../kernel/errors.ts'
import { transaction } from '../../kernel/transaction.ts'
import { statusUri } from '../../kernel/uris.ts'
import { fetchBudget } from '../accounts/index.ts'
import { isDomainBlocked } from '../federation/index.ts'
import { QUOTE_FETCHES, QUOTE_FRESH_MS } from './limits.ts'
import { isQuotableBy } from './remote-quote.ts'
import { resolveStatusByUri, witnessFor } from './resolve-status.ts'
import { acceptQuote, quoteStateOf, rejectQuote } from './settle-quote.ts'

/** The payload of `verifyQuoteJob`. */
export interface VerifyQuotePayload {
  quoteId: string
  quotedUri: string
  /** Where the quoted author is said to agree; null when nobody says so. */
  approvalUri: string | null
  /** How many quotes led to this one. */
  depth: number
}

/**
 * Finds out what a remote status quotes and whether the quoted author allowed it: fetches the quoted status, then the
 * authorisation from the author's own server. A quote of oneself needs none. A quote of one of ours is never settled
 * here: its author's server has to ask. What `verifyQuoteJob` runs.
 *
 * @throws RemoteServerError a server did not answer for now
 * @see https://codeberg.org/fediverse/fep/src/branch/main/fep/044f
 */
export async function verifyQuote(ctx: Ctx, payload: VerifyQuotePayload): Promise<void> {
  const quote = await quoteById(ctx.db, payload.quoteId)
  const quoting = quote && (await statusById(ctx.db, quote.status_id))
  if (!quote || !quoting || quoteStateOf(quote) === 'deleted') return
  const quoted = await quotedStatus(ctx, quote, payload)
  if (!quoted || quoted.local) return
  if (quoted.account_id === quote.account_id) return settle(ctx, quote.id, 'valid', null)
  if (payload.approvalUri === null || quote.legacy) return
  const verdict = await checkAuthorization(ctx, payload.approvalUri, quoting, quoted)
  await settle(ctx, quote.id, verdict, payload.approvalUri)
}

/** The quoted status, fetched and linked if it was not known before. Null while there is none that may be quoted. */
async function quotedStatus(
  ctx: Ctx,
  quote: QuoteRow,
  payload: VerifyQuotePayload,
): Promise<StatusRow | null> {
  if (quote.quoted_status_id !== null) return statusById(ctx.db, quote.quoted_status_id)
  const author = { id: quote.account_id }
  const quoted = await resolveStatusByUri(ctx, payload.quotedUri, {
    budget: fetchBudget(QUOTE_FETCHES),
    onBehalfOf: await witnessFor(ctx, author),
    quoteDepth: payload.depth + 1,
  })
  if (!quoted || !isQuotableBy(author, quoted)) return null
  await setQuotedStatus(ctx.db, quote.id, quoted)
  return quoted
}

/** `foreign`: says nothing about this quote, so nothing follows from it. */
type Verdict = 'valid' | 'refused' | 'foreign'

async function checkAuthorization(
  ctx: Ctx,
  approvalUri: string,
  quoting: StatusRow,
  quoted: StatusRow,
): Promise<Verdict> {
  const quoter = await accountById(ctx.db, quoting.account_id)
  const author = await accountById(ctx.db, quoted.account_id)
  if (!quoter || !author || !isSameOrigin(approvalUri, author.uri)) return 'foreign'
  if (await isDomainBlocked(ctx, URL.parse(approvalUri)?.host ?? '')) return 'foreign'
  const signAs = quoter.domain === null ? quoter.id : await witnessFor(ctx, quoter)
  const document = await fetchAuthorization(ctx, approvalUri, signAs)
  if (document === null) return 'refused'
  const isAbout =
    typesOf(document).includes('QuoteAuthorization') &&
    idOf(document.attributedTo) === author.uri &&
    idOf(document.interactingObject) === statusUri(ctx.config, quoting, quoter) &&
    idOf(document.interactionTarget) === quoted.uri
  return isAbout ? 'valid' : 'foreign'
}

async function fetchAuthorization(
  ctx: Ctx,
  uri: string,
  signAs: AccountRow['id'] | undefined,
): Promise<Document | null> {
  try {
    return await fetchObject(ctx, uri, { signAs })
  } catch (error) {
    // What will never be an authorisation is none; a server that is away says nothing.
    if (error instanceof RemoteServerError && !error.retryable) return null
    throw error
  }
}

async function settle(
  ctx: Ctx,
  quoteId: string,
  verdict: Verdict,
  approvalUri: string | null,
): Promise<void> {
  if (verdict === 'foreign') return
  await transaction(ctx, async (tx) => {
    const quote = await lockQuote(tx.db, quoteId)
    if (!quote || quoteStateOf(quote) === 'deleted') return
    if (verdict === 'valid') await acceptQuote(tx, quote, approvalUri)
    // Another authorisation than the one it stands by may be gone.
    else if (quote.approval_uri === null || quote.approval_uri === approvalUri) await rejectQuote(tx, quote)
  })
}

/** Has an authorisation checked again that is looked at and was not checked for a week. One statement, rarely more. */
export async function refreshQuoteIfStale(ctx: Ctx, status: Pick<StatusRow, 'id'>): Promise<void> {
  const quote = await quoteOfStatus(ctx.db, status.id)
  const before = new Date(ctx.clock.now().getTime() - QUOTE_FRESH_MS)
  if (!quote || quote.approval_uri === null || quote.quoted_status_id === null || quote.updated_at >= before)
    return
  const quoted = await statusById(ctx.db, quote.quoted_status_id)
  if (!quoted?.uri || !(await touchStaleQuote(ctx.db, quote.id, before))) return
  await enqueue(ctx, verifyQuoteJob, {
    quoteId: quote.id,
    quotedUri: quoted.uri,
    approvalUri: quote.approval_uri,
    depth: 0,
  })
}
