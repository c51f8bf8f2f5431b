import type { Ctx } from '../../kernel/context.ts'
import { redisKey } from '../../kernel/redis-keys.ts'
import { dropFeeds } from './feed-store.ts'

const FEED = /feed:home:(\d+)$/

/**
 * Deletes home feeds that nobody keeps alive: their state ran out with USER_ACTIVE_DAYS, and entries that came later
 * would stay for ever. Walks the keys of Redis in parts.
 */
export async function dropInactiveFeeds(ctx: Ctx): Promise<void> {
  const stream = ctx.redis.scanStream({ match: redisKey(ctx, 'feed:home:*'), count: 1_000 })
  for await (const keys of stream as AsyncIterable<string[]>) {
    const ids = keys.flatMap((key) => FEED.exec(key)?.[1] ?? [])
    if (ids.length === 0) continue
    const states = await ctx.redis.mget(ids.map((id) => redisKey(ctx, `feed:home:${id}:state`)))
    await dropFeeds(
      ctx,
      ids.filter((_, index) => states[index] === null),
    )
  }
}
