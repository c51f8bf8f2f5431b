import type { AccountRow, FollowRequestRow, FollowRow } from '@anancus/db'
import { deleteEndorsement } from '@anancus/db/queries/account-pins'
import { incrementAccountsStats } from '@anancus/db/queries/accounts'
import { deleteFollowRequest } from '@anancus/db/queries/follow-requests'
import { deleteFollow } from '@anancus/db/queries/follows'
import { unmergeFeedJob } from '../../jobs/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { enqueue } from '../../kernel/enqueue.ts'
import { isLocal } from '../../kernel/uris.ts'
import { deleteNotificationsOf } from '../notifications/index.ts'
import { tellReject, tellUnfollow } from './tell.ts'

type Ends = Pick<FollowRow, 'account_id' | 'target_account_id'>

/** Counts follows that came (1) or went (−1), on both sides; one statement. */
export async function countFollows(tx: Ctx, follows: readonly Ends[], step: 1 | -1): Promise<void> {
  const changes = new Map<string, { following: number; followers: number }>()
  const changeOf = (id: string) => {
    const change = changes.get(id) ?? { following: 0, followers: 0 }
    changes.set(id, change)
    return change
  }
  for (const follow of follows) {
    changeOf(follow.account_id).following += step
    changeOf(follow.target_account_id).followers += step
  }
  await incrementAccountsStats(tx.db, changes)
}

/**
 * Deletes a follow with what hangs on it: its notification, the endorsement, the statuses in the home feed. Counting it
 * is the caller's, and nobody else is told. Null when there was none. Under the lock of the pair only.
 *
 * @param options.keepsFeed leaves the statuses in the home feed: of an account that moved (default false)
 */
export async function removeFollow(
  tx: Ctx,
  follower: AccountRow,
  target: AccountRow,
  options: { keepsFeed?: boolean } = {},
): Promise<FollowRow | null> {
  const follow = await deleteFollow(tx.db, follower.id, target.id)
  if (!follow) return null
  await deleteNotificationsOf(tx, 'Follow', follow.id)
  if (isLocal(follower)) {
    await deleteEndorsement(tx.db, follower.id, target.id)
    if (!options.keepsFeed)
      await enqueue(tx, unmergeFeedJob, { fromAccountId: target.id, intoAccountId: follower.id })
  }
  return follow
}

/** Deletes a follow and counts it. Nobody else is told. Null when there was none. Under the lock of the pair only. */
export async function endFollow(
  tx: Ctx,
  follower: AccountRow,
  target: AccountRow,
): Promise<FollowRow | null> {
  const follow = await removeFollow(tx, follower, target)
  if (follow) await countFollows(tx, [follow], -1)
  return follow
}

/** Deletes a request and its notification. Nobody else is told. Null when there was none. */
export async function endRequest(
  tx: Ctx,
  follower: AccountRow,
  target: AccountRow,
): Promise<FollowRequestRow | null> {
  const request = await deleteFollowRequest(tx.db, follower.id, target.id)
  if (request) await deleteNotificationsOf(tx, 'FollowRequest', request.id)
  return request
}

/** Ends follow and request, and tells the side that is not ours, whichever of the two it is. */
export async function severFollow(tx: Ctx, follower: AccountRow, target: AccountRow): Promise<void> {
  const ended = [await endFollow(tx, follower, target), await endRequest(tx, follower, target)]
  for (const row of ended) {
    if (!row) continue
    await tellUnfollow(tx, follower, target, row)
    await tellReject(tx, target, follower, row)
  }
}
