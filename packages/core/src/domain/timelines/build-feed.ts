import { homeCandidates } from '@anancus/db/queries/feeds'
import type { Ctx } from '../../kernel/context.ts'
import { beginFeed, dropFeeds, fillFeed, finishFeed, isFeedBuilt } from './feed-store.ts'
import { keepForHome } from './home-facts.ts'
import { FEED_SIZE } from './limits.ts'

/**
 * Fills a home feed from the database, unless it is built. The feed takes new entries from the first moment on, so that
 * nothing which is published meanwhile is missed. Three statements, three Redis calls.
 */
export async function buildFeed(ctx: Ctx, { accountId }: { accountId: string }): Promise<void> {
  if (!(await beginFeed(ctx, accountId))) return
  const ids = await homeCandidates(ctx.db, accountId, { limit: FEED_SIZE })
  await fillFeed(ctx, accountId, await keepForHome(ctx, accountId, ids))
  await finishFeed(ctx, accountId)
}

/**
 * Builds a home feed anew, for `tootctl feeds build`; a feed that is built stays where `keepBuilt` says so.
 *
 * @returns whether it was built
 */
export async function rebuildFeed(
  ctx: Ctx,
  accountId: string,
  { keepBuilt }: { keepBuilt: boolean },
): Promise<boolean> {
  if (keepBuilt && (await isFeedBuilt(ctx, accountId))) return false
  await dropFeeds(ctx, [accountId])
  await buildFeed(ctx, { accountId })
  return true
}
