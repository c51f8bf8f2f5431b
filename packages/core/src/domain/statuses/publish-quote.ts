import { randomUUID } from 'node:crypto'
import { type AccountRow, type StatusRow } from '@anancus/db'
import { accountById } from '@anancus/db/queries/accounts'
import { changeQuotesCount, insertQuote, quoteOfStatus } from '@anancus/db/queries/quotes'
import { quoteRequestJson } from '../../activitypub/render/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { actorPart } from '../../kernel/uris.ts'
import { inboxOf, loadNotes, sendActivity } from '../federation/index.ts'
import { quoteStateOf, showToQuoted } from './settle-quote.ts'

/**
 * Writes down what a new status of ours quotes. A quote of one of ours stands at once, it was refused before or not at
 * all; about another's its author is asked when the status is distributed. Inside a transaction.
 */
export async function storeQuote(
  tx: Ctx,
  account: AccountRow,
  status: StatusRow,
  quoted: StatusRow,
): Promise<void> {
  const isSettled = quoted.local === true
  const quote = await insertQuote(tx.db, {
    statusId: status.id,
    accountId: account.id,
    quotedStatusId: quoted.id,
    quotedAccountId: quoted.account_id,
    activityUri: isSettled ? null : actorPart(tx.config, account, `quote_requests/${randomUUID()}`),
    legacy: false,
    state: isSettled ? 'accepted' : 'pending',
  })
  if (!quote) return
  await showToQuoted(tx, quote)
  if (isSettled) await changeQuotesCount(tx.db, quoted.id, 1)
}

/**
 * Asks the author of a remote status to allow the quote of it in a new status of ours.
 *
 * @see https://codeberg.org/fediverse/fep/src/branch/main/fep/044f
 */
export async function requestQuote(tx: Ctx, status: StatusRow, author: AccountRow): Promise<void> {
  const quote = await quoteOfStatus(tx.db, status.id)
  if (!quote || quote.activity_uri === null || quoteStateOf(quote) !== 'pending') return
  const asked = quote.quoted_account_id === null ? null : await accountById(tx.db, quote.quoted_account_id)
  if (!asked || asked.domain === null || quote.quoted_status_id === null) return
  const graph = await loadNotes(tx, [status.id])
  if (!graph.statuses.get(quote.quoted_status_id)) return
  const activity = quoteRequestJson(graph, tx.config, status.id, quote.activity_uri)
  await sendActivity(tx, { signer: author, activity, inboxes: [inboxOf(asked)] })
}
