import type { Account, CredentialAccount, Relationship } from '@anancus/core/entities/types'
import { importAccount, importAccounts } from '../state/entities.ts'
import type { FeedSource } from '../state/feeds/feeds.ts'
import { importRelationship } from '../state/relationship-store.ts'
import { get, patch, post, requestPage } from './request.ts'

async function relationshipAnswer(answer: Promise<Relationship>): Promise<Relationship> {
  const relationship = await answer
  importRelationship(relationship)
  return relationship
}

export async function lookupAccount(acct: string, signal?: AbortSignal): Promise<Account> {
  const account = await get<Account>('/api/v1/accounts/lookup', { acct }, signal)
  importAccount(account)
  return account
}

export async function suggestAccounts(q: string, signal?: AbortSignal): Promise<Account[]> {
  const found = await get<Account[]>('/api/v1/accounts/search', { q, limit: 4, resolve: false }, signal)
  importAccounts(found)
  return found
}

export async function fetchRelationships(ids: readonly string[]): Promise<void> {
  const list = await get<Relationship[]>('/api/v1/accounts/relationships', { id: ids })
  for (const relationship of list) importRelationship(relationship)
}

export type AccountAct = 'unfollow' | 'block' | 'unblock' | 'unmute' | 'remove_from_followers'

export const actOnAccount = (id: string, act: AccountAct) =>
  relationshipAnswer(post<Relationship>(`/api/v1/accounts/${id}/${act}`))

export const followAccount = (id: string, options: { reblogs?: boolean; notify?: boolean } = {}) =>
  relationshipAnswer(post<Relationship>(`/api/v1/accounts/${id}/follow`, options))

export const muteAccount = (id: string, options: { notifications: boolean; duration: number }) =>
  relationshipAnswer(post<Relationship>(`/api/v1/accounts/${id}/mute`, options))

export const answerFollowRequest = (accountId: string, answer: 'authorize' | 'reject') =>
  relationshipAnswer(post<Relationship>(`/api/v1/follow_requests/${accountId}/${answer}`))

/** A list of accounts; the ids in its links are the server's own, so only the links are followed. */
export function accountListSource(key: string, path: string): FeedSource {
  return {
    key,
    async load(cursor) {
      const page = await requestPage<Account>(path, { query: cursor ?? {} })
      importAccounts(page.items)
      return { ids: page.items.map((account) => account.id), next: page.next }
    },
  }
}

export const fetchOwnAccount = () => get<CredentialAccount>('/api/v1/accounts/verify_credentials')

export async function updateProfile(body: object | FormData): Promise<CredentialAccount> {
  const account = await patch<CredentialAccount>('/api/v1/accounts/update_credentials', body)
  importAccount(account)
  return account
}

/** Asks that the posts of an account be sent to an address, which has to confirm. */
export const subscribeByMail = (id: string, email: string) =>
  post<object>(`/api/v1/accounts/${id}/email_subscriptions`, { email })
