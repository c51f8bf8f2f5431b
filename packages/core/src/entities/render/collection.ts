import { COLLECTION_ITEM_STATES, type CollectionItemRow, named } from '@anancus/db'
import { collectionIn, type Graph, shownItems } from '../../graph/index.ts'
import { sanitizeStatusHtml } from '../../kernel/text/sanitize-html.ts'
import { collectionUri, collectionUrl, tagUrl } from '../../kernel/uris.ts'
import type { Collection, CollectionItem, CollectionWithAccounts } from '../types/index.ts'
import { accountJson } from './account.ts'
import { toIso } from './dates.ts'

/**
 * A collection of accounts as the viewer sees it.
 *
 * @see https://docs.joinmastodon.org/entities/Collection/
 */
export function collectionJson(graph: Graph, id: string): Collection {
  const facts = collectionIn(graph, id)
  const { collection, tag } = facts
  const items = shownItems(graph, facts)
  return {
    id,
    uri: collectionUri(graph.uris, collection),
    url: collectionUrl(graph.uris, collection),
    name: collection.name,
    description: collection.local
      ? collection.description
      : sanitizeStatusHtml(collection.description_html ?? ''),
    language: collection.language,
    account_id: collection.account_id,
    local: collection.local,
    sensitive: collection.sensitive,
    discoverable: collection.discoverable,
    item_count: items.length,
    created_at: toIso(collection.created_at),
    updated_at: toIso(collection.updated_at),
    tag: tag ? { name: tag.name, url: tagUrl(graph.uris, tag.name) } : null,
    items: items.map(collectionItemJson),
  }
}

/** @see https://docs.joinmastodon.org/entities/CollectionItem/ */
export function collectionItemJson(item: CollectionItemRow): CollectionItem {
  const state = named(COLLECTION_ITEM_STATES, item.state)
  const isOpen = state === 'pending' || state === 'accepted'
  return {
    id: item.id,
    state,
    created_at: toIso(item.created_at),
    ...(isOpen && item.account_id !== null ? { account_id: item.account_id } : {}),
  }
}

/** A collection with its owner and those it shows. The graph was loaded with `collectionMembers`. */
export function collectionWithAccountsJson(graph: Graph, id: string): CollectionWithAccounts {
  const facts = collectionIn(graph, id)
  const members = shownItems(graph, facts).flatMap((item) => item.account_id ?? [])
  return {
    collection: collectionJson(graph, id),
    accounts: [facts.collection.account_id, ...members].map((accountId) => accountJson(graph, accountId)),
  }
}
