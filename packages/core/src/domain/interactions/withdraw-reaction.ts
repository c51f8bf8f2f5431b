import type { AccountRow, StatusRow } from '@anancus/db'
import { favouriteOf } from '@anancus/db/queries/favourites'
import { deleteStatusReactions, reactionsOfAccount } from '@anancus/db/queries/status-reactions'
import { statusByIdWithDeleted } from '@anancus/db/queries/statuses'
import type { ReactionDraft } from '../../activitypub/parse/reaction.ts'
import type { Ctx } from '../../kernel/context.ts'
import { transaction } from '../../kernel/transaction.ts'
import { isLocal } from '../../kernel/uris.ts'
import { endFavourite, lockReactions, sendLike } from './favourite-row.ts'
import { nameReceived, typedName } from './reaction-name.ts'
import { sendWithdrawal } from './send-reaction.ts'

/**
 * Takes a reaction of an account of ours back; the favourite that stood for it goes with the last one. Needs no access
 * to the status. False when there was none.
 */
export async function withdrawReaction(
  ctx: Ctx,
  account: AccountRow,
  status: Pick<StatusRow, 'id'>,
  name: string,
): Promise<boolean> {
  return withdrawNamed(ctx, account, status, typedName(ctx, name) ?? name)
}

/** The same for a remote account, by what it says it reacted with. */
export async function receiveWithdrawal(
  ctx: Ctx,
  account: AccountRow,
  status: Pick<StatusRow, 'id'>,
  draft: ReactionDraft,
): Promise<boolean> {
  // What is taken back defines no emoji.
  const bare = 'custom' in draft ? { custom: { ...draft.custom, picture: null } } : draft
  const named = await nameReceived(ctx, account, bare)
  return named !== null && (await withdrawNamed(ctx, account, status, named.name))
}

/** Takes a reaction back by the name under which it is kept. */
export async function withdrawNamed(
  ctx: Ctx,
  account: AccountRow,
  status: Pick<StatusRow, 'id'>,
  name: string,
): Promise<boolean> {
  return transaction(ctx, async (tx) => {
    await lockReactions(tx, account, status)
    const gone = await deleteStatusReactions(tx.db, account.id, status.id, name)
    if (gone.length === 0) return false
    const isLast = (await reactionsOfAccount(tx.db, account.id, status.id)).length === 0
    const ended = isLast ? await endFavourite(tx, account, status, { onlyByReaction: true }) : null
    const row = isLocal(account) ? await statusByIdWithDeleted(tx.db, status.id) : null
    if (!row || row.local) return true
    await sendWithdrawal(tx, account, row, gone, ended)
    const kept = isLast && ended === null ? await favouriteOf(tx.db, account.id, status.id) : null
    // Where an account has one reaction at most, the Undo took the favourite along.
    if (kept && gone.some((reaction) => reaction.uri !== null)) await sendLike(tx, account, row, kept.id)
    return true
  })
}
