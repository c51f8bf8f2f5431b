import { type AccountRow, INSTANCE_ACTOR_ID } from '@anancus/db'
import { lockPair } from '@anancus/db/queries/follows'
import type { Ctx } from '../../kernel/context.ts'
import { transaction } from '../../kernel/transaction.ts'
import { isLocal } from '../../kernel/uris.ts'
import { publish, systemChannel } from '../../streaming/index.ts'

/**
 * Runs `work` in a transaction in which nobody else changes what two accounts are to each other: a follow cannot slip
 * past the block that is just being made, whoever of the two is faster.
 */
export async function changePair<T>(
  ctx: Ctx,
  account: AccountRow,
  other: AccountRow,
  work: (tx: Ctx) => Promise<T>,
): Promise<T> {
  return transaction(ctx, async (tx) => {
    await lockPair(tx.db, account.id, other.id)
    return work(tx)
  })
}

/** Tells the open streams of those of ours whose blocks, mutes or hidden servers have changed. */
export async function publishRelationshipsChanged(ctx: Ctx, ...accounts: AccountRow[]): Promise<void> {
  for (const account of accounts) {
    if (isLocal(account) && account.id !== INSTANCE_ACTOR_ID) {
      await publish(ctx, systemChannel(account.id), { event: 'relationships_changed' })
    }
  }
}
