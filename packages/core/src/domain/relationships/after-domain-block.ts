import type { AccountRow, FollowRow } from '@anancus/db'
import { accountById, accountsByIds } from '@anancus/db/queries/accounts'
import { askersFromDomain, followsWithDomain, isDomainHidden } from '@anancus/db/queries/domain-blocks'
import { deleteNotificationsFromDomain } from '@anancus/db/queries/notifications'
import { lockPair } from '@anancus/db/queries/follows'
import { insertSeverance } from '@anancus/db/queries/severed-relationships'
import { notifyJob } from '../../jobs/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { enqueue } from '../../kernel/enqueue.ts'
import { transaction } from '../../kernel/transaction.ts'
import { countFollows, removeFollow } from './end-follow.ts'
import { SEVERED_PER_TRANSACTION } from './limits.ts'
import { rejectFollowRequest } from './reject-follow.ts'
import { tellReject, tellUnfollow } from './tell.ts'

/**
 * Cuts what ties an account to a server it hides: notifications, requests, follows both ways. The follows lost are
 * recorded and the account is notified of them. Nothing happens when the server is shown again meanwhile.
 */
export async function afterDomainBlock(
  ctx: Ctx,
  payload: { accountId: string; domain: string },
): Promise<void> {
  const account = await accountById(ctx.db, payload.accountId)
  if (!account || !(await isDomainHidden(ctx.db, account.id, payload.domain))) return
  await deleteNotificationsFromDomain(ctx.db, account.id, payload.domain)
  await rejectRequests(ctx, account, payload.domain)
  const follows = await followsWithDomain(ctx.db, account.id, payload.domain)
  for (let start = 0; start < follows.length; start += SEVERED_PER_TRANSACTION) {
    await sever(ctx, account, payload.domain, follows.slice(start, start + SEVERED_PER_TRANSACTION))
  }
}

async function rejectRequests(ctx: Ctx, account: AccountRow, domain: string): Promise<void> {
  const askers = await accountsByIds(ctx.db, await askersFromDomain(ctx.db, account.id, domain))
  for (const asker of askers.values()) await rejectFollowRequest(ctx, account, asker)
}

/**
 * The cut and its record in one transaction: a crash in between repeats neither. All pairs are locked before anything
 * changes, and all counters change at the end, so that no two transactions wait for each other in a circle.
 */
async function sever(
  ctx: Ctx,
  account: AccountRow,
  domain: string,
  follows: readonly FollowRow[],
): Promise<void> {
  const ids = follows.map((follow) => otherSide(account, follow)).sort(byId)
  const others = [...(await accountsByIds(ctx.db, ids)).values()]
  await transaction(ctx, async (tx) => {
    for (const other of others) await lockPair(tx.db, account.id, other.id)
    const lost: FollowRow[] = []
    for (const other of others) lost.push(...(await cutBothWays(tx, account, other)))
    if (lost.length === 0) return
    const event = { type: 'user_domain_block', targetName: domain, accountId: account.id } as const
    const eventId = await insertSeverance(tx.db, event, lost)
    await enqueue(tx, notifyJob, {
      recipientId: account.id,
      type: 'severed_relationships',
      activityType: 'AccountRelationshipSeveranceEvent',
      activityId: eventId,
      fromAccountId: account.id,
    })
    await countFollows(tx, lost, -1)
  })
}

async function cutBothWays(tx: Ctx, account: AccountRow, other: AccountRow): Promise<FollowRow[]> {
  const following = await removeFollow(tx, account, other)
  if (following) await tellUnfollow(tx, account, other, following)
  const follower = await removeFollow(tx, other, account)
  if (follower) await tellReject(tx, account, other, follower)
  return [following, follower].filter((row) => row !== null)
}

function byId(a: string, b: string): number {
  return BigInt(a) < BigInt(b) ? -1 : 1
}

function otherSide(account: AccountRow, follow: FollowRow): string {
  return follow.account_id === account.id ? follow.target_account_id : follow.account_id
}
