import type { Document } from '../vocabulary.ts'
import {
  countOf,
  dateOf,
  documentOf,
  httpUri,
  idOf,
  isDocument,
  isSameOrigin,
  languageOf,
  listOf,
  naturalText,
  pageUrl,
  textOf,
  typesOf,
} from './values.ts'

const MAX_NAME = 256
const MAX_DESCRIPTION = 2048
const MAX_ITEMS = 150
const MAX_TOPIC = 500

/** One place of a collection as another server lists it. */
export interface FeaturedItemDraft {
  uri: string
  /** The actor it is about; null where only the address of the place was told. */
  objectUri: string | null
  /** Where that actor says that it agrees. */
  approvalUri: string | null
  publishedAt: Date | null
}

/** What a collection document says, checked for form but not for truth. */
export interface FeaturedCollectionDraft {
  uri: string
  /** Whose it claims to be. */
  ownerUri: string
  url: string | null
  name: string
  description: string | null
  language: string | null
  sensitive: boolean
  discoverable: boolean
  /** A hashtag, without `#`. */
  topic: string | null
  totalItems: number
  publishedAt: Date | null
  updatedAt: Date | null
  /** In order, each address once, at most 150. */
  items: FeaturedItemDraft[]
}

export function isFeaturedCollection(document: Document): boolean {
  return typesOf(document).includes('FeaturedCollection')
}

/**
 * Reads a collection of accounts. Values are read leniently and cut to their limits.
 *
 * @returns null when it is none: another type, no usable id or owner
 * @see https://codeberg.org/fediverse/fep/src/branch/main/fep/7aa9
 */
export function parseFeaturedCollection(document: Document): FeaturedCollectionDraft | null {
  const uri = httpUri(document.id)
  const ownerUri = httpUri(document.attributedTo)
  if (!isFeaturedCollection(document) || uri === null || ownerUri === null) return null
  const page = pageUrl(document.url)
  const items = itemsOf(document)
  return {
    uri,
    ownerUri,
    url: page !== null && isSameOrigin(page, uri) ? page : null,
    name: textOf(naturalText(document, 'name'), MAX_NAME) ?? '',
    description: textOf(naturalText(document, 'summary'), MAX_DESCRIPTION),
    language: languageOf(document, 'summary'),
    sensitive: document.sensitive === true,
    discoverable: document.discoverable === true,
    topic: topicOf(document.topic),
    totalItems: countOf(document.totalItems) ?? items.length,
    publishedAt: dateOf(document.published),
    updatedAt: dateOf(document.updated),
    items,
  }
}

function itemsOf(document: Document): FeaturedItemDraft[] {
  const items = listOf(document.orderedItems ?? document.items, MAX_ITEMS).flatMap(
    (item) => parseFeaturedItem(item) ?? [],
  )
  return [...new Map(items.map((item) => [item.uri, item])).values()]
}

/** Reads one place of a collection, told whole or by its address alone. */
export function parseFeaturedItem(value: unknown): FeaturedItemDraft | null {
  const uri = httpUri(value)
  if (uri === null) return null
  if (!isDocument(value)) return { uri, objectUri: null, approvalUri: null, publishedAt: null }
  return {
    uri,
    objectUri: httpUri(value.featuredObject),
    approvalUri: httpUri(value.featureAuthorization),
    publishedAt: dateOf(value.published),
  }
}

function topicOf(value: unknown): string | null {
  const topic = documentOf(value)
  const name = topic ? textOf(topic.name, MAX_TOPIC) : null
  return name?.replace(/^#/, '') || null
}

/** Whether a document says that `target` agrees to be in `collection`. @see https://w3id.org/fep/7aa9 */
export function isFeatureAuthorization(document: Document, collection: string, target: string): boolean {
  return (
    typesOf(document).includes('FeatureAuthorization') &&
    idOf(document.interactingObject) === collection &&
    idOf(document.interactionTarget) === target
  )
}
