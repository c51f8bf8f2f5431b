import type { Document } from '../vocabulary.ts'
import { httpUri, idOf, isDocument, listOf, stringOf } from './values.ts'

const MAX_KEYS = 10

/** A key of an actor. */
export interface KeyDraft {
  uri: string
  /** Null: the document only names the key, which lies elsewhere. */
  publicKeyPem: string | null
}

/**
 * The keys an actor document lists. A key that stands in the document is the actor's own word and is taken whatever
 * its owner says, unless that names somebody else. A key of another origin is never taken from here.
 *
 * @see https://w3id.org/security/v1
 */
export function keysOf(document: Document, actorUri: string): KeyDraft[] {
  return listOf(document.publicKey, MAX_KEYS).flatMap((item) => {
    const uri = httpUri(item)
    if (uri === null || URL.parse(uri)?.origin !== URL.parse(actorUri)?.origin) return []
    if (!isDocument(item)) return [{ uri, publicKeyPem: null }]
    const owner = idOf(item.owner) ?? idOf(item.controller)
    if (owner !== null && owner !== actorUri) return []
    return [{ uri, publicKeyPem: stringOf(item.publicKeyPem) }]
  })
}

/** A key document that stands alone: what it says of itself. Its owner must be asked whether that is true. */
export function parseKeyDocument(document: Document): { uri: string; owner: string } | null {
  const uri = httpUri(document.id)
  const owner = httpUri(document.owner) ?? httpUri(document.controller)
  if (uri === null || owner === null || stringOf(document.publicKeyPem) === null) return null
  return { uri, owner }
}
