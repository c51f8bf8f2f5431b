import { newestForFollowers, writtenAmong } from '@anancus/db/queries/feeds'
import type { Ctx } from '../../kernel/context.ts'
import { fillFeed, hasFeed, idsInFeed, removeEntries } from './feed-store.ts'
import { keepForHome } from './home-facts.ts'
import { MERGED_STATUSES } from './limits.ts'
import { dropListFeedsOf } from './list-feeds.ts'

interface Pair {
  fromAccountId: string
  intoAccountId: string
}

/**
 * Adds the newest statuses of a newly followed account to a home feed, where there is one. The
 * owner's list feeds are built anew when they are read.
 */
export async function mergeFeed(ctx: Ctx, { fromAccountId, intoAccountId }: Pair): Promise<void> {
  await dropListFeedsOf(ctx, intoAccountId)
  if (!(await hasFeed(ctx, intoAccountId))) return
  const ids = await newestForFollowers(ctx.db, fromAccountId, MERGED_STATUSES)
  await fillFeed(ctx, intoAccountId, await keepForHome(ctx, intoAccountId, ids))
}

/**
 * Takes what an account wrote and reblogged out of a home feed. What others reblogged of it stays. List feeds, whose
 * members went with the follow, are built anew.
 */
export async function unmergeFeed(ctx: Ctx, { fromAccountId, intoAccountId }: Pair): Promise<void> {
  await dropListFeedsOf(ctx, intoAccountId)
  const written = await writtenAmong(ctx.db, await idsInFeed(ctx, intoAccountId), fromAccountId)
  for (const entry of written) {
    // An entry alone: the reblogs that others made of it are theirs.
    await removeEntries(ctx, [intoAccountId], [{ ...entry, reblog_of_id: entry.reblog_of_id ?? entry.id }])
  }
}
