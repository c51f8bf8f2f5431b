import { createKeyedStore } from '../store.ts'
import { useKeyed } from '../use-keyed.ts'
import { type Cursor, EMPTY_FEED, type Feed, type FeedAction, reduceFeed } from './reducer.ts'

export interface FeedPage {
  ids: readonly string[]
  next: Cursor | null
  /** The server is still putting the list together; it is worth asking again soon. */
  partial?: boolean
}

/** Where a feed gets its entries; the fetchers take in the entities and answer ids. */
export interface FeedSource {
  key: string
  load(cursor: Cursor | null): Promise<FeedPage>
  /** The page just above an entry (`min_id`), newest first. Missing where a list does not grow at its head. */
  newer?(id: string): Promise<FeedPage>
}

const feeds = createKeyedStore<Feed>()

/** Feeds on the screen whose reader is at the top and busy with nothing: arrivals may slide in. */
const open = new Map<string, () => boolean>()

/** Pages of missed entries fetched before a feed is called behind. */
const MAX_CATCH_UP_PAGES = 3
const PARTIAL_RETRY_MS = 5_000

export function getFeed(key: string): Feed {
  return feeds.get(key) ?? EMPTY_FEED
}

export function useFeed(key: string): Feed {
  return useKeyed(feeds, key) ?? EMPTY_FEED
}

export function dispatch(key: string, action: FeedAction): void {
  const feed = getFeed(key)
  const next = reduceFeed(feed, action)
  if (next !== feed) feeds.set(key, next)
}

export function forgetFeed(key: string): void {
  feeds.set(key, undefined)
}

/** Fetches the first page, in place of what was there. A second call while one runs does nothing. */
export async function loadFeed(source: FeedSource): Promise<void> {
  if (getFeed(source.key).phase === 'loading') return
  dispatch(source.key, { type: 'loading' })
  try {
    const page = await source.load(null)
    dispatch(source.key, { type: 'loaded', ...page })
    if (page.partial) setTimeout(() => void loadFeed(source), PARTIAL_RETRY_MS)
  } catch (error) {
    dispatch(source.key, { type: 'failed', error })
  }
}

export async function loadMore(source: FeedSource): Promise<void> {
  const feed = getFeed(source.key)
  if (feed.phase !== 'ready' || feed.more === 'loading' || !feed.next) return
  dispatch(source.key, { type: 'loading-more' })
  try {
    const page = await source.load(feed.next)
    dispatch(source.key, { type: 'loaded-more', ...page })
  } catch (error) {
    dispatch(source.key, { type: 'failed-more', error })
  }
}

/** Brings an entry into a feed, if that feed has been opened at all. */
export function arrive(key: string, id: string): void {
  dispatch(key, { type: 'arrived', ids: [id], show: open.get(key)?.() ?? false })
}

/** Fetches what was missed while no stream was listening. */
export async function catchUp(source: FeedSource): Promise<void> {
  const feed = getFeed(source.key)
  let newest = feed.pending[0] ?? feed.ids[0]
  if (!source.newer || feed.phase !== 'ready' || feed.behind) return
  if (!newest) return loadFeed(source)
  for (let page = 0; page < MAX_CATCH_UP_PAGES; page++) {
    const { ids } = await source.newer(newest)
    const first = ids[0]
    if (!first) return
    dispatch(source.key, { type: 'arrived', ids, show: open.get(source.key)?.() ?? false })
    newest = first
  }
  dispatch(source.key, { type: 'fell-behind' })
}

/** Shows what was held back; a feed that fell behind is fetched anew. */
export function reveal(source: FeedSource): void {
  if (getFeed(source.key).behind) void loadFeed(source)
  else dispatch(source.key, { type: 'revealed' })
}

/** Brings a feed up to date for a reader who opens it anew, and shows all of it. */
export function refresh(source: FeedSource): void {
  if (getFeed(source.key).phase !== 'ready') return
  reveal(source)
  if (!source.newer) void loadFeed(source)
  else
    catchUp(source).then(
      () => reveal(source),
      // What is there stays; the next look tries again.
      () => undefined,
    )
}

export function removeEverywhere(ids: readonly string[]): void {
  const gone = new Set(ids)
  for (const key of feeds.keys()) dispatch(key, { type: 'removed', ids: gone })
}

/** Tells that a feed is on the screen; `isAtTop` is asked at each arrival. Returns how to take it back. */
export function openFeed(key: string, isAtTop: () => boolean): () => void {
  open.set(key, isAtTop)
  return () => {
    if (open.get(key) === isAtTop) open.delete(key)
  }
}
