import type { Window } from '@anancus/db'
import type { FeedEntry } from './feed-store.ts'
import { MOST_ROUNDS } from './limits.ts'

/** Where a feed comes from when Redis has none. */
export interface FeedSource {
  /** Ids that may stand in the feed, newest first. */
  candidates(window: Window): Promise<string[]>
  /** Those of them that do, in the same order. */
  keep(ids: readonly string[]): Promise<FeedEntry[]>
}

/** One page of what a feed would hold; asks again, a few times, where the filter leaves the page short. */
export async function readJudged(window: Window, source: FeedSource): Promise<string[]> {
  const isUpward = window.minId !== undefined
  const limit = window.limit * 2
  let bounds: Window = { ...window, limit }
  let entries: FeedEntry[] = []
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const ids = await source.candidates(bounds)
    const kept = await source.keep(ids)
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
