import { randomUUID } from 'node:crypto'
import type { AccountRow } from '@anancus/db'
import { findFollow } from '@anancus/db/queries/follows'
import type { Ctx } from '../../kernel/context.ts'
import { changePair } from './change-pair.ts'
import { tellUnfollow } from './tell.ts'

/** Tells a remote account that one of ours does not follow it, whatever its server believes. */
export async function denyFollow(ctx: Ctx, account: AccountRow, target: AccountRow): Promise<void> {
  await changePair(ctx, account, target, async (tx) => {
    if (await findFollow(tx.db, account.id, target.id)) return
    await tellUnfollow(tx, account, target, { id: randomUUID(), uri: null })
  })
}
