import { accountById, accountsByIds } from '@anancus/db/queries/accounts'
import { updateFollow } from '@anancus/db/queries/follows'
import { localFollowsOf } from '@anancus/db/queries/moves'
import { refollowJob } from '../../jobs/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { enqueue } from '../../kernel/enqueue.ts'
import { transaction } from '../../kernel/transaction.ts'
import { isLocal } from '../../kernel/uris.ts'
import { REFOLLOWED_PER_RUN } from './limits.ts'
import { newActivityUri, tellFollow } from './tell.ts'

/**
 * Asks a remote account once more to be followed by those of ours who do: all its keys are others than we knew, so its server may
 * have begun anew and know nobody. Nothing changes here. What `refollowJob` runs, in batches.
 */
export async function refollow(
  ctx: Ctx,
  payload: { accountId: string; afterFollowId: string },
): Promise<void> {
  const target = await accountById(ctx.db, payload.accountId)
  if (!target || isLocal(target) || target.suspended_at !== null) return
  const follows = await localFollowsOf(ctx.db, target.id, payload.afterFollowId, REFOLLOWED_PER_RUN)
  const followers = await accountsByIds(
    ctx.db,
    follows.map((follow) => follow.account_id),
  )
  for (const follow of follows) {
    const follower = followers.get(follow.account_id)
    if (!follower || follower.suspended_at !== null) continue
    await transaction(ctx, async (tx) => {
      const uri = follow.uri ?? newActivityUri(tx)
      if (follow.uri === null) await updateFollow(tx.db, follow.id, { uri })
      await tellFollow(tx, follower, target, uri)
    })
  }
  const last = follows.at(-1)
  if (last && follows.length === REFOLLOWED_PER_RUN)
    await enqueue(ctx, refollowJob, { ...payload, afterFollowId: last.id })
}
