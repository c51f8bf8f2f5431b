import { createHash } from 'node:crypto'
import {
  type SignatureClaim,
  type SignedRequest,
  signatureClaim,
} from '../../activitypub/transport/verify.ts'
import type { Ctx } from '../../kernel/context.ts'
import { RemoteServerError, RequestError } from '../../kernel/errors.ts'
import { fetchBudget, knownKey, signerOfClaim } from '../accounts/index.ts'
import { isDomainBlocked } from '../federation/index.ts'
import { MAX_ACTIVITY_BYTES } from './limits.ts'
import { keyIdOf } from './record-arrival.ts'
import { refusalOf } from './refusal.ts'

const KEY_DEADLINE_MS = 5_000

/** What we saw of a signed request, for whoever writes the software that signs. */
export interface SignatureEcho {
  verified: boolean
  /** The code an inbox of ours would refuse it with; null when it is verified. */
  reason: string | null
  /** The same in words. */
  error: string | null
  /** How it is signed; null when it is not. */
  scheme: 'draft-cavage' | 'rfc9421' | null
  key_id: string | null
  /** The text that was compared first; null when the signature could not be read. */
  base_string: string | null
  /** Every text that was tried: servers differ about the query. */
  base_strings: string[]
  /** The key we used: that of the actor, as we know it now. */
  key: { owner: string; public_key_pem: string } | null
  /** What we computed the digest headers from. */
  body: { bytes: number; sha256: string }
  method: string
  target: string
  host: string | null
  date: string | null
  server_time: string
}

/**
 * Says what base string we saw in a signed request, which key we tried and whether it verified, or why not. The same
 * checks as those of the inboxes; a key we do not hold is fetched, within the limits for keys. Changes nothing else.
 */
export async function echoSignature(ctx: Ctx, request: SignedRequest): Promise<SignatureEcho> {
  const verdict = await verdictOn(ctx, request)
  const texts = textsOf(ctx, request)
  const keyId = keyIdOf(request) || null
  const key = keyId === null ? null : await knownKey(ctx, keyId)
  const { headers, body } = request
  return {
    ...verdict,
    scheme: schemeOf(headers),
    key_id: keyId,
    base_string: texts[0] ?? null,
    base_strings: [...texts],
    key: key && { owner: key.account.uri, public_key_pem: key.publicKey },
    body: { bytes: body.length, sha256: createHash('sha256').update(body).digest('base64') },
    method: request.method,
    target: request.target,
    host: headers.host ?? null,
    date: headers.date ?? null,
    server_time: ctx.clock.now().toUTCString(),
  }
}

type Verdict = Pick<SignatureEcho, 'verified' | 'reason' | 'error'>

const not = (reason: string, error: string): Verdict => ({ verified: false, reason, error })

async function verdictOn(ctx: Ctx, request: SignedRequest): Promise<Verdict> {
  if (request.body.length > MAX_ACTIVITY_BYTES) return not('body_too_large', 'Payload too large')
  try {
    const claim = signatureClaim(request, optionsOf(ctx))
    return await verdictOnClaim(ctx, claim)
  } catch (error) {
    if (error instanceof RemoteServerError)
      return not('key_not_fetched', `${error.host || 'the server of the key'}: ${error.reason}`)
    const refusal = refusalOf(error)
    if (refusal && error instanceof RequestError) return not(refusal.reason, error.message)
    throw error
  }
}

async function verdictOnClaim(ctx: Ctx, claim: SignatureClaim): Promise<Verdict> {
  const host = URL.parse(claim.keyId)?.host
  if (!host) return not('key_not_found', 'The key id is not an address')
  if (await isDomainBlocked(ctx, host)) return not('domain_blocked', 'This action is not allowed')
  const signer = await signerOfClaim(ctx, claim, {
    deadlineAt: Date.now() + KEY_DEADLINE_MS,
    budget: fetchBudget(),
  })
  if (signer) return { verified: true, reason: null, error: null }
  return (await knownKey(ctx, claim.keyId))
    ? not('signature_does_not_verify', `Verification failed for ${claim.keyId}`)
    : not('key_not_found', `Public key not found for key ${claim.keyId}`)
}

function optionsOf(ctx: Ctx) {
  const scheme = new URL(ctx.config.baseUrl).protocol.slice(0, -1)
  return { ownHosts: ctx.config.ownHosts, scheme, now: ctx.clock.now() }
}

/** The texts, even of a request that is refused for its host, time or digest; none when they cannot be made. */
function textsOf(ctx: Ctx, request: SignedRequest): readonly string[] {
  try {
    return signatureClaim(request, { ...optionsOf(ctx), isDiagnosis: true }).texts
  } catch {
    return [] // unreadable, which the verdict says
  }
}

function schemeOf(headers: SignedRequest['headers']): SignatureEcho['scheme'] {
  if (headers['signature-input'] !== undefined) return 'rfc9421'
  return headers.signature === undefined ? null : 'draft-cavage'
}
