import type { Document } from '../vocabulary.ts'

/** Collections. What is not given is left out, as peers read meaning into an empty `first`. */

interface CollectionParts {
  id: string
  totalItems?: number | undefined
  first?: string | Document | undefined
  last?: string | undefined
  items?: readonly unknown[] | undefined
}

export function orderedCollectionJson(parts: CollectionParts): Document {
  const { items, ...rest } = parts
  return { type: 'OrderedCollection', ...given({ ...rest, orderedItems: items }) }
}

export function collectionJson(parts: CollectionParts): Document {
  return { type: 'Collection', ...given({ ...parts }) }
}

interface PageParts {
  id?: string | undefined
  partOf: string
  totalItems?: number | undefined
  next?: string | undefined
  prev?: string | undefined
  items: readonly unknown[]
}

export function orderedPageJson(parts: PageParts): Document {
  const { items, ...rest } = parts
  return { type: 'OrderedCollectionPage', ...given({ ...rest, orderedItems: items }) }
}

export function pageJson(parts: PageParts): Document {
  return { type: 'CollectionPage', ...given({ ...parts }) }
}

function given(parts: Document): Document {
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined))
}
