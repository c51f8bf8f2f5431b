import type { AccountRow, FollowRow } from '@anancus/db'
import { accountsByIds } from '@anancus/db/queries/accounts'
import { followsOfSuspended, requestsOfSuspended } from '@anancus/db/queries/domain-accounts'
import { countSevered, insertSevered } from '@anancus/db/queries/domain-severances'
import { lockPair } from '@anancus/db/queries/follows'
import { notifyJob } from '../../jobs/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { enqueueMany } from '../../kernel/enqueue.ts'
import { transaction } from '../../kernel/transaction.ts'
import { isLocal } from '../../kernel/uris.ts'
import { countFollows, endRequest, removeFollow } from './end-follow.ts'
import { SEVERED_PER_TRANSACTION } from './limits.ts'
import { tellReject, tellUnfollow } from './tell.ts'

interface Pair {
  account_id: string
  target_account_id: string
}

/** A suspended server: the names its accounts have, and when they were suspended. */
export interface SuspendedServer {
  domains: readonly string[]
  at: Date
  /** The row in `relationship_severance_events` that the losses belong to. */
  eventId: string
}

/**
 * Cuts all follows and requests between us and the accounts of a server that has been suspended, in steps of a
 * transaction each. The server is told; those of ours who lost a follow are notified once. Goes on where it stopped.
 */
export async function severServer(ctx: Ctx, server: SuspendedServer): Promise<void> {
  for (;;) {
    const pairs = await followsOfSuspended(ctx.db, server.domains, server.at, SEVERED_PER_TRANSACTION)
    if (pairs.length === 0) break
    await cutFollows(ctx, server, pairs)
  }
  for (;;) {
    const pairs = await requestsOfSuspended(ctx.db, server.domains, server.at, SEVERED_PER_TRANSACTION)
    if (pairs.length === 0) break
    await cutRequests(ctx, pairs)
  }
  while (await notifySome(ctx, server.eventId));
}

async function cutFollows(ctx: Ctx, server: SuspendedServer, pairs: readonly Pair[]): Promise<void> {
  await withPairs(ctx, pairs, async (tx, ends) => {
    const lost: FollowRow[] = []
    const recorded: FollowRow[] = []
    const ours = new Set<string>()
    for (const [follower, target] of ends) {
      const follow = await removeFollow(tx, follower, target)
      if (!follow) continue
      lost.push(follow)
      await tellUnfollow(tx, follower, target, follow)
      await tellReject(tx, target, follower, follow)
      const local = [follower, target].filter(isLocal)
      if (local.length === 0) continue
      recorded.push(follow)
      for (const account of local) ours.add(account.id)
    }
    await insertSevered(tx.db, server.eventId, recorded, (id) => ours.has(id))
    await countFollows(tx, lost, -1)
  })
}

async function cutRequests(ctx: Ctx, pairs: readonly Pair[]): Promise<void> {
  await withPairs(ctx, pairs, async (tx, ends) => {
    for (const [follower, target] of ends) {
      const request = await endRequest(tx, follower, target)
      if (!request) continue
      await tellUnfollow(tx, follower, target, request)
      await tellReject(tx, target, follower, request)
    }
  })
}

/** All pairs are locked, in one order, before anything changes: no two transactions wait for each other in a circle. */
async function withPairs(
  ctx: Ctx,
  pairs: readonly Pair[],
  work: (tx: Ctx, ends: [AccountRow, AccountRow][]) => Promise<void>,
): Promise<void> {
  const accounts = await accountsByIds(
    ctx.db,
    pairs.flatMap((pair) => [pair.account_id, pair.target_account_id]),
  )
  const ordered = [...pairs].sort(byEnds)
  await transaction(ctx, async (tx) => {
    const ends: [AccountRow, AccountRow][] = []
    for (const pair of ordered) {
      await lockPair(tx.db, pair.account_id, pair.target_account_id)
      const follower = accounts.get(pair.account_id)
      const target = accounts.get(pair.target_account_id)
      if (follower && target) ends.push([follower, target])
    }
    await work(tx, ends)
  })
}

/** By the lower and then the higher of both ids: the same pair comes once in each direction, side by side. */
function byEnds(a: Pair, b: Pair): number {
  const [lowA, highA] = endsOf(a)
  const [lowB, highB] = endsOf(b)
  if (lowA !== lowB) return lowA < lowB ? -1 : 1
  return highA < highB ? -1 : 1
}

function endsOf(pair: Pair): [bigint, bigint] {
  const [a, b] = [BigInt(pair.account_id), BigInt(pair.target_account_id)]
  return a < b ? [a, b] : [b, a]
}

/** @returns whether there may be more */
async function notifySome(ctx: Ctx, eventId: string): Promise<boolean> {
  return transaction(ctx, async (tx) => {
    const events = await countSevered(tx.db, eventId, SEVERED_PER_TRANSACTION)
    await enqueueMany(
      tx,
      notifyJob,
      events.map((event) => ({
        recipientId: event.account_id,
        type: 'severed_relationships',
        activityType: 'AccountRelationshipSeveranceEvent',
        activityId: event.id,
        fromAccountId: event.account_id,
      })),
    )
    return events.length === SEVERED_PER_TRANSACTION
  })
}
