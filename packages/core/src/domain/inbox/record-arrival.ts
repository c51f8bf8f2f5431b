import { idOf, typesOf } from '../../activitypub/parse/values.ts'
import { parseDocument } from '../../activitypub/transport/json.ts'
import type { SignedRequest } from '../../activitypub/transport/verify.ts'
import type { Document } from '../../activitypub/vocabulary.ts'
import type { Ctx } from '../../kernel/context.ts'
import { RequestError } from '../../kernel/errors.ts'
import { type Check, checksUntil, normalDomain, recordEvent } from '../federation/index.ts'
import { acceptDelivery as letIn, type InboxAddress, type Taken } from './accept-delivery.ts'
import { noteFollowersDigest } from './followers-digest.ts'
import { DOOR_CHECKS, refusalOf } from './refusal.ts'

/** What is larger is not read a second time for the recorder. */
const MAX_READ_BYTES = 64 * 1024
/** In both kinds of signatures. */
const KEY_ID = /keyid\s*=\s*"([^"]{1,2000})"/i

/**
 * Takes an activity in at the door, and puts into the flight recorder what became of it there.
 *
 * @throws RequestError as `acceptDelivery` does
 */
export async function acceptDelivery(
  ctx: Ctx,
  request: SignedRequest,
  inbox: InboxAddress = {},
): Promise<void> {
  try {
    const taken = await letIn(ctx, request, inbox)
    if (taken === 'verified') await noteFollowersDigest(ctx, request)
    await record(ctx, request, { outcome: 'taken', answer: 202, checks: checksOf(taken) })
  } catch (error) {
    const refusal = refusalOf(error)
    if (refusal && error instanceof RequestError) {
      const checks = checksUntil(DOOR_CHECKS, { ...refusal, detail: error.message })
      await record(ctx, request, { outcome: 'refused', answer: error.status, checks })
    }
    throw error
  }
}

/** What the door left to the worker, or saw no need to ask, is not said to have passed. */
function checksOf(taken: Taken): Check[] {
  if (taken === 'farewell') return checksUntil(['size', 'json'])
  return checksUntil(DOOR_CHECKS.filter((check) => taken === 'verified' || !NEED_KEY.has(check)))
}

const NEED_KEY = new Set<string>(['signature', 'signer'])

async function record(
  ctx: Ctx,
  request: SignedRequest,
  end: { outcome: 'taken' | 'refused'; answer: number; checks: readonly Check[] },
): Promise<void> {
  const document = request.body.length > MAX_READ_BYTES ? null : parseDocument(request.body)
  await recordEvent(ctx, {
    direction: 'in',
    host: normalDomain(URL.parse(keyIdOf(request))?.host ?? ''),
    ...namesOf(document),
    inbox: request.target.slice(0, 500),
    ...end,
    retry: null,
    replay: null,
  })
}

/** What names an activity in the recorder. */
export function namesOf(document: Document | null): {
  activity: string | null
  type: string | null
  actor: string | null
} {
  if (!document) return { activity: null, type: null, actor: null }
  return {
    activity: idOf(document.id),
    type: typesOf(document)[0] ?? null,
    actor: idOf(document.actor),
  }
}

/** The key id that a request names, proven or not; empty when there is none. */
export function keyIdOf(request: Pick<SignedRequest, 'headers'>): string {
  const { headers } = request
  return KEY_ID.exec(headers['signature-input'] ?? headers.signature ?? '')?.[1] ?? ''
}
