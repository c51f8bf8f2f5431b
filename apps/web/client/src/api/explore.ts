import type { Account, Suggestion, Tag, TrendsLink } from '@anancus/core/entities/types'
import { importAccounts } from '../state/entities.ts'
import type { FeedSource } from '../state/feeds/feeds.ts'
import { del, get } from './request.ts'
import { statusListSource } from './timelines.ts'

const PAGE = 40

export const trendingStatusesSource = statusListSource('explore', '/api/v1/trends/statuses')

export const fetchTrendingTags = () => get<Tag[]>('/api/v1/trends/tags', { limit: 20 })
export const fetchTrendingLinks = () => get<TrendsLink[]>('/api/v1/trends/links', { limit: 20 })

/** Whom one might follow, and why; the accounts are taken in. */
export async function fetchSuggestions(): Promise<{ id: string; sources: string[] }[]> {
  const found = await get<Suggestion[]>('/api/v2/suggestions', { limit: PAGE })
  importAccounts(found.map((item) => item.account))
  return found.map((item) => ({ id: item.account.id, sources: item.sources }))
}

export const dismissSuggestion = (id: string) => del(`/api/v1/suggestions/${id}`)

export type DirectoryOrder = 'active' | 'new'

/** The directory has no links to follow: its pages are counted. */
export function directorySource(order: DirectoryOrder, local: boolean): FeedSource {
  return {
    key: `directory:${order}:${local}`,
    async load(cursor) {
      const offset = Number(cursor?.offset ?? 0)
      const query = { order, local, offset, limit: PAGE }
      const found = await get<Account[]>('/api/v1/directory', query)
      importAccounts(found)
      const next = found.length === PAGE ? { offset: String(offset + PAGE) } : null
      return { ids: found.map((account) => account.id), next }
    },
  }
}
