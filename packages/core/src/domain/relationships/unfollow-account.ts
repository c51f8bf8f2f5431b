import type { AccountRow } from '@anancus/db'
import type { Ctx } from '../../kernel/context.ts'
import { changePair } from './change-pair.ts'
import { endFollow, endRequest } from './end-follow.ts'
import { tellUnfollow } from './tell.ts'

/**
 * Ends a follow, or takes a request back; neither being there is fine. A remote target is told when the follower is
 * ours; when the follower is remote, it is it that told us.
 *
 * @see https://docs.joinmastodon.org/methods/accounts/#unfollow
 */
export async function unfollowAccount(ctx: Ctx, account: AccountRow, target: AccountRow): Promise<void> {
  await changePair(ctx, account, target, async (tx) => {
    const follow = await endFollow(tx, account, target)
    const request = await endRequest(tx, account, target)
    if (follow) await tellUnfollow(tx, account, target, follow)
    if (request) await tellUnfollow(tx, account, target, request)
  })
}
