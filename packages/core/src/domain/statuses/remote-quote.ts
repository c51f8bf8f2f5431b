import { type AccountRow, type QuoteRow, type StatusRow, stored, VISIBILITIES } from '@anancus/db'
import { changeQuotesCount, deleteQuote, insertQuote, quoteOfStatus } from '@anancus/db/queries/quotes'
import { statusByIdWithDeleted } from '@anancus/db/queries/statuses'
import type { QuoteDraft } from '../../activitypub/parse/quote.ts'
import { verifyQuoteJob } from '../../jobs/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { enqueue } from '../../kernel/enqueue.ts'
import { isOwnUri } from '../accounts/index.ts'
import { judgeQuoteRequest } from './answer-quote.ts'
import { knownStatus } from './known-status.ts'
import { MAX_QUOTE_DEPTH } from './limits.ts'
import { quoteStateOf } from './settle-quote.ts'
import { sendRevocation } from './revoke-quote.ts'

const UNLISTED = stored(VISIBILITIES, 'unlisted')

/** Whether an account may be taken at its word that it quotes this: no reblog, and no secret of somebody else. */
export function isQuotableBy(author: Pick<AccountRow, 'id'>, quoted: StatusRow): boolean {
  if (quoted.reblog_of_id !== null) return false
  return quoted.account_id === author.id || quoted.visibility <= UNLISTED
}

/**
 * Writes down what a remote status quotes. A quote of oneself stands at once; every other one waits until the quoted
 * author's own server has said so, and what says where that is, is not kept before. Of ours, what may not be quoted is
 * refused at once: the request that says so may have come before the status. Inside a transaction.
 *
 * @param depth how many quotes led here: a chain is followed only so far
 */
export async function storeRemoteQuote(
  tx: Ctx,
  author: AccountRow,
  status: StatusRow,
  draft: QuoteDraft,
  depth: number,
): Promise<void> {
  const known = draft.uri === null ? null : await knownStatus(tx, draft.uri)
  const quoted = known && isQuotableBy(author, known) ? known : null
  const isOwn = quoted?.account_id === author.id
  const isRefused =
    quoted?.local && !draft.isLegacy && (await judgeQuoteRequest(tx, author, quoted)) === 'denied'
  const quote = await insertQuote(tx.db, {
    statusId: status.id,
    accountId: author.id,
    quotedStatusId: quoted?.id ?? null,
    quotedAccountId: quoted?.account_id ?? null,
    activityUri: null,
    legacy: draft.isLegacy,
    state: draft.isDeleted ? 'deleted' : isOwn ? 'accepted' : isRefused ? 'rejected' : 'pending',
  })
  if (!quote) return
  if (isOwn && quoted) await changeQuotesCount(tx.db, quoted.id, 1)
  else await askAbout(tx, quote, draft, depth)
}

/** Enqueues what has to be asked of other servers, if anything. */
async function askAbout(tx: Ctx, quote: QuoteRow, draft: QuoteDraft, depth: number): Promise<void> {
  if (draft.uri === null || isOwnUri(tx, draft.uri)) return
  const isKnown = quote.quoted_status_id !== null
  const mayStand = draft.approvalUri !== null && !isOwnUri(tx, draft.approvalUri)
  if (isKnown ? !mayStand : depth >= MAX_QUOTE_DEPTH) return
  await enqueue(tx, verifyQuoteJob, {
    quoteId: quote.id,
    quotedUri: draft.uri,
    approvalUri: mayStand ? draft.approvalUri : null,
    depth,
  })
}

/**
 * Takes over what the author of a remote status says now that it quotes. Another quoted status is a new quote, with
 * consent to be found anew. Inside a transaction.
 *
 * @returns whether it quotes something else than before
 */
export async function updateRemoteQuote(
  tx: Ctx,
  author: AccountRow,
  status: StatusRow,
  draft: QuoteDraft | null,
): Promise<boolean> {
  const before = await quoteOfStatus(tx.db, status.id)
  if (before && draft && (await isSame(tx, before, draft))) {
    await takeApproval(tx, author, status, before, draft)
    return false
  }
  if (before) await dropQuote(tx, before)
  if (draft) await storeRemoteQuote(tx, author, status, draft, 0)
  return before !== null || draft !== null
}

/** Takes over a new authorisation, when a remote status still quotes the same. Inside a transaction. */
export async function refreshRemoteQuote(
  tx: Ctx,
  author: AccountRow,
  status: StatusRow,
  draft: QuoteDraft | null,
): Promise<void> {
  const before = draft && (await quoteOfStatus(tx.db, status.id))
  if (before && draft && (await isSame(tx, before, draft)))
    await takeApproval(tx, author, status, before, draft)
}

async function isSame(tx: Ctx, quote: QuoteRow, draft: QuoteDraft): Promise<boolean> {
  if (draft.uri === null) return quoteStateOf(quote) === 'deleted'
  if (quote.quoted_status_id === null) return quoteStateOf(quote) !== 'deleted'
  const quoted = await statusByIdWithDeleted(tx.db, quote.quoted_status_id)
  return quoted?.uri === draft.uri || (await knownStatus(tx, draft.uri))?.id === quote.quoted_status_id
}

async function takeApproval(
  tx: Ctx,
  author: AccountRow,
  status: StatusRow,
  quote: QuoteRow,
  draft: QuoteDraft,
): Promise<void> {
  const isAccepted = quoteStateOf(quote) === 'accepted'
  if (quote.legacy && !draft.isLegacy && !isAccepted) {
    // Now it is told in a way that knows consent.
    await deleteQuote(tx.db, quote.id)
    await storeRemoteQuote(tx, author, status, draft, 0)
    return
  }
  const isSettled = isAccepted && (quote.approval_uri === null || quote.approval_uri === draft.approvalUri)
  if (!isSettled)
    await askAbout(tx, quote, { ...draft, approvalUri: draft.approvalUri ?? quote.approval_uri }, 0)
}

async function dropQuote(tx: Ctx, quote: QuoteRow): Promise<void> {
  const wasAccepted = quoteStateOf(quote) === 'accepted'
  if (wasAccepted) await sendRevocation(tx, quote)
  const removed = await deleteQuote(tx.db, quote.id)
  if (removed && wasAccepted && removed.quoted_status_id !== null)
    await changeQuotesCount(tx.db, removed.quoted_status_id, -1)
}
