import type { Account } from './account.ts'
import type { StatusTag } from './status.ts'

/** @see https://docs.joinmastodon.org/entities/CollectionItem/ */
export interface CollectionItem {
  id: string
  state: 'pending' | 'accepted' | 'rejected' | 'revoked'
  created_at: string
  /** Only while it is pending or accepted. */
  account_id?: string
}

/**
 * Accounts that somebody recommends.
 *
 * @see https://docs.joinmastodon.org/entities/Collection/
 */
export interface Collection {
  id: string
  uri: string
  url: string | null
  name: string
  /** Plain text of local ones, HTML of remote ones. */
  description: string | null
  language: string | null
  account_id: string
  local: boolean
  sensitive: boolean
  discoverable: boolean
  /** How many items are shown. */
  item_count: number
  created_at: string
  updated_at: string
  tag: StatusTag | null
  items: CollectionItem[]
}

/** @see https://docs.joinmastodon.org/entities/CollectionWithAccounts/ */
export interface CollectionWithAccounts {
  collection: Collection
  /** The owner, then the members in the order of the collection. */
  accounts: Account[]
}

/** What the endpoints of one collection answer. */
export interface CollectionAnswer {
  collection: Collection
}

/** What the lists of collections answer. */
export interface CollectionsAnswer {
  collections: Collection[]
}

/** What the endpoint that adds an account to a collection answers. */
export interface CollectionItemAnswer {
  collection_item: CollectionItem
}
