import type { Window } from '@anancus/db'
import { homeCandidates } from '@anancus/db/queries/feeds'
import { buildFeedJob } from '../../jobs/default.ts'
import type { Ctx } from '../../kernel/context.ts'
import { enqueue } from '../../kernel/enqueue.ts'
import type { Viewer } from '../../kernel/viewer.ts'
import { type FeedEntry, readFeed } from './feed-store.ts'
import { keepForHome } from './home-facts.ts'
import { MOST_ROUNDS } from './limits.ts'

export interface HomePage {
  ids: string[]
  /** The feed is being built: the page comes from the database. */
  regenerating: boolean
}

/**
 * A page of the viewer's home timeline, newest first: from the feed in Redis, one call. Where there is none, because its
 * owner was away or Redis lost it, the page comes from the database and a job builds the feed; while Redis is away the
 * page comes from the database as well.
 *
 * HOT PATH: home timeline.
 *
 * @see https://docs.joinmastodon.org/methods/timelines/#home
 */
export async function readHome(ctx: Ctx, viewer: Viewer, window: Window): Promise<HomePage> {
  const accountId = viewer.account.id
  if (window.limit <= 0) return { ids: [], regenerating: false }
  let ids: string[] | null
  try {
    ids = await readFeed(ctx, accountId, window)
  } catch (error) {
    ctx.log.warn({ error }, 'home timeline from the database: Redis is away')
    return { ids: await readFromDatabase(ctx, accountId, window), regenerating: false }
  }
  if (ids) return { ids, regenerating: false }
  await enqueue(ctx, buildFeedJob, { accountId }, { jobId: accountId })
  return { ids: await readFromDatabase(ctx, accountId, window), regenerating: true }
}

/** What the feed would hold; asks again, a few times, where the filter leaves the page short. */
async function readFromDatabase(ctx: Ctx, accountId: string, window: Window): Promise<string[]> {
  const isUpward = window.minId !== undefined
  const limit = window.limit * 2
  let bounds: Window = { ...window, limit }
  let entries: FeedEntry[] = []
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const ids = await homeCandidates(ctx.db, accountId, bounds)
    const kept = await keepForHome(ctx, accountId, ids)
    entries = withoutRepeats(isUpward ? [...kept, ...entries] : [...entries, ...kept])
    const [newest, oldest] = [ids[0], ids.at(-1)]
    if (entries.length >= window.limit || ids.length < limit || !newest || !oldest) break
    bounds = isUpward ? { ...bounds, minId: newest } : { ...bounds, maxId: oldest }
  }
  const ids = entries.map((entry) => entry.id)
  return isUpward ? ids.slice(-window.limit) : ids.slice(0, window.limit)
}

/** Of a status and its reblogs only the oldest stays, as in a feed. */
function withoutRepeats(newestFirst: readonly FeedEntry[]): FeedEntry[] {
  const seen = new Set<string>()
  return newestFirst
    .toReversed()
    .filter((entry) => {
      const shown = entry.reblog_of_id ?? entry.id
      if (seen.has(shown)) return false
      seen.add(shown)
      return true
    })
    .toReversed()
}
