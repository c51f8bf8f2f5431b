import type { Document } from '../vocabulary.ts'
import { documentOf, httpUri, idOf, isDocument, isSameOrigin, listOf } from './values.ts'

const MAX_ITEMS = 5

/** What an object says about the answers to it, on its first page and of its own house. */
export interface RepliesDraft {
  /** Where the list is, when the object only names it. */
  collection: string | null
  /** Answers that it names, by id. */
  items: string[]
}

/**
 * Reads which answers an object brings along.
 *
 * @param uri the id of the object
 * @returns null when there are none to look for
 * @see https://www.w3.org/TR/activitystreams-vocabulary/#dfn-replies
 */
export function repliesIn(document: Document, uri: string): RepliesDraft | null {
  const { replies } = document
  const collection = documentOf(replies)
  const page = collection && isDocument(collection.first) ? collection.first : collection
  const listed = page?.orderedItems ?? page?.items
  if (listed !== undefined) {
    const items = listOf(listed, MAX_ITEMS).flatMap((item) => httpUri(idOf(item)) ?? [])
    const own = items.filter((item) => isSameOrigin(item, uri))
    return own.length > 0 ? { collection: null, items: own } : null
  }
  const address = httpUri(idOf(replies))
  return address !== null && isSameOrigin(address, uri) ? { collection: address, items: [] } : null
}
