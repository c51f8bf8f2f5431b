import type { AccountRow, QuoteRow, StatusRow } from '@anancus/db'
import { accountById } from '@anancus/db/queries/accounts'
import { lockQuote, quoteOfStatus } from '@anancus/db/queries/quotes'
import { statusFactsByIds } from '@anancus/db/queries/status-facts'
import { acceptQuoteJson, type AskedQuote, rejectQuoteJson } from '../../activitypub/render/index.ts'
import type { Document } from '../../activitypub/vocabulary.ts'
import { notifyJob } from '../../jobs/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { enqueue } from '../../kernel/enqueue.ts'
import { transaction } from '../../kernel/transaction.ts'
import { canShow } from '../../policies/status.ts'
import { inboxOf, sendActivity } from '../federation/index.ts'
import { decideQuote } from './find-quotable.ts'
import { factsOf } from './reads.ts'
import { acceptQuote, quoteStateOf, rejectQuote, showToQuoted } from './settle-quote.ts'

/**
 * How one of ours answers a remote account that wants to quote a status. `unseen`: the account does not see it, and is
 * not to learn that it is there.
 */
export async function judgeQuoteRequest(
  ctx: Ctx,
  quoter: AccountRow,
  quoted: StatusRow,
): Promise<'automatic' | 'manual' | 'unknown' | 'denied' | 'unseen'> {
  const facts = (await statusFactsByIds(ctx.db, [quoted.id], quoter.id)).get(quoted.id)
  const isPublic = quoted.visibility <= 1
  if (!facts || facts.author_suspended || (!isPublic && !canShow(quoter.id, factsOf(facts)))) return 'unseen'
  return decideQuote(ctx, quoter.id, facts)
}

/**
 * Allows a remote quote of a status of ours: it stands, its author gets the authorisation, ours is notified. A quote
 * that was revoked stays so, however often it is asked for.
 *
 * @returns false when the quoting status does not quote it, is by somebody else, or may not any more
 */
export async function allowQuote(
  ctx: Ctx,
  quoter: AccountRow,
  quoted: StatusRow,
  quoting: StatusRow,
  asked: AskedQuote,
): Promise<boolean> {
  return transaction(ctx, async (tx) => {
    const found = await quoteOfStatus(tx.db, quoting.id)
    const quote = found && (await lockQuote(tx.db, found.id))
    if (!quote || quoting.account_id !== quoter.id || quote.quoted_status_id !== quoted.id) return false
    const state = quoteStateOf(quote)
    if (state === 'revoked' || state === 'deleted') return false
    const author = await accountById(tx.db, quoted.account_id)
    if (!author) return false
    await acceptQuote(tx, quote, null)
    await showToQuoted(tx, quote)
    await answer(tx, quoter, author, acceptQuoteJson(tx.config, author, asked, quote.id))
    if (state !== 'accepted') await notifyQuoted(tx, quote, author.id)
    return true
  })
}

/** Refuses a remote quote of a status of ours. One that stands is not touched: that is what revoking is for. */
export async function refuseQuote(
  ctx: Ctx,
  quoter: AccountRow,
  quoted: StatusRow,
  quoting: StatusRow | null,
  asked: AskedQuote,
): Promise<void> {
  await transaction(ctx, async (tx) => {
    const author = await accountById(tx.db, quoted.account_id)
    if (!author) return
    const found = quoting?.account_id === quoter.id ? await quoteOfStatus(tx.db, quoting.id) : null
    const quote = found?.quoted_status_id === quoted.id ? await lockQuote(tx.db, found.id) : null
    if (quote && quoteStateOf(quote) === 'pending') await rejectQuote(tx, quote)
    const name = quote?.id ?? `${quoted.id}-${quoter.id}`
    await answer(tx, quoter, author, rejectQuoteJson(tx.config, author, asked, name))
  })
}

async function answer(tx: Ctx, quoter: AccountRow, author: AccountRow, activity: Document): Promise<void> {
  await sendActivity(tx, { signer: author, activity, inboxes: [inboxOf(quoter)] })
}

/** Tells an account of ours that it is quoted. */
export async function notifyQuoted(tx: Ctx, quote: QuoteRow, recipientId: string): Promise<void> {
  await enqueue(tx, notifyJob, {
    recipientId,
    type: 'quote',
    activityType: 'Quote',
    activityId: quote.id,
    fromAccountId: quote.account_id,
  })
}

/**
 * Takes over what the author of a remote status answered about a quote in one of ours.
 *
 * @param approvalUri the authorisation, of the author's own server; null refuses, or revokes what stood
 * @returns false when that changes nothing
 */
export async function receiveQuoteAnswer(
  ctx: Ctx,
  quote: QuoteRow,
  approvalUri: string | null,
): Promise<boolean> {
  return transaction(ctx, async (tx) => {
    const locked = await lockQuote(tx.db, quote.id)
    if (!locked) return false
    if (approvalUri === null) return rejectQuote(tx, locked)
    const state = quoteStateOf(locked)
    return state === 'pending' || state === 'rejected' ? acceptQuote(tx, locked, approvalUri) : false
  })
}
