import type { Status } from '@anancus/core/entities/types'
import { importStatuses } from '../state/entities.ts'
import type { FeedPage, FeedSource } from '../state/feeds/feeds.ts'
import type { Cursor } from '../state/feeds/reducer.ts'
import type { Query } from './query-string.ts'
import { requestPage } from './request.ts'

const PAGE = 20

/** Fetches statuses, takes them in and answers their ids. */
export async function statusPage(path: string, query: Query): Promise<FeedPage> {
  const page = await requestPage<Status>(path, { query })
  importStatuses(page.items)
  return { ids: page.items.map((status) => status.id), next: page.next, partial: page.partial }
}

/** A list of statuses whose ids are its cursors, newest first, growing at its head. */
export function timelineSource(key: string, path: string, query: Query = {}): FeedSource {
  const page = (more: Cursor) => statusPage(path, { limit: PAGE, ...query, ...more })
  return {
    key,
    load: (cursor) => page(cursor ?? {}),
    newer: (id) => page({ min_id: id, limit: '40' }),
  }
}

/** A list of statuses in an order of its own. */
export function statusListSource(key: string, path: string): FeedSource {
  return { key, load: (cursor) => statusPage(path, { limit: PAGE, ...cursor }) }
}

export const homeSource = timelineSource('home', '/api/v1/timelines/home')

export type PublicKind = 'all' | 'local'

const publicSources: Record<PublicKind, FeedSource> = {
  all: timelineSource('public', '/api/v1/timelines/public'),
  local: timelineSource('public:local', '/api/v1/timelines/public', { local: true }),
}

export const publicSource = (kind: PublicKind) => publicSources[kind]

export const tagSource = (tag: string) =>
  timelineSource(`hashtag:${tag}`, `/api/v1/timelines/tag/${encodeURIComponent(tag)}`)

export const linkSource = (url: string) => timelineSource(`link:${url}`, '/api/v1/timelines/link', { url })

export const favouritesSource = statusListSource('favourites', '/api/v1/favourites')
export const bookmarksSource = statusListSource('bookmarks', '/api/v1/bookmarks')

export type ProfileTab = 'posts' | 'replies' | 'media'

const PROFILE_QUERIES: Record<ProfileTab, Query> = {
  posts: { exclude_replies: true },
  replies: {},
  media: { only_media: true },
}

export const profileSource = (accountId: string, tab: ProfileTab) =>
  timelineSource(
    `profile:${accountId}:${tab}`,
    `/api/v1/accounts/${accountId}/statuses`,
    PROFILE_QUERIES[tab],
  )

export const fetchPinned = (accountId: string) =>
  statusPage(`/api/v1/accounts/${accountId}/statuses`, { pinned: true })
