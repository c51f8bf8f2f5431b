import type { Collection, CollectionWithAccounts } from '@anancus/core/entities/types'
import { importAccounts } from '../state/entities.ts'
import { get, patch, post, requestNothing } from './request.ts'

const PATH = '/api/v1/collections'
/** The most that an answer holds; nobody may make more. */
const LIMIT = 100

/** What its owner says about a collection. */
export interface CollectionFields {
  name: string
  description: string
  language: string
  tag_name: string
  discoverable: boolean
  sensitive: boolean
}

/** Newest first. */
export async function fetchCollections(accountId: string): Promise<Collection[]> {
  const query = { limit: LIMIT }
  return (await get<{ collections: Collection[] }>(`/api/v1/accounts/${accountId}/collections`, query))
    .collections
}

/** A collection; the accounts in it are taken in. */
export async function fetchCollection(id: string): Promise<Collection> {
  const { collection, accounts } = await get<CollectionWithAccounts>(`${PATH}/${id}`)
  importAccounts(accounts)
  return collection
}

export async function createCollection(fields: CollectionFields, accountIds: string[]): Promise<Collection> {
  const body = { ...fields, account_ids: accountIds }
  return (await post<{ collection: Collection }>(PATH, body)).collection
}

export async function editCollection(id: string, fields: CollectionFields): Promise<Collection> {
  return (await patch<{ collection: Collection }>(`${PATH}/${id}`, fields)).collection
}

export const deleteCollection = (id: string) => requestNothing('DELETE', `${PATH}/${id}`)

export const addToCollection = (id: string, accountId: string) =>
  post<object>(`${PATH}/${id}/items`, { account_id: accountId })

export const removeFromCollection = (id: string, itemId: string) =>
  requestNothing('DELETE', `${PATH}/${id}/items/${itemId}`)

/** Takes oneself out. */
export const revokeFromCollection = (id: string, itemId: string) =>
  requestNothing('POST', `${PATH}/${id}/items/${itemId}/revoke`)
