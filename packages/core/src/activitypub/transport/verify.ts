import { type KeyObject, verify as verifyBytes } from 'node:crypto'
import { UnauthenticatedError } from '../../kernel/errors.ts'
import { claimOfCavage } from './verify-cavage.ts'
import { claimOfRfc9421 } from './verify-rfc9421.ts'

/** A request as it arrived: enough to verify it now or in another process. */
export interface SignedRequest {
  method: string
  /** Path and query as on the request line. */
  target: string
  /** Lower-case names; repeated ones joined by a comma. */
  headers: Record<string, string>
  /** Empty without a body. */
  body: Buffer
}

export interface VerifyOptions {
  /** Hosts that mean us. */
  ownHosts: ReadonlySet<string>
  /** Scheme of our addresses. */
  scheme: string
  now: Date
  /**
   * Leaves out what does not matter to the signed text (host, time, digest): to tell a developer what we saw. Such a
   * claim proves nothing.
   */
  isDiagnosis?: boolean
}

/** What a signature claims. Everything that needs no key has been checked. */
export interface SignatureClaim {
  keyId: string
  /** The texts it may have signed: servers differ about the query. */
  texts: readonly string[]
  /** Digests that the algorithm allows, likeliest first. */
  hashes: readonly ('sha256' | 'sha512')[]
  signature: Buffer
}

/**
 * Reads and checks a signature as far as that goes without its key: form, covered parts, host, time, digest.
 *
 * @throws UnauthenticatedError 401 with the reason, BadRequestError 400 for a digest that cannot be read
 */
export function signatureClaim(request: SignedRequest, options: VerifyOptions): SignatureClaim {
  if (request.headers['signature-input'] !== undefined) return claimOfRfc9421(request, options)
  if (request.headers.signature === undefined) throw new UnauthenticatedError('Request not signed')
  return claimOfCavage(request, options)
}

/** Whether the claim was signed by the owner of `key`. */
export function isSignedBy(claim: SignatureClaim, key: KeyObject): boolean {
  return claim.texts.some((text) =>
    claim.hashes.some((hash) => verifyBytes(hash, Buffer.from(text), key, claim.signature)),
  )
}
