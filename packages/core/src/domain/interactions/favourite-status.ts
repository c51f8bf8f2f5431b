import type { AccountRow, StatusRow } from '@anancus/db'
import { accountById } from '@anancus/db/queries/accounts'
import { deleteFavourite, insertFavourite } from '@anancus/db/queries/favourites'
import { statusByIdWithDeleted } from '@anancus/db/queries/statuses'
import { likeJson, undoJson } from '../../activitypub/render/index.ts'
import { notifyJob } from '../../jobs/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { enqueue } from '../../kernel/enqueue.ts'
import { InvariantError } from '../../kernel/errors.ts'
import { transaction } from '../../kernel/transaction.ts'
import { actorUri, isLocal } from '../../kernel/uris.ts'
import { canFavourite } from '../../policies/status.ts'
import { inboxOf, sendActivity } from '../federation/index.ts'
import { countInteraction } from '../instance/index.ts'
import { deleteNotificationsOf } from '../notifications/index.ts'
import { registerFavourite } from '../trends/index.ts'
import { actOn } from './act-on.ts'

/**
 * Favourites a status, by an account of ours or another server's; of a reblog its original. Counts, tells the author,
 * and their server when ours acts. Repeating changes nothing.
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
  const { proper } = await actOn(ctx, account, status.id, canFavourite)
  const isNew = await transaction(ctx, async (tx) => {
    const favouriteId = await insertFavourite(tx.db, {
      accountId: account.id,
      statusId: proper.id,
      uri: options.uri ?? null,
    })
    if (favouriteId === null) return false
    if (proper.author_domain === null) await notifyAuthor(tx, account, proper, favouriteId)
    else if (isLocal(account)) await sendLike(tx, account, proper, favouriteId)
    return true
  })
  if (!isNew) return
  await registerFavourite(ctx, proper)
  await countInteraction(ctx, account)
}

async function notifyAuthor(
  tx: Ctx,
  account: AccountRow,
  status: StatusRow,
  favouriteId: string,
): Promise<void> {
  if (status.account_id === account.id) return
  await enqueue(tx, notifyJob, {
    recipientId: status.account_id,
    type: 'favourite',
    activityType: 'Favourite',
    activityId: favouriteId,
    fromAccountId: account.id,
  })
}

async function sendLike(tx: Ctx, account: AccountRow, status: StatusRow, favouriteId: string): Promise<void> {
  const author = await authorOf(tx, status)
  const activity = likeJson(tx.config, account, status, author, favouriteId)
  await sendActivity(tx, { signer: account, activity, inboxes: [inboxOf(author)] })
}

/**
 * Takes a favourite back, by an account of ours or another server's. Needs no access to the status: who has lost sight
 * of it may still withdraw.
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
    const favourite = await deleteFavourite(tx.db, account.id, status.id)
    if (!favourite) return false
    await deleteNotificationsOf(tx, 'Favourite', favourite.id)
    const row = await statusByIdWithDeleted(tx.db, status.id)
    if (isLocal(account) && row && !row.local) {
      const author = await authorOf(tx, row)
      const like = likeJson(tx.config, account, row, author, favourite.id)
      const activity = undoJson(like, actorUri(tx.config, account))
      await sendActivity(tx, { signer: account, activity, inboxes: [inboxOf(author)] })
    }
    return true
  })
}

async function authorOf(tx: Ctx, status: StatusRow): Promise<AccountRow> {
  const author = await accountById(tx.db, status.account_id)
  if (!author) throw new InvariantError(`status ${status.id} has no author`)
  return author
}
