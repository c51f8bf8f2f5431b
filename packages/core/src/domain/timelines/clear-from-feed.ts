import { involvingAmong } from '@anancus/db/queries/feeds'
import type { Ctx } from '../../kernel/context.ts'
import { homeChannel, publishMany } from '../../streaming/index.ts'
import { idsInFeed, removeEntries } from './feed-store.ts'
import { dropListFeedsOf } from './list-feeds.ts'

/**
 * Takes a blocked or muted account out of a home feed: what it wrote, what others reblogged of it, and what names it.
 * Whoever has the feed open sees it go. List feeds are built anew when they are read.
 */
export async function clearFromFeed(ctx: Ctx, accountId: string, targetAccountId: string): Promise<void> {
  await dropListFeedsOf(ctx, accountId)
  const entries = await involvingAmong(ctx.db, await idsInFeed(ctx, accountId), targetAccountId)
  await removeEntries(ctx, [accountId], entries)
  await publishMany(
    ctx,
    entries.map((entry) => ({
      channel: homeChannel(accountId),
      message: { event: 'delete' as const, payload: entry.id },
    })),
  )
}
