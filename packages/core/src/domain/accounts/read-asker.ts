import type { AccountRow } from '@anancus/db'
import { type SignedRequest, signatureClaim } from '../../activitypub/transport/verify.ts'
import type { Ctx } from '../../kernel/context.ts'
import {
  BadRequestError,
  ForbiddenError,
  RemoteServerError,
  UnauthenticatedError,
  UnavailableError,
} from '../../kernel/errors.ts'
import { isDomainBlocked } from '../federation/index.ts'
import { fetchBudget } from './fetch-budget.ts'
import { knownKey } from './resolve-key.ts'
import { signerOfClaim } from './signer-of.ts'

const KEY_DEADLINE_MS = 5_000
const RETRY_AFTER_SECONDS = 30

/**
 * Who asks for a document, by the signature of the request. In secure mode everybody must say; otherwise a request
 * without a signature, or with one that does not hold, is anybody's.
 *
 * @param options.mustSign asks for a signature whatever the mode
 * @throws UnauthenticatedError 401 secure mode, and not or wrongly signed
 * @throws ForbiddenError 403 the signer's server is refused, or the signer is suspended
 * @throws UnavailableError 503 secure mode, and the key could not be fetched now
 */
export async function readAsker(
  ctx: Ctx,
  request: SignedRequest,
  options: { mustSign?: boolean } = {},
): Promise<AccountRow | null> {
  const mustSign = ctx.config.secureMode || (options.mustSign ?? false)
  const isSigned = request.headers.signature !== undefined || request.headers['signature-input'] !== undefined
  if (!isSigned && !mustSign) return null
  try {
    return await asker(ctx, request, mustSign)
  } catch (error) {
    const isWrong = error instanceof UnauthenticatedError || error instanceof BadRequestError
    if (isWrong && !mustSign) return null
    throw error
  }
}

async function asker(ctx: Ctx, request: SignedRequest, mustSign: boolean): Promise<AccountRow | null> {
  const claim = signatureClaim(request, {
    ownHosts: ctx.config.ownHosts,
    scheme: new URL(ctx.config.baseUrl).protocol.slice(0, -1),
    now: ctx.clock.now(),
  })
  const host = URL.parse(claim.keyId)?.host
  if (!host) throw new UnauthenticatedError(`Public key not found for key ${claim.keyId.slice(0, 200)}`)
  if (await isDomainBlocked(ctx, host)) throw new ForbiddenError()
  // Where anybody may read, a stranger learns nothing by being known: its server is not asked.
  if (!mustSign && (await knownKey(ctx, claim.keyId)) === null) return null
  const account = await signer(ctx, claim, mustSign)
  if (!account) throw new UnauthenticatedError(`Verification failed for ${claim.keyId.slice(0, 200)}`)
  if (account.suspended_at !== null || (await isDomainBlocked(ctx, account.domain ?? '')))
    throw new ForbiddenError()
  return account
}

async function signer(
  ctx: Ctx,
  claim: ReturnType<typeof signatureClaim>,
  mustSign: boolean,
): Promise<AccountRow | null> {
  try {
    return await signerOfClaim(ctx, claim, {
      deadlineAt: Date.now() + KEY_DEADLINE_MS,
      budget: fetchBudget(),
    })
  } catch (error) {
    if (!(error instanceof RemoteServerError)) throw error
    if (!mustSign) return null
    throw new UnavailableError(undefined, { cause: error, retryAfterSeconds: RETRY_AFTER_SECONDS })
  }
}
