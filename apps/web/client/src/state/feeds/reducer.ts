/** The query that fetches the page after the last one, as the server's Link header gave it. */
export type Cursor = Readonly<Record<string, string>>

/** One list that grows at both ends: a timeline, the notifications, the bookmarks. */
export interface Feed {
  /** Shown, newest first. */
  ids: readonly string[]
  /** Arrived while the reader was elsewhere, newest first; shown on request. */
  pending: readonly string[]
  /** Null when there is nothing older. */
  next: Cursor | null
  phase: 'idle' | 'loading' | 'ready' | 'failed'
  more: 'idle' | 'loading' | 'failed'
  error: unknown
  /** So much was missed that the list must be fetched anew to be whole. */
  behind: boolean
  /** The server is still putting the list together. */
  partial: boolean
}

export type FeedAction =
  | { type: 'loading' }
  | { type: 'loaded'; ids: readonly string[]; next: Cursor | null; partial?: boolean }
  | { type: 'failed'; error: unknown }
  | { type: 'loading-more' }
  | { type: 'loaded-more'; ids: readonly string[]; next: Cursor | null }
  | { type: 'failed-more'; error: unknown }
  /** Newest first. With `show` they go straight into the list. */
  | { type: 'arrived'; ids: readonly string[]; show: boolean }
  | { type: 'fell-behind' }
  | { type: 'revealed' }
  | { type: 'removed'; ids: ReadonlySet<string> }

export const EMPTY_FEED: Feed = {
  ids: [],
  pending: [],
  next: null,
  phase: 'idle',
  more: 'idle',
  error: null,
  behind: false,
  partial: false,
}

/** Beyond this many unseen entries, fetching the newest page anew beats showing them all. */
export const MAX_PENDING = 200

export function reduceFeed(feed: Feed, action: FeedAction): Feed {
  switch (action.type) {
    case 'loading':
      return { ...feed, pending: [], phase: 'loading', error: null }
    case 'loaded':
      // What arrived while the page was on its way may be newer than the page.
      return {
        ...EMPTY_FEED,
        ids: unique([...feed.pending, ...action.ids]),
        next: action.next,
        phase: 'ready',
        partial: action.partial ?? false,
      }
    case 'failed':
      return { ...feed, phase: 'failed', error: action.error }
    case 'loading-more':
      return { ...feed, more: 'loading', error: null }
    case 'loaded-more':
      return { ...feed, ids: unique([...feed.ids, ...action.ids]), next: action.next, more: 'idle' }
    case 'failed-more':
      return { ...feed, more: 'failed', error: action.error }
    case 'arrived':
      return arrived(feed, action.ids, action.show)
    case 'fell-behind':
      return { ...feed, behind: true }
    case 'revealed':
      return { ...feed, ids: [...feed.pending, ...feed.ids], pending: [] }
    case 'removed':
      return removed(feed, action.ids)
  }
}

function arrived(feed: Feed, ids: readonly string[], show: boolean): Feed {
  if (feed.phase !== 'ready' && feed.phase !== 'loading') return feed
  const known = new Set([...feed.ids, ...feed.pending])
  const fresh = unique(ids).filter((id) => !known.has(id))
  if (fresh.length === 0) return feed
  if (show && feed.phase === 'ready' && feed.pending.length === 0)
    return { ...feed, ids: [...fresh, ...feed.ids] }
  const pending = [...fresh, ...feed.pending]
  return pending.length > MAX_PENDING ? { ...feed, pending: [], behind: true } : { ...feed, pending }
}

function removed(feed: Feed, gone: ReadonlySet<string>): Feed {
  const ids = feed.ids.filter((id) => !gone.has(id))
  const pending = feed.pending.filter((id) => !gone.has(id))
  return ids.length === feed.ids.length && pending.length === feed.pending.length
    ? feed
    : { ...feed, ids, pending }
}

function unique(ids: readonly string[]): readonly string[] {
  const set = new Set(ids)
  return set.size === ids.length ? ids : [...set]
}
