import type { Ctx } from '../../kernel/context.ts'
import { redisKey } from '../../kernel/redis-keys.ts'
import { dropFeeds, type FeedKind, feedKey } from './feed-store.ts'

const FEED_ID = /:(\d+)(:state|:reblogs)?$/
const KINDS: readonly FeedKind[] = ['home', 'list']

/**
 * Deletes home and list feeds that nobody keeps alive: their state ran out with USER_ACTIVE_DAYS, and entries that came later
 * would stay for ever. Walks the keys of Redis in parts.
 */
export async function dropInactiveFeeds(ctx: Ctx): Promise<void> {
  await dropEach(ctx, async (ids, kind) => {
    const states = await ctx.redis.mget(ids.map((id) => `${feedKey(ctx, id, kind)}:state`))
    return ids.filter((_, index) => states[index] === null)
  })
}

/** Deletes all home and list feeds. Each is built again when it is read. */
export async function dropAllFeeds(ctx: Ctx): Promise<void> {
  await dropEach(ctx, async (ids) => ids)
}

/** Walks over all feeds and drops those chosen of each part. */
async function dropEach(
  ctx: Ctx,
  choose: (ids: readonly string[], kind: FeedKind) => Promise<readonly string[]>,
): Promise<void> {
  for (const kind of KINDS) {
    const stream = ctx.redis.scanStream({ match: redisKey(ctx, `feed:${kind}:*`), count: 1_000 })
    for await (const keys of stream as AsyncIterable<string[]>) {
      const ids = [...new Set(keys.flatMap((key) => FEED_ID.exec(key)?.[1] ?? []))]
      if (ids.length > 0) await dropFeeds(ctx, await choose(ids, kind), kind)
    }
  }
}
