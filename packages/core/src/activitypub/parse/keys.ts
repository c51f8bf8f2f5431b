import { pemOfMultikey } from '../signatures/ed25519.ts'
import type { Document } from '../vocabulary.ts'
import { httpUri, idOf, isDocument, isSameOrigin, listOf, stringOf, typesOf } from './values.ts'

const MAX_KEYS = 10

/** A key of an actor. */
export interface KeyDraft {
  uri: string
  /** Null: the document only names the key, which lies elsewhere. */
  publicKeyPem: string | null
}

/**
 * The keys an actor document lists. A key that stands in the document is the actor's own word and is taken whatever
 * its owner says, unless that names somebody else. A key of another origin is never taken from here. Keys for requests
 * come first, then those that only prove objects.
 *
 * @see https://w3id.org/security/v1
 * @see https://codeberg.org/fediverse/fep/src/branch/main/fep/521a/fep-521a.md
 */
export function keysOf(document: Document, actorUri: string): KeyDraft[] {
  const keys = [...requestKeys(document, actorUri), ...assertionKeys(document, actorUri)]
  return [...new Map(keys.toReversed().map((key) => [key.uri, key])).values()].toReversed()
}

function requestKeys(document: Document, actorUri: string): KeyDraft[] {
  return listOf(document.publicKey, MAX_KEYS).flatMap((item) => {
    const uri = ownUri(item, actorUri)
    if (uri === null) return []
    if (!isDocument(item)) return [{ uri, publicKeyPem: null }]
    const owner = idOf(item.owner) ?? idOf(item.controller)
    if (owner !== null && owner !== actorUri) return []
    return [{ uri, publicKeyPem: stringOf(item.publicKeyPem) }]
  })
}

/** Ed25519 keys that stand in the document; others are of no use to us. */
function assertionKeys(document: Document, actorUri: string): KeyDraft[] {
  return listOf(document.assertionMethod, MAX_KEYS).flatMap((item) => {
    const uri = ownUri(item, actorUri)
    if (uri === null || !isDocument(item) || !typesOf(item).includes('Multikey')) return []
    const pem = pemOfMultikey(stringOf(item.publicKeyMultibase) ?? '')
    return pem !== null && idOf(item.controller) === actorUri ? [{ uri, publicKeyPem: pem }] : []
  })
}

function ownUri(key: unknown, actorUri: string): string | null {
  const uri = httpUri(key)
  return uri !== null && isSameOrigin(uri, actorUri) ? uri : null
}

/** A key document that stands alone: what it says of itself. Its owner must be asked whether that is true. */
export function parseKeyDocument(document: Document): { uri: string; owner: string } | null {
  const uri = httpUri(document.id)
  const owner = httpUri(document.owner) ?? httpUri(document.controller)
  if (uri === null || owner === null || stringOf(document.publicKeyPem) === null) return null
  return { uri, owner }
}
