import { createHash, type KeyObject, sign, verify } from 'node:crypto'
import { promisify } from 'node:util'
import { isDocument, listOf, stringOf } from '../parse/values.ts'
import type { Document } from '../vocabulary.ts'
import { base58, fromBase58 } from './base58.ts'
import { ed25519PublicKey } from './ed25519.ts'
import { canonicalJson } from './jcs.ts'

const signInPool = promisify(sign)
const TYPE = 'DataIntegrityProof'
const CRYPTOSUITE = 'eddsa-jcs-2022'
const PURPOSE = 'assertionMethod'
const CONTEXT = 'https://w3id.org/security/data-integrity/v1'
const SIGNATURE_BYTES = 64
const MAX_MULTIBASE_LENGTH = 100
const MAX_CONTEXTS = 100
const MAX_PROOFS = 5

/** Who proves, and with what. */
export interface Prover {
  /** Id of the key in the actor's `assertionMethod`. */
  keyId: string
  key: KeyObject
}

/**
 * Adds a proof to a document that everybody can check who knows the key, without reading it as a graph.
 *
 * @see https://codeberg.org/fediverse/fep/src/branch/main/fep/8b32/fep-8b32.md
 * @see https://www.w3.org/TR/vc-di-eddsa/#eddsa-jcs-2022
 */
export async function withObjectProof(document: Document, prover: Prover, now: Date): Promise<Document> {
  const contexts = listOf(document['@context'], MAX_CONTEXTS)
  const context = contexts.includes(CONTEXT) ? document['@context'] : contextsWith(contexts)
  const proven = { ...document, '@context': context }
  const options = {
    '@context': context,
    type: TYPE,
    cryptosuite: CRYPTOSUITE,
    verificationMethod: prover.keyId,
    proofPurpose: PURPOSE,
    created: now.toISOString().replace(/\.\d+Z$/, 'Z'),
  }
  const signature = await signInPool(null, signedBytes(options, proven), prover.key)
  return { ...proven, proof: { ...options, proofValue: `z${base58(signature)}` } }
}

/** A proof that somebody put into a document. */
export interface ProofClaim {
  keyId: string
  /** Whether the owner of a key (PEM) made it. */
  isBy(publicKey: string): boolean
}

/** Reads the proof of a document, without its key; null when there is none of the one kind we know. */
export function proofClaim(document: Document): ProofClaim | null {
  // A linked-data signature is put on last, and covers the proof.
  const { proof: proofs, signature: _signature, ...rest } = document
  for (const proof of listOf(proofs, MAX_PROOFS)) {
    if (!isDocument(proof) || proof.type !== TYPE || proof.cryptosuite !== CRYPTOSUITE) continue
    const { proofValue, ...options } = proof
    const keyId = stringOf(proof.verificationMethod)
    const value = stringOf(proofValue)
    if (keyId === null || value === null || proof.proofPurpose !== PURPOSE) continue
    const signature = value.startsWith('z') ? fromBase58(value.slice(1), MAX_MULTIBASE_LENGTH) : null
    if (signature?.length !== SIGNATURE_BYTES) continue
    const bytes = signedBytes({ '@context': rest['@context'], ...options }, rest)
    return { keyId, isBy: (publicKey) => isSigned(bytes, publicKey, signature) }
  }
  return null
}

function isSigned(bytes: Buffer, publicKey: string, signature: Buffer): boolean {
  const key = ed25519PublicKey(publicKey)
  return key !== null && verify(null, bytes, key, signature)
}

function signedBytes(options: Document, document: Document): Buffer {
  return Buffer.concat([hash(options), hash(document)])
}

function hash(value: Document): Buffer {
  return createHash('sha256').update(canonicalJson(value)).digest()
}

/** Names before terms of one's own, as everywhere. */
function contextsWith(contexts: readonly unknown[]): unknown[] {
  const names = contexts.filter((context) => typeof context === 'string')
  const terms = contexts.filter((context) => typeof context !== 'string')
  return [...names, CONTEXT, ...terms]
}
