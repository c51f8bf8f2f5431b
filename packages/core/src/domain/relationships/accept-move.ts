import type { AccountRow } from '@anancus/db'
import { setMovedTo } from '@anancus/db/queries/moves'
import { moveTiesJob } from '../../jobs/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { enqueue } from '../../kernel/enqueue.ts'
import { redisKey } from '../../kernel/redis-keys.ts'
import { transaction } from '../../kernel/transaction.ts'
import { actorUri } from '../../kernel/uris.ts'
import { type FetchBudget, resolveAccountByUri } from '../accounts/index.ts'
import { MOVE_LOCK_SECONDS } from './limits.ts'

export type MoveOutcome = 'moved' | 'busy' | 'unknown target' | 'not confirmed'

/**
 * Lets a remote account move: the new account, asked afresh, must name the old one among its aliases. Our people's ties
 * follow by a job. One move in seven days counts; one that was not confirmed does not.
 *
 * @throws RemoteServerError the server of the new account does not answer
 * @see https://docs.joinmastodon.org/spec/activitypub/#Move
 */
export async function acceptMove(
  ctx: Ctx,
  source: AccountRow,
  targetUri: string,
  budget: FetchBudget,
): Promise<MoveOutcome> {
  const key = redisKey(ctx, `move_in_progress:${source.id}`)
  if (!(await ctx.redis.set(key, '1', 'EX', MOVE_LOCK_SECONDS, 'NX'))) return 'busy'
  let outcome: MoveOutcome | null = null
  try {
    outcome = await move(ctx, source, targetUri, budget)
    return outcome
  } finally {
    if (outcome !== 'moved') await ctx.redis.del(key)
  }
}

async function move(
  ctx: Ctx,
  source: AccountRow,
  targetUri: string,
  budget: FetchBudget,
): Promise<MoveOutcome> {
  const target = await resolveAccountByUri(ctx, targetUri, { fresh: true, isSought: true, budget })
  if (!target || target.suspended_at !== null || target.id === source.id) return 'unknown target'
  if (!namesAsAlias(ctx, target, source)) return 'not confirmed'
  await transaction(ctx, async (tx) => {
    await setMovedTo(tx.db, source.id, target.id)
    await enqueue(tx, moveTiesJob, { sourceId: source.id, targetId: target.id, afterFollowId: '0' })
  })
  return 'moved'
}

/** Whether `account` says that it is `other`, too. */
export function namesAsAlias(ctx: Ctx, account: AccountRow, other: AccountRow): boolean {
  return account.also_known_as?.includes(actorUri(ctx.config, other)) ?? false
}
