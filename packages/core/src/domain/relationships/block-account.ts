import type { AccountRow } from '@anancus/db'
import { deleteBlock, insertBlock } from '@anancus/db/queries/blocks'
import { deleteNotificationPermission } from '@anancus/db/queries/notification-requests'
import { afterBlockJob } from '../../jobs/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { enqueue } from '../../kernel/enqueue.ts'
import { isLocal } from '../../kernel/uris.ts'
import { separateAccounts } from '../collections/index.ts'
import { changePair, publishRelationshipsChanged } from './change-pair.ts'
import { severFollow } from './end-follow.ts'
import { newActivityUri, tellBlock, tellUnblock } from './tell.ts'

/**
 * Blocks an account: follows and requests end in both directions, each leaves the collections of the other, then feeds and notifications are cleared by
 * `relationships.after_block`. Blocking oneself does nothing; repeating it changes nothing.
 *
 * @param options.uri the id of a remote Block
 * @see https://docs.joinmastodon.org/methods/accounts/#block
 */
export async function blockAccount(
  ctx: Ctx,
  account: AccountRow,
  target: AccountRow,
  options: { uri?: string | null } = {},
): Promise<void> {
  if (account.id === target.id) return
  await changePair(ctx, account, target, async (tx) => {
    await severFollow(tx, account, target)
    await severFollow(tx, target, account)
    const uri = options.uri ?? (isLocal(account) ? newActivityUri(tx) : null)
    const block = await insertBlock(tx.db, account.id, target.id, uri)
    if (!block) return
    await separateAccounts(tx, account, target)
    if (block.uri) await tellBlock(tx, account, target, block.uri)
    if (isLocal(account)) {
      await deleteNotificationPermission(tx.db, account.id, target.id)
      await enqueue(tx, afterBlockJob, {
        accountId: account.id,
        targetAccountId: target.id,
        notifications: true,
      })
    }
    await publishRelationshipsChanged(tx, account, target)
  })
}

/** Ends a block; there being none is fine. A remote target is told. */
export async function unblockAccount(ctx: Ctx, account: AccountRow, target: AccountRow): Promise<void> {
  await changePair(ctx, account, target, async (tx) => {
    const block = await deleteBlock(tx.db, account.id, target.id)
    if (!block) return
    await tellUnblock(tx, account, target, block)
    await publishRelationshipsChanged(tx, account, target)
  })
}
