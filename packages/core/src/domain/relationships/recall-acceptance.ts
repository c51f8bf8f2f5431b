import type { AccountRow } from '@anancus/db'
import { insertFollowRequest } from '@anancus/db/queries/follow-requests'
import type { Ctx } from '../../kernel/context.ts'
import { changePair } from './change-pair.ts'
import { endFollow } from './end-follow.ts'

/**
 * A remote account takes back that it let one of ours follow it: the follow becomes a request again.
 *
 * @returns false when there is no follow
 */
export async function recallAcceptance(ctx: Ctx, target: AccountRow, follower: AccountRow): Promise<boolean> {
  return changePair(ctx, follower, target, async (tx) => {
    const follow = await endFollow(tx, follower, target)
    if (!follow) return false
    await insertFollowRequest(tx.db, {
      accountId: follower.id,
      targetAccountId: target.id,
      uri: follow.uri,
      showReblogs: follow.show_reblogs,
      notify: follow.notify,
      languages: follow.languages,
    })
    return true
  })
}
