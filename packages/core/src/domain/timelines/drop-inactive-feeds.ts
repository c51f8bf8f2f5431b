import type { Ctx } from '../../kernel/context.ts'
import { redisKey } from '../../kernel/redis-keys.ts'
import { dropFeeds, type FeedKind, feedKey } from './feed-store.ts'

const FEED_ID = /:(\d+)$/
const KINDS: readonly FeedKind[] = ['home', 'list']

/**
 * Deletes home and list feeds that nobody keeps alive: their state ran out with USER_ACTIVE_DAYS, and entries that came later
 * would stay for ever. Walks the keys of Redis in parts.
 */
export async function dropInactiveFeeds(ctx: Ctx): Promise<void> {
  for (const kind of KINDS) await dropInactive(ctx, kind)
}

async function dropInactive(ctx: Ctx, kind: FeedKind): Promise<void> {
  const stream = ctx.redis.scanStream({ match: redisKey(ctx, `feed:${kind}:*`), count: 1_000 })
  for await (const keys of stream as AsyncIterable<string[]>) {
    const ids = keys.flatMap((key) => FEED_ID.exec(key)?.[1] ?? [])
    if (ids.length === 0) continue
    const states = await ctx.redis.mget(ids.map((id) => `${feedKey(ctx, id, kind)}:state`))
    const gone = ids.filter((_, index) => states[index] === null)
    await dropFeeds(ctx, gone, kind)
  }
}
