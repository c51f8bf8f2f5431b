import { createPrivateKey, createPublicKey, hkdfSync, type KeyObject } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import { base58, fromBase58 } from './base58.ts'

/**
 * Ed25519 keys, which sign what must be checked without JSON-LD. An account of ours has no second key to keep: it is
 * derived from its RSA key, and so changes and goes with it.
 */

const LABEL = 'anancus ed25519 assertion key v1'
const SEED_BYTES = 32
/** DER around a raw key. @see https://www.rfc-editor.org/rfc/rfc8410 */
const PRIVATE_DER = Buffer.from('302e020100300506032b657004220420', 'hex')
const PUBLIC_DER = Buffer.from('302a300506032b6570032100', 'hex')
/** What a multikey begins with when it is of this kind. @see https://www.w3.org/TR/cid-1.0/#Multikey */
const MULTICODEC = Buffer.from([0xed, 0x01])
const MAX_MULTIBASE_LENGTH = 100
const MAX_PEM_LENGTH = 200

const derived = new LRUCache<string, KeyObject>({ max: 500 })
const publicKeys = new LRUCache<string, KeyObject>({ max: 5000 })

/** The Ed25519 key that goes with an RSA private key (PEM). */
export function ed25519KeyOf(rsaPrivateKey: string): KeyObject {
  const known = derived.get(rsaPrivateKey)
  if (known) return known
  const secret = createPrivateKey(rsaPrivateKey).export({ type: 'pkcs8', format: 'der' })
  const seed = Buffer.from(hkdfSync('sha256', secret, Buffer.alloc(0), LABEL, SEED_BYTES))
  const key = createPrivateKey({ key: Buffer.concat([PRIVATE_DER, seed]), format: 'der', type: 'pkcs8' })
  derived.set(rsaPrivateKey, key)
  return key
}

/** The public half of an Ed25519 key as a multikey. */
export function multikeyOf(key: KeyObject): string {
  const der = createPublicKey(key).export({ type: 'spki', format: 'der' })
  return `z${base58(Buffer.concat([MULTICODEC, der.subarray(PUBLIC_DER.length)]))}`
}

/** The PEM of a multikey from outside, or null when it is no Ed25519 key. */
export function pemOfMultikey(multibase: string): string | null {
  if (!multibase.startsWith('z')) return null
  const bytes = fromBase58(multibase.slice(1), MAX_MULTIBASE_LENGTH)
  if (bytes?.length !== MULTICODEC.length + SEED_BYTES || !bytes.subarray(0, 2).equals(MULTICODEC))
    return null
  const key = Buffer.concat([PUBLIC_DER, bytes.subarray(2)])
  return createPublicKey({ key, format: 'der', type: 'spki' }).export({
    type: 'spki',
    format: 'pem',
  }) as string
}

/** The Ed25519 public key in a PEM, or null when it is anything else. Never throws. */
export function ed25519PublicKey(pem: string): KeyObject | null {
  if (pem.length > MAX_PEM_LENGTH) return null
  const known = publicKeys.get(pem)
  if (known) return known
  let key: KeyObject
  try {
    key = createPublicKey(pem)
  } catch {
    return null // not a key: the answer to the question asked
  }
  if (key.asymmetricKeyType !== 'ed25519') return null
  publicKeys.set(pem, key)
  return key
}
