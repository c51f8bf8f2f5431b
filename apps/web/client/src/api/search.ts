import type { Account, Collection, Search, Tag } from '@anancus/core/entities/types'
import { importAccounts, importStatuses } from '../state/entities.ts'
import { isSignedIn } from '../state/session.ts'
import { get, post } from './request.ts'

export type SearchType = 'accounts' | 'statuses' | 'hashtags'

export interface SearchResult {
  accounts: string[]
  statuses: string[]
  hashtags: Tag[]
  collections: Collection[]
}

/** Visitors may not have the server ask other servers, so only a signed-in search resolves handles and addresses. */
export async function search(
  q: string,
  type: SearchType | null,
  signal?: AbortSignal,
): Promise<SearchResult> {
  const query = { q, type, resolve: isSignedIn || undefined, limit: type ? 40 : 10 }
  const found = await get<Search>('/api/v2/search', query, signal)
  importAccounts(found.accounts)
  importStatuses(found.statuses)
  return {
    accounts: found.accounts.map((account: Account) => account.id),
    statuses: found.statuses.map((status) => status.id),
    hashtags: found.hashtags,
    collections: found.collections,
  }
}

export async function suggestTags(q: string, signal?: AbortSignal): Promise<Tag[]> {
  return (await get<Search>('/api/v2/search', { q, type: 'hashtags', limit: 4 }, signal)).hashtags
}

export const fetchTag = (name: string) => get<Tag>(`/api/v1/tags/${encodeURIComponent(name)}`)

export const followTag = (name: string, follow: boolean) =>
  post<Tag>(`/api/v1/tags/${encodeURIComponent(name)}/${follow ? 'follow' : 'unfollow'}`)
