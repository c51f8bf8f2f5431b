import type { QuoteRow } from '@anancus/db'
import { insertMentions } from '@anancus/db/queries/mentions'
import {
  changeQuotesCount,
  QUOTE_STATES,
  settleQuote,
  type StoredQuoteState,
} from '@anancus/db/queries/quotes'
import { distributeStatusJob } from '../../jobs/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { enqueue } from '../../kernel/enqueue.ts'

/** How a quote stands. */
export function quoteStateOf(quote: Pick<QuoteRow, 'state'>): StoredQuoteState {
  return QUOTE_STATES[quote.state] ?? 'deleted'
}

/**
 * Lets a quote stand, counts it, and tells readers of the quoting status. Inside a transaction that holds the row.
 *
 * @param approvalUri the authorisation of another server; null for our own and for quotes of oneself
 * @returns false when it stood already
 */
export async function acceptQuote(tx: Ctx, quote: QuoteRow, approvalUri: string | null): Promise<boolean> {
  const wasAccepted = quoteStateOf(quote) === 'accepted'
  if (wasAccepted && quote.approval_uri === approvalUri) return false
  await settleQuote(tx.db, quote.id, { state: 'accepted', approvalUri })
  if (wasAccepted) return false
  if (quote.quoted_status_id !== null) await changeQuotesCount(tx.db, quote.quoted_status_id, 1)
  await enqueue(tx, distributeStatusJob, { statusId: quote.status_id, kind: 'refresh' })
  return true
}

/**
 * Lets a quote stand no longer: one that stood is revoked, one that waited is rejected. Readers of the quoting status
 * are told. Inside a transaction that holds the row.
 *
 * @returns false when it was out already
 */
export async function rejectQuote(tx: Ctx, quote: QuoteRow): Promise<boolean> {
  const before = quoteStateOf(quote)
  if (before !== 'accepted' && before !== 'pending') return false
  const state = before === 'accepted' ? 'revoked' : 'rejected'
  await settleQuote(tx.db, quote.id, { state, approvalUri: null })
  if (before === 'accepted' && quote.quoted_status_id !== null)
    await changeQuotesCount(tx.db, quote.quoted_status_id, -1)
  await enqueue(tx, distributeStatusJob, { statusId: quote.status_id, kind: 'refresh' })
  return true
}

/** Lets the quoted author read a quoting status of limited audience, without naming them. */
export async function showToQuoted(tx: Ctx, quote: QuoteRow): Promise<void> {
  const { quoted_account_id: quotedId } = quote
  if (quotedId === null || quotedId === quote.account_id) return
  await insertMentions(tx.db, quote.status_id, [quotedId], { silent: true })
}
