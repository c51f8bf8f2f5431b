import { homeCandidates } from '@anancus/db/queries/feeds'
import type { Ctx } from '../../kernel/context.ts'
import { beginFeed, fillFeed, finishFeed } from './feed-store.ts'
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
