import type { AccountRow } from '@anancus/db'
import { publicKeyOf } from '../../activitypub/transport/keys.ts'
import { isSignedBy, type SignatureClaim } from '../../activitypub/transport/verify.ts'
import type { Ctx } from '../../kernel/context.ts'
import { RemoteServerError } from '../../kernel/errors.ts'
import { KEY_FETCH_WINDOW_SECONDS, mayFetchKey, noteRefresh, wasRefreshedLately } from './key-memory.ts'
import { knownKey, type ResolvedKey, resolveKey } from './resolve-key.ts'
import type { ResolveOptions } from './resolve-options.ts'

/**
 * The account whose key made a signature: by the key we hold, else by the one its server shows now. A key that does
 * not fit is fetched anew once; how often anybody is asked is limited, whatever comes in.
 *
 * @returns null when nobody's key fits, as far as its server said within the last minutes
 * @throws RemoteServerError the key could not be fetched now, and may be later
 */
export function signerOfClaim(
  ctx: Ctx,
  claim: SignatureClaim,
  options: ResolveOptions = {},
): Promise<AccountRow | null> {
  return ownerOfFittingKey(ctx, claim.keyId, (publicKey) => fits(claim, publicKey), options)
}

/**
 * As `signerOfClaim`, for signatures of any kind.
 *
 * @param isFitting whether a public key (PEM) fits
 */
export async function ownerOfFittingKey(
  ctx: Ctx,
  keyId: string,
  isFitting: (publicKey: string) => boolean,
  options: ResolveOptions = {},
): Promise<AccountRow | null> {
  const known = await knownKey(ctx, keyId)
  if (known && isFitting(known.publicKey)) return known.account
  if (await wasRefreshedLately(ctx, keyId)) return null
  if (!(await mayFetchKey(ctx, keyId))) throw askedTooOften(keyId)
  const fetched = await fetchKey(ctx, keyId, options)
  const fitting = fetched !== null && isFitting(fetched.publicKey) ? fetched : null
  // A key seen for the first time may be changed a moment later; what was looked up again is settled for a while.
  if (known || !fitting) await noteRefresh(ctx, keyId)
  return fitting?.account ?? null
}

/** Every time its server did not answer: that says nothing about the signature, so it is for later. */
function askedTooOften(keyId: string): RemoteServerError {
  return new RemoteServerError(URL.parse(keyId)?.host ?? '', 'its key was asked for too often', {
    retryable: true,
    retryAfterSeconds: KEY_FETCH_WINDOW_SECONDS,
  })
}

async function fetchKey(ctx: Ctx, keyId: string, options: ResolveOptions): Promise<ResolvedKey | null> {
  try {
    return await resolveKey(ctx, keyId, { ...options, fresh: true })
  } catch (error) {
    if (error instanceof RemoteServerError && !error.retryable) return null
    throw error // later it may be there
  }
}

function fits(claim: SignatureClaim, publicKey: string): boolean {
  const key = publicKeyOf(publicKey)
  return key !== null && isSignedBy(claim, key)
}
