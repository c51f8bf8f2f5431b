import type { AccountRow, FollowRow } from '@anancus/db'
import { accountById, accountsByIds } from '@anancus/db/queries/accounts'
import { findFollowRequest, moveListsToFollow, oldestAskers } from '@anancus/db/queries/follow-requests'
import { findFollow, insertFollow } from '@anancus/db/queries/follows'
import { acceptFollowRequestsJob } from '../../jobs/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { enqueue } from '../../kernel/enqueue.ts'
import { isLocal } from '../../kernel/uris.ts'
import { changePair } from './change-pair.ts'
import { countFollows, endRequest } from './end-follow.ts'
import { beginFollow, notifyTarget } from './follow-account.ts'
import { REQUESTS_PER_RUN } from './limits.ts'
import { tellAccept } from './tell.ts'

/**
 * Makes `follower`'s request to `target` a follow. `target` is who accepts: ours by a click, or a remote account by its
 * Accept. A remote follower is told.
 *
 * @param options.isSilent leaves out the notification of the new follower (default false)
 * @returns false when there was no request
 * @see https://docs.joinmastodon.org/methods/follow_requests/#accept
 */
export async function authorizeFollow(
  ctx: Ctx,
  target: AccountRow,
  follower: AccountRow,
  options: { isSilent?: boolean } = {},
): Promise<boolean> {
  return changePair(ctx, follower, target, async (tx) => {
    const follow = await turnIntoFollow(tx, target, follower)
    if (!follow) return false
    await tellAccept(tx, target, follower, follow)
    if (isLocal(target) && !options.isSilent) await notifyTarget(tx, 'follow', 'Follow', follow)
    await beginFollow(tx, follower, target)
    return true
  })
}

async function turnIntoFollow(tx: Ctx, target: AccountRow, follower: AccountRow): Promise<FollowRow | null> {
  const request = await findFollowRequest(tx.db, follower.id, target.id)
  if (!request) return null
  const inserted = await insertFollow(tx.db, {
    accountId: follower.id,
    targetAccountId: target.id,
    uri: request.uri,
    showReblogs: request.show_reblogs,
    notify: request.notify,
    languages: request.languages,
  })
  if (inserted) await countFollows(tx, [inserted], 1)
  const follow = inserted ?? (await findFollow(tx.db, follower.id, target.id))
  if (follow) await moveListsToFollow(tx.db, request.id, follow.id)
  await endRequest(tx, follower, target)
  return follow
}

/**
 * Accepts everyone who waits, oldest first; for an account that is no longer locked. Works in portions and enqueues the
 * next one itself. An account that has been locked again meanwhile is left alone.
 */
export async function acceptFollowRequests(ctx: Ctx, payload: { accountId: string }): Promise<void> {
  const target = await accountById(ctx.db, payload.accountId)
  if (!target || target.locked) return
  const ids = await oldestAskers(ctx.db, target.id, REQUESTS_PER_RUN)
  const followers = await accountsByIds(ctx.db, ids)
  for (const follower of followers.values()) await authorizeFollow(ctx, target, follower, { isSilent: true })
  if (ids.length === REQUESTS_PER_RUN) await enqueue(ctx, acceptFollowRequestsJob, payload)
}
