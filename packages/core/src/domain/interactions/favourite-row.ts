import type { AccountRow, StatusRow } from '@anancus/db'
import { accountById } from '@anancus/db/queries/accounts'
import { deleteFavourite, type DeletedFavourite, insertFavourite } from '@anancus/db/queries/favourites'
import { lockName } from '@anancus/db/queries/status-writes'
import { likeJson, undoJson } from '../../activitypub/render/index.ts'
import { notifyJob } from '../../jobs/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { enqueue } from '../../kernel/enqueue.ts'
import { InvariantError } from '../../kernel/errors.ts'
import { actorUri } from '../../kernel/uris.ts'
import { inboxOf, sendActivity } from '../federation/index.ts'
import { deleteNotificationsOf } from '../notifications/index.ts'
import type { VisibleStatus } from '../statuses/index.ts'

type Proper = VisibleStatus['proper']

/**
 * Favourites and reactions of one account to one status hang together: whoever changes both waits for the other. To be
 * called in a transaction.
 */
export async function lockReactions(
  tx: Ctx,
  account: AccountRow,
  status: Pick<StatusRow, 'id'>,
): Promise<void> {
  await lockName(tx.db, `reactions:${account.id}:${status.id}`)
}

/** Adds a favourite, counts it and tells a local author; null when it was there. */
export async function addFavourite(
  tx: Ctx,
  account: AccountRow,
  status: Proper,
  options: { uri: string | null; byReaction?: boolean },
): Promise<string | null> {
  const id = await insertFavourite(tx.db, { accountId: account.id, statusId: status.id, ...options })
  const isTold = id !== null && status.author_domain === null && status.account_id !== account.id
  if (isTold)
    await enqueue(tx, notifyJob, {
      recipientId: status.account_id,
      type: 'favourite',
      activityType: 'Favourite',
      activityId: id,
      fromAccountId: account.id,
    })
  return id
}

/** Takes a favourite away and what was told of it; null when there was none, or none that may go. */
export async function endFavourite(
  tx: Ctx,
  account: AccountRow,
  status: Pick<StatusRow, 'id'>,
  options: { onlyByReaction?: boolean } = {},
): Promise<DeletedFavourite | null> {
  const gone = await deleteFavourite(tx.db, account.id, status.id, options)
  if (gone) await deleteNotificationsOf(tx, 'Favourite', gone.id)
  return gone
}

export async function sendLike(
  tx: Ctx,
  account: AccountRow,
  status: StatusRow,
  favouriteId: string,
): Promise<void> {
  const author = await authorOf(tx, status)
  const activity = likeJson(tx.config, account, status, author, favouriteId)
  await sendActivity(tx, { signer: account, activity, inboxes: [inboxOf(author)] })
}

export async function sendUndoneLike(
  tx: Ctx,
  account: AccountRow,
  status: StatusRow,
  favouriteId: string,
): Promise<void> {
  const author = await authorOf(tx, status)
  const like = likeJson(tx.config, account, status, author, favouriteId)
  const activity = undoJson(like, actorUri(tx.config, account))
  await sendActivity(tx, { signer: account, activity, inboxes: [inboxOf(author)] })
}

/** @throws InvariantError */
export async function authorOf(tx: Ctx, status: StatusRow): Promise<AccountRow> {
  const author = await accountById(tx.db, status.account_id)
  if (!author) throw new InvariantError(`status ${status.id} has no author`)
  return author
}
