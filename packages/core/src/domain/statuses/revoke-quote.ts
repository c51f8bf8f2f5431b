import type { AccountRow, QuoteRow, StatusRow } from '@anancus/db'
import { accountById } from '@anancus/db/queries/accounts'
import { lockQuote, quoteBetween, quotesByApproval } from '@anancus/db/queries/quotes'
import { statusByIdWithDeleted } from '@anancus/db/queries/statuses'
import { deleteQuoteAuthorizationJson, quoteAuthorizationJson } from '../../activitypub/render/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { ForbiddenError, NotFoundError } from '../../kernel/errors.ts'
import { transaction } from '../../kernel/transaction.ts'
import { isLocal } from '../../kernel/uris.ts'
import type { Viewer } from '../../kernel/viewer.ts'
import { sendActivity, statusInboxes } from '../federation/index.ts'
import { findVisibleStatus } from './reads.ts'
import { quoteStateOf, rejectQuote } from './settle-quote.ts'

/**
 * Takes back that a status of one's own may be quoted in another. Everyone who may know the quote is told that its
 * authorisation is gone.
 *
 * @param quoted a status the viewer may see
 * @returns the id of the quoting status
 * @throws NotFoundError it is not quoted there, as far as the viewer may know
 * @throws ForbiddenError the quoted status is somebody else's
 * @see https://docs.joinmastodon.org/methods/statuses/#revoke_quote
 */
export async function revokeQuote(
  ctx: Ctx,
  viewer: Viewer,
  quoted: Pick<StatusRow, 'id' | 'account_id'>,
  quotingId: string,
): Promise<string> {
  const quote = await quoteBetween(ctx.db, quotingId, quoted.id)
  const isOwn = quoted.account_id === viewer.account.id
  if (!quote || (!isOwn && !(await findVisibleStatus(ctx, viewer.account.id, quotingId))))
    throw new NotFoundError()
  if (!isOwn) throw new ForbiddenError()
  await transaction(ctx, async (tx) => {
    const locked = await lockQuote(tx.db, quote.id)
    if (!locked) throw new NotFoundError()
    const wasAccepted = quoteStateOf(locked) === 'accepted'
    // While the quote still says who is to be told.
    if (wasAccepted) await sendRevocation(tx, locked)
    await rejectQuote(tx, locked)
  })
  return quote.status_id
}

/** Tells other servers that the authorisation of a quote of one of ours is gone; of others' authors it does nothing. */
export async function sendRevocation(tx: Ctx, quote: QuoteRow): Promise<void> {
  const author = quote.quoted_account_id === null ? null : await accountById(tx.db, quote.quoted_account_id)
  if (!author || !isLocal(author) || quote.quoted_status_id === null) return
  const quoted = await statusByIdWithDeleted(tx.db, quote.quoted_status_id)
  const quoting = await statusByIdWithDeleted(tx.db, quote.status_id)
  const quoter = await accountById(tx.db, quote.account_id)
  if (!quoted || !quoting || !quoter) return
  const authorization = quoteAuthorizationJson(
    tx.config,
    quote.id,
    { status: quoted, author },
    { status: quoting, author: quoter },
  )
  await sendActivity(tx, {
    signer: author,
    activity: deleteQuoteAuthorizationJson(tx.config, authorization, author),
    inboxes: [...(await statusInboxes(tx, quoting)), ...(await statusInboxes(tx, quoted))],
  })
}

/**
 * A remote author took an authorisation back: what it allowed stands no longer.
 *
 * @returns whether it allowed anything
 */
export async function receiveRevocation(ctx: Ctx, author: AccountRow, approvalUri: string): Promise<boolean> {
  const quotes = await quotesByApproval(ctx.db, approvalUri, author.id)
  for (const quote of quotes)
    await transaction(ctx, async (tx) => {
      const locked = await lockQuote(tx.db, quote.id)
      if (locked?.approval_uri === approvalUri) await rejectQuote(tx, locked)
    })
  return quotes.length > 0
}
