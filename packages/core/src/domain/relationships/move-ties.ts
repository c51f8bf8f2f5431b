import type { AccountRow, FollowRow } from '@anancus/db'
import { accountsByIds } from '@anancus/db/queries/accounts'
import { lockPair } from '@anancus/db/queries/follows'
import { copyListMemberships, localFollowsOf } from '@anancus/db/queries/moves'
import { moveTiesJob } from '../../jobs/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { enqueue } from '../../kernel/enqueue.ts'
import { RequestError } from '../../kernel/errors.ts'
import { transaction } from '../../kernel/transaction.ts'
import { isLocal } from '../../kernel/uris.ts'
import { carryOver } from './carry-over.ts'
import { countFollows, removeFollow } from './end-follow.ts'
import { followAccount } from './follow-account.ts'
import { MOVED_PER_RUN } from './limits.ts'
import { tellUnfollow } from './tell.ts'

const FIRST_RUN = '0'

/**
 * Carries what our people have with an account that moved over to where it moved: notes, mutes and blocks first, then
 * the follows with their options and lists, in batches. Who may not follow the new account keeps the old follow.
 * What `moveTiesJob` runs; repeating it carries nothing twice.
 */
export async function moveTies(
  ctx: Ctx,
  payload: { sourceId: string; targetId: string; afterFollowId: string },
): Promise<void> {
  const accounts = await accountsByIds(ctx.db, [payload.sourceId, payload.targetId])
  const [source, target] = [accounts.get(payload.sourceId), accounts.get(payload.targetId)]
  if (!source || !target || target.suspended_at !== null) return
  // It may have gone elsewhere meanwhile.
  if (source.moved_to_account_id !== target.id) return
  if (payload.afterFollowId === FIRST_RUN) await carryOver(ctx, source, target)
  const follows = await localFollowsOf(ctx.db, source.id, payload.afterFollowId, MOVED_PER_RUN)
  const followers = await accountsByIds(
    ctx.db,
    follows.map((follow) => follow.account_id),
  )
  for (const follow of follows) {
    const follower = followers.get(follow.account_id)
    if (follower) await moveFollow(ctx, follower, source, target, follow)
  }
  const last = follows.at(-1)
  if (last && follows.length === MOVED_PER_RUN)
    await enqueue(ctx, moveTiesJob, { ...payload, afterFollowId: last.id })
}

async function moveFollow(
  ctx: Ctx,
  follower: AccountRow,
  source: AccountRow,
  target: AccountRow,
  follow: FollowRow,
): Promise<void> {
  if (follower.id === target.id || follower.suspended_at !== null) return
  try {
    await transaction(ctx, (tx) => exchange(tx, follower, source, target, follow))
  } catch (error) {
    // A rule between the two says no, as a block does: the old follow stays.
    if (!(error instanceof RequestError)) throw error
    ctx.log.info({ error, follower: follower.id, target: target.id }, 'a follow did not move')
  }
}

async function exchange(
  tx: Ctx,
  follower: AccountRow,
  source: AccountRow,
  target: AccountRow,
  follow: FollowRow,
): Promise<void> {
  await followAccount(tx, follower, target, {
    reblogs: follow.show_reblogs,
    notify: follow.notify,
    languages: follow.languages,
    bypassLocked: isLocal(target),
    bypassLimit: true,
  })
  await copyListMemberships(tx.db, follower.id, source.id, target.id)
  await lockPair(tx.db, follower.id, source.id)
  const ended = await removeFollow(tx, follower, source, { keepsFeed: true })
  if (!ended) return
  await countFollows(tx, [ended], -1)
  await tellUnfollow(tx, follower, source, ended)
}
