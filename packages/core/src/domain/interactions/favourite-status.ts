import type { AccountRow, StatusRow } from '@anancus/db'
import { yieldToReactions } from '@anancus/db/queries/favourites'
import { deleteStatusReactions } from '@anancus/db/queries/status-reactions'
import { statusByIdWithDeleted } from '@anancus/db/queries/statuses'
import type { Ctx } from '../../kernel/context.ts'
import { transaction } from '../../kernel/transaction.ts'
import { isLocal } from '../../kernel/uris.ts'
import { canFavourite } from '../../policies/status.ts'
import { countInteraction } from '../instance/index.ts'
import { registerFavourite } from '../trends/index.ts'
import { actOn } from './act-on.ts'
import { addFavourite, endFavourite, lockReactions, sendLike } from './favourite-row.ts'
import { sendWithdrawal } from './send-reaction.ts'

/**
 * Favourites a status, by an account of ours or another server's; of a reblog its original. Counts, tells the author,
 * and their server when ours acts. Repeating changes nothing, and neither does it after a reaction, but that the
 * favourite then stands by itself.
 *
 * @param options.uri the id of a remote Like
 * @throws NotFoundError missing, or not visible to `account`
 * @throws ForbiddenError `account` blocks the author
 * @see https://docs.joinmastodon.org/methods/statuses/#favourite
 */
export async function favouriteStatus(
  ctx: Ctx,
  account: AccountRow,
  status: Pick<StatusRow, 'id'>,
  options: { uri?: string | null | undefined } = {},
): Promise<void> {
  const { proper } = await actOn(ctx, account, status.id, canFavourite, 'favourite')
  const isNew = await transaction(ctx, async (tx) => {
    const favouriteId = await addFavourite(tx, account, proper, { uri: options.uri ?? null })
    if (favouriteId === null) return false
    if (proper.author_domain !== null && isLocal(account)) await sendLike(tx, account, proper, favouriteId)
    return true
  })
  if (!isNew) return
  await registerFavourite(ctx, proper)
  await countInteraction(ctx, account)
}

/**
 * Takes a favourite back, by an account of ours, and every reaction with it: apps that know only favourites show them as
 * one. Needs no access to the status: who has lost sight of it may still withdraw.
 *
 * @returns false when there was none
 * @see https://docs.joinmastodon.org/methods/statuses/#unfavourite
 */
export async function unfavouriteStatus(
  ctx: Ctx,
  account: AccountRow,
  status: Pick<StatusRow, 'id'>,
): Promise<boolean> {
  return transaction(ctx, async (tx) => {
    await lockReactions(tx, account, status)
    const reactions = await deleteStatusReactions(tx.db, account.id, status.id, null)
    const favourite = await endFavourite(tx, account, status)
    if (!favourite) return false
    const row = await statusByIdWithDeleted(tx.db, status.id)
    if (isLocal(account) && row && !row.local) await sendWithdrawal(tx, account, row, reactions, favourite)
    return true
  })
}

/** Takes a remote account's Like back; while it reacts to the status, its favourite stands for the reactions. */
export async function withdrawLike(
  ctx: Ctx,
  account: AccountRow,
  status: Pick<StatusRow, 'id'>,
): Promise<boolean> {
  return transaction(ctx, async (tx) => {
    await lockReactions(tx, account, status)
    if (await yieldToReactions(tx.db, account.id, status.id)) return true
    return (await endFavourite(tx, account, status)) !== null
  })
}
