import { sign as signBytes } from 'node:crypto'
import { promisify } from 'node:util'
import { fullContext } from '../context.ts'
import { isDocument, listOf, stringOf } from '../parse/values.ts'
import type { Signer } from '../transport/keys.ts'
import type { SignatureClaim } from '../transport/verify.ts'
import type { Document } from '../vocabulary.ts'
import { compact, expand, graphHash, UnreadableGraphError } from './json-ld.ts'

const signInPool = promisify(signBytes)
const TYPE = 'RsaSignature2017'
const OPTIONS_CONTEXT = 'https://w3id.org/identity/v1'
const SECURITY = 'https://w3id.org/security/v1'
const PROOF = 'https://w3id.org/security#proof'
const MAX_CONTEXTS = 100

/**
 * Signs a document as a graph, so that whoever gets it from somebody else can check it. The context of security terms
 * is added. RSA runs outside the event loop; the canonical form costs about two milliseconds in it.
 *
 * @see https://docs.joinmastodon.org/spec/security/#ld
 */
export async function withLinkedDataSignature(
  document: Document,
  signer: Signer,
  now: Date,
): Promise<Document> {
  const signed = withSecurityContext(document)
  const options = { creator: signer.keyId, created: now.toISOString().replace(/\.\d+Z$/, 'Z') }
  const text = await signedText(options, await expand(signed))
  const value = await signInPool('sha256', Buffer.from(text), signer.key)
  return { ...signed, signature: { type: TYPE, ...options, signatureValue: value.toString('base64') } }
}

/** What a linked-data signature claims, and what it is about. */
export interface LinkedDataClaim {
  claim: SignatureClaim
  /** The document in our own words: what the signature covers and nothing else. Only once the claim holds it counts. */
  document: Document
}

/**
 * Reads the linked-data signature of a document, without its key. Never fetches anything.
 *
 * @returns null when there is none that we can check: other types, contexts we do not hold, `@graph` and the like
 */
export async function linkedDataClaim(document: Document): Promise<LinkedDataClaim | null> {
  const { signature, ...unsigned } = document
  if (!isDocument(signature) || signature.type !== TYPE) return null
  const creator = stringOf(signature.creator)
  const created = stringOf(signature.created)
  const value = stringOf(signature.signatureValue)
  if (creator === null || created === null || value === null) return null
  try {
    const expanded = await expand(unsigned)
    const claim: SignatureClaim = {
      keyId: creator,
      texts: [await signedText(optionsOf(signature), expanded)],
      hashes: ['sha256'],
      signature: Buffer.from(value, 'base64'),
    }
    return { claim, document: await compact(withoutProof(expanded), fullContext()) }
  } catch (error) {
    if (error instanceof UnreadableGraphError) return null
    throw error
  }
}

/** A proof is a graph of its own. It is signed like the rest, but says nothing that is read. */
function withoutProof(expanded: readonly object[]): object[] {
  return expanded.map((node) => {
    const { [PROOF]: _proof, ...rest } = node as Document
    return rest
  })
}

/** Everything that stands in the signature is signed, but what names and carries it. */
function optionsOf(signature: Document): Document {
  const { type: _type, id: _id, signatureValue: _value, '@context': _context, ...options } = signature
  return options
}

async function signedText(options: Document, expanded: object[]): Promise<string> {
  const about = await expand({ '@context': OPTIONS_CONTEXT, ...options })
  return (await graphHash(about)) + (await graphHash(expanded))
}

function withSecurityContext(document: Document): Document {
  const contexts = listOf(document['@context'], MAX_CONTEXTS)
  if (contexts.includes(SECURITY)) return document
  const names = contexts.filter((context) => typeof context === 'string')
  const terms = contexts.filter((context) => typeof context !== 'string')
  return { ...document, '@context': [...names, SECURITY, ...terms] }
}
