import {
  collectionIn,
  type CollectionFacts,
  type CollectionItemFacts,
  type Graph,
} from '../../graph/index.ts'
import {
  actorUri,
  collectionItemUri,
  collectionUri,
  collectionUrl,
  featureAuthorizationUri,
  featuredCollectionsUri,
  type Uris,
} from '../../kernel/uris.ts'
import { type Document, PUBLIC } from '../vocabulary.ts'
import { toUnix, toWire } from './dates.ts'
import { hashtagJson } from './tags.ts'

/**
 * Collections of accounts, the places in them and the consent to each.
 *
 * @see https://codeberg.org/fediverse/fep/src/branch/main/fep/7aa9
 */

const ACCEPTED = 1

/** A local collection with those who agreed to be in it. */
export function featuredCollectionJson(graph: Graph, id: string): Document {
  const facts = collectionIn(graph, id)
  const { collection, owner, tag } = facts
  const { uris } = graph
  const items = acceptedItems(facts)
  const { language, description } = collection
  return {
    id: collectionUri(uris, collection),
    type: 'FeaturedCollection',
    totalItems: items.length,
    name: collection.name,
    attributedTo: actorUri(uris, owner),
    url: collectionUrl(uris, collection),
    sensitive: collection.sensitive,
    discoverable: collection.discoverable,
    published: toWire(collection.created_at),
    updated: toWire(collection.updated_at),
    ...(language ? { summaryMap: { [language]: description ?? '' } } : { summary: description }),
    ...(tag ? { topic: hashtagJson(uris, tag.name, tag.display_name ?? tag.name) } : {}),
    orderedItems: items.map((item) => featuredItemJson(uris, facts, item)),
  }
}

/** The places of a collection whose accounts agreed and are not suspended. */
export function acceptedItems(facts: CollectionFacts): CollectionItemFacts[] {
  return facts.items.filter(
    (item) => item.state === ACCEPTED && item.account !== null && item.account.suspended_at === null,
  )
}

/** One place of a local collection, with where its account says that it agrees. */
export function featuredItemJson(uris: Uris, facts: CollectionFacts, item: CollectionItemFacts): Document {
  const { account } = item
  if (account === null) throw new TypeError(`Item ${item.id} of a local collection has no account.`)
  return {
    id: collectionItemUri(uris, facts.collection.account_id, item.id),
    type: 'FeaturedItem',
    featuredObject: actorUri(uris, account),
    featureAuthorization:
      account.domain === null ? featureAuthorizationUri(uris, account.id, item.id) : item.approval_uri,
    published: toWire(item.created_at),
  }
}

/** What says that a local account agrees to its place in a collection. */
export function featureAuthorizationJson(
  uris: Uris,
  facts: CollectionFacts,
  item: CollectionItemFacts,
): Document {
  const { account } = item
  if (account === null) throw new TypeError(`Item ${item.id} has no account that could agree.`)
  return {
    id: featureAuthorizationUri(uris, account.id, item.id),
    type: 'FeatureAuthorization',
    interactingObject: collectionUri(uris, facts.collection),
    interactionTarget: actorUri(uris, account),
  }
}

/** A new collection. Without an id, as Mastodon sends it. */
export function addCollectionJson(graph: Graph, id: string): Document {
  return { ...framed(graph, id, 'Add'), object: featuredCollectionJson(graph, id) }
}

/** A collection is no more. */
export function removeCollectionJson(graph: Graph, id: string): Document {
  return {
    ...framed(graph, id, 'Remove'),
    object: collectionUri(graph.uris, collectionIn(graph, id).collection),
  }
}

function framed(graph: Graph, id: string, type: 'Add' | 'Remove'): Document {
  const { owner } = collectionIn(graph, id)
  return { type, actor: actorUri(graph.uris, owner), target: featuredCollectionsUri(graph.uris, owner.id) }
}

/** A collection says something else about itself. */
export function updateCollectionJson(graph: Graph, id: string): Document {
  const { collection, owner } = collectionIn(graph, id)
  return {
    id: `${collectionUri(graph.uris, collection)}#updates/${toUnix(collection.updated_at)}`,
    type: 'Update',
    actor: actorUri(graph.uris, owner),
    to: [PUBLIC],
    object: featuredCollectionJson(graph, id),
  }
}

/** Somebody is in a collection now. */
export function addItemJson(uris: Uris, facts: CollectionFacts, item: CollectionItemFacts): Document {
  return {
    type: 'Add',
    actor: actorUri(uris, facts.owner),
    target: collectionUri(uris, facts.collection),
    object: featuredItemJson(uris, facts, item),
  }
}

/** Somebody is in a collection no more. */
export function removeItemJson(uris: Uris, facts: CollectionFacts, itemId: string): Document {
  return {
    type: 'Remove',
    actor: actorUri(uris, facts.owner),
    target: collectionUri(uris, facts.collection),
    object: collectionItemUri(uris, facts.owner.id, itemId),
  }
}

/** Asks a remote account to agree to its place. Names no actor: whoever signs it asks. */
export function featureRequestJson(uris: Uris, facts: CollectionFacts, item: CollectionItemFacts): Document {
  return {
    id: item.activity_uri,
    type: 'FeatureRequest',
    object: item.account ? actorUri(uris, item.account) : null,
    instrument: collectionUri(uris, facts.collection),
  }
}

/** A local account agrees to be in a remote collection; `item` is its place, `activity_uri` the request. */
export function acceptFeatureRequestJson(
  uris: Uris,
  facts: CollectionFacts,
  item: CollectionItemFacts,
): Document {
  const { account } = item
  if (account === null) throw new TypeError(`Item ${item.id} has no account that could agree.`)
  const actor = actorUri(uris, account)
  return {
    id: `${actor}#accepts/feature_requests/${item.id}`,
    type: 'Accept',
    actor,
    to: actorUri(uris, facts.owner),
    object: item.activity_uri,
    result: featureAuthorizationUri(uris, account.id, item.id),
  }
}

/** A local account does not agree. `id` makes the answer's address; `requestUri` is what it answers. */
export function rejectFeatureRequestJson(
  uris: Uris,
  featured: Parameters<typeof actorUri>[1],
  owner: Parameters<typeof actorUri>[1],
  answered: { id: string; requestUri: string },
): Document {
  const actor = actorUri(uris, featured)
  return {
    id: `${actor}#rejects/feature_requests/${answered.id}`,
    type: 'Reject',
    actor,
    to: actorUri(uris, owner),
    object: answered.requestUri,
  }
}

/** A local account takes its consent back. The authorization is embedded: it cannot be looked up any more. */
export function deleteAuthorizationJson(
  uris: Uris,
  facts: CollectionFacts,
  item: CollectionItemFacts,
): Document {
  const authorization = featureAuthorizationJson(uris, facts, item)
  return {
    id: `${String(authorization.id)}#delete`,
    type: 'Delete',
    actor: authorization.interactionTarget,
    to: [PUBLIC],
    object: authorization,
  }
}
