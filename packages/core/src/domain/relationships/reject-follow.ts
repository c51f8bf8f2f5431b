import type { AccountRow } from '@anancus/db'
import type { Ctx } from '../../kernel/context.ts'
import { changePair } from './change-pair.ts'
import { endFollow, endRequest } from './end-follow.ts'
import { tellReject } from './tell.ts'

/**
 * Refuses `follower`'s request, or removes the follower. `target` is who refuses: ours by a click, or a remote account
 * by its Reject. A remote follower is told.
 *
 * @returns false when there was neither a request nor a follow
 * @see https://docs.joinmastodon.org/methods/follow_requests/#reject
 */
export async function rejectFollow(ctx: Ctx, target: AccountRow, follower: AccountRow): Promise<boolean> {
  return changePair(ctx, follower, target, async (tx) => {
    const request = await endRequest(tx, follower, target)
    const follow = await endFollow(tx, follower, target)
    const ended = request ?? follow
    if (ended) await tellReject(tx, target, follower, ended)
    return ended !== null
  })
}

/**
 * Refuses a request that waits; a follow is left alone.
 *
 * @returns false when there was no request
 */
export async function rejectFollowRequest(
  ctx: Ctx,
  target: AccountRow,
  follower: AccountRow,
): Promise<boolean> {
  return changePair(ctx, follower, target, async (tx) => {
    const request = await endRequest(tx, follower, target)
    if (request) await tellReject(tx, target, follower, request)
    return request !== null
  })
}

/**
 * Removes a follower; a waiting request is left alone.
 *
 * @see https://docs.joinmastodon.org/methods/accounts/#remove_from_followers
 */
export async function removeFollower(ctx: Ctx, target: AccountRow, follower: AccountRow): Promise<void> {
  await changePair(ctx, follower, target, async (tx) => {
    const follow = await endFollow(tx, follower, target)
    if (follow) await tellReject(tx, target, follower, follow)
  })
}
