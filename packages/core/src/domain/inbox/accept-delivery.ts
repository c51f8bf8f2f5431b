import { DOMAIN_BLOCK_SEVERITIES, stored } from '@anancus/db'
import { type DoorFacts, doorFacts } from '@anancus/db/queries/inbox'
import { idOf, typesOf } from '../../activitypub/parse/values.ts'
import { parseDocument } from '../../activitypub/transport/json.ts'
import { publicKeyOf } from '../../activitypub/transport/keys.ts'
import {
  isSignedBy,
  type SignatureClaim,
  type SignedRequest,
  signatureClaim,
} from '../../activitypub/transport/verify.ts'
import type { Document } from '../../activitypub/vocabulary.ts'
import { processActivityJob } from '../../jobs/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { enqueue } from '../../kernel/enqueue.ts'
import {
  BadRequestError,
  ForbiddenError,
  NotFoundError,
  PayloadTooLargeError,
  UnauthenticatedError,
} from '../../kernel/errors.ts'
import { isRedisReady } from '../../kernel/redis.ts'
import { wasRefreshedLately } from '../accounts/index.ts'
import { domainAndParents, markHostAlive, normalDomain } from '../federation/index.ts'
import { MAX_ACTIVITY_BYTES } from './limits.ts'

/** Which inbox a request came to: an account's by id or name, else the shared one. */
export interface InboxAddress {
  ownerId?: string | undefined
  ownerName?: string | undefined
}

/** How a delivery was let in: its signature checked, to be checked by the worker, or a stranger's that means nothing. */
export type Taken = 'verified' | 'unverified' | 'farewell'

const SUSPEND = stored(DOMAIN_BLOCK_SEVERITIES, 'suspend')

/**
 * Takes an activity in at the door. What is refused is refused cheaply; a signature is checked at once when its key is
 * known, and by the worker otherwise, so that this process never waits for a stranger. Returning means 202.
 *
 * HOT PATH: inbox door. Two statements (facts, job), one Redis call besides the queue's.
 *
 * @throws PayloadTooLargeError 413, BadRequestError 400 not a JSON object, UnauthenticatedError 401 unsigned or wrongly
 *   signed, ForbiddenError 403 the server is refused, NotFoundError 404 nobody has this inbox
 * @see https://www.w3.org/TR/activitypub/#inbox
 */
export async function acceptDelivery(
  ctx: Ctx,
  request: SignedRequest,
  inbox: InboxAddress = {},
): Promise<Taken> {
  if (request.body.length > MAX_ACTIVITY_BYTES) throw new PayloadTooLargeError()
  const document = parseDocument(request.body)
  if (!document) throw new BadRequestError('The body is not a JSON object')
  const actor = idOf(document.actor) ?? ''
  const claim = claimOrNull(ctx, request)
  const facts = await factsFor(ctx, claim, actor, inbox)
  if (isFarewellOfStranger(document, actor, facts)) return 'farewell'
  const checked = claim instanceof Error ? throwIt(claim) : claim
  if (hasOwner(inbox) && facts.owner_id === null) throw new NotFoundError()
  if (isRefused(ctx, facts)) throw new ForbiddenError()
  const signerId = await signerFor(ctx, checked, facts, document, actor)
  await enqueue(ctx, processActivityJob, {
    body: request.body.toString('utf8'),
    signerId,
    request: signerId === null ? JSON.stringify({ ...request, body: undefined }) : null,
    inboxOwnerId: facts.owner_id,
    receivedAt: ctx.clock.now().toISOString(),
  })
  if (signerId === null) return 'unverified'
  await noteSignOfLife(ctx, checked, facts)
  return 'verified'
}

function throwIt(error: Error): never {
  throw error
}

/** The claim, or what is wrong with it: an unknown actor's farewell is waved through whatever its signature. */
function claimOrNull(ctx: Ctx, request: SignedRequest): SignatureClaim | Error {
  try {
    return signatureClaim(request, {
      ownHosts: ctx.config.ownHosts,
      scheme: new URL(ctx.config.baseUrl).protocol.slice(0, -1),
      now: ctx.clock.now(),
    })
  } catch (error) {
    if (error instanceof UnauthenticatedError || error instanceof BadRequestError) return error
    throw error
  }
}

function factsFor(
  ctx: Ctx,
  claim: SignatureClaim | Error,
  actor: string,
  inbox: InboxAddress,
): Promise<DoorFacts> {
  const keyId = claim instanceof Error ? '' : claim.keyId
  const host = normalDomain(URL.parse(keyId)?.host ?? '')
  return doorFacts(ctx.db, {
    keyId,
    domains: domainAndParents(host),
    host,
    actor,
    ownerId: inbox.ownerId ?? null,
    ownerName: inbox.ownerName ?? null,
  })
}

function hasOwner(inbox: InboxAddress): boolean {
  return inbox.ownerId !== undefined || inbox.ownerName !== undefined
}

/** When an account is deleted, its server tells everybody; most never met it, and its key is gone. */
function isFarewellOfStranger(document: Document, actor: string, facts: DoorFacts): boolean {
  const isAboutItself = actor !== '' && idOf(document.object) === actor
  const isFarewell = typesOf(document).some((type) => type === 'Delete' || type === 'Update')
  return isAboutItself && isFarewell && !facts.is_actor_known
}

function isRefused(ctx: Ctx, facts: DoorFacts): boolean {
  return ctx.config.env.LIMITED_FEDERATION_MODE ? !facts.is_allowed : facts.severity === SUSPEND
}

/**
 * The account that signed, or null when the worker has to find out: the key is unknown, or does not fit and may have
 * been changed.
 */
async function signerFor(
  ctx: Ctx,
  claim: SignatureClaim,
  facts: DoorFacts,
  document: Document,
  actor: string,
): Promise<string | null> {
  if (facts.signer_id === null || facts.signer_public_key === null) return null
  const key = publicKeyOf(facts.signer_public_key)
  if (key && isSignedBy(claim, key)) {
    // An activity that somebody else forwards must prove itself: it carries a signature or a proof of its own.
    const isForwarded = actor !== '' && actor !== facts.signer_uri
    if (isForwarded && document.signature === undefined && document.proof === undefined)
      throw new UnauthenticatedError('The signature is not of the actor')
    return facts.signer_id
  }
  if (await wasRefreshedLately(ctx, claim.keyId))
    throw new UnauthenticatedError(`Verification failed for ${claim.keyId}`)
  return null
}

/** Whoever can speak can listen: deliveries to its host go on. */
async function noteSignOfLife(ctx: Ctx, claim: SignatureClaim, facts: DoorFacts): Promise<void> {
  const host = URL.parse(claim.keyId)?.host
  if (host && isRedisReady(ctx.redis)) await markHostAlive(ctx, host, facts.is_unavailable)
}
