import type { AccountRow } from '@anancus/db'
import { type ActivityDraft, parseActivity } from '../../activitypub/parse/activity.ts'
import { httpUri, idOf, isSameOrigin } from '../../activitypub/parse/values.ts'
import { linkedDataClaim } from '../../activitypub/signatures/linked-data.ts'
import { proofClaim } from '../../activitypub/signatures/object-proof.ts'
import { fetchObject } from '../../activitypub/transport/fetch.ts'
import type { Document } from '../../activitypub/vocabulary.ts'
import type { Ctx } from '../../kernel/context.ts'
import {
  type FetchBudget,
  isOwnUri,
  ownerOfFittingKey,
  resolveAccountByUri,
  signerOfClaim,
  spend,
} from '../accounts/index.ts'

/** What is passed on in public; other acts are between two servers, and an old one must not be shown us again. */
const PASSED_ON = new Set(['Announce', 'Create', 'Delete', 'Undo', 'Update'])
/** What is true whoever says it, once the object's own server confirms it. */
const CONFIRMED_BY_OBJECT = new Set(['Create', 'Update'])

export interface AuthenticActivity {
  activity: ActivityDraft
  actor: AccountRow
}

/**
 * An activity that came from somebody else than its actor, such as a relay or whoever was replied to. It counts when its
 * actor's signature or proof is in it, and then as that signature has it; otherwise what it is about is fetched from
 * its own server, whose word counts instead.
 *
 * @returns null when neither says that it is true
 * @throws RemoteServerError a key or the object could not be fetched now
 */
export async function forwardedActivity(
  ctx: Ctx,
  sent: ActivityDraft,
  budget: FetchBudget,
): Promise<AuthenticActivity | null> {
  const { actor } = sent
  if (actor === null || httpUri(actor) === null || isOwnUri(ctx, actor) || !PASSED_ON.has(sent.type))
    return null
  // Anybody may keep an old profile; its server knows the new one.
  if (idOf(sent.object) === actor && sent.type === 'Update') return null
  return (await proven(ctx, sent.document, actor, budget)) ?? confirmed(ctx, sent, actor, budget)
}

async function proven(
  ctx: Ctx,
  document: Document,
  actorUri: string,
  budget: FetchBudget,
): Promise<AuthenticActivity | null> {
  const proof = proofClaim(document)
  const prover = proof && (await ownerOfFittingKey(ctx, proof.keyId, proof.isBy, { budget }))
  if (prover) return authentic(prover, document, actorUri)
  const signed = document.signature === undefined ? null : await linkedDataClaim(document)
  const signer = signed && (await signerOfClaim(ctx, signed.claim, { budget }))
  return signer ? authentic(signer, signed.document, actorUri) : null
}

/** A key speaks for its own actor only, and only for the type the door saw as well. */
function authentic(actor: AccountRow, document: Document, actorUri: string): AuthenticActivity | null {
  const activity = parseActivity(document)
  const isItsOwn = activity !== null && activity.actor === actor.uri && actor.uri === actorUri
  return isItsOwn && PASSED_ON.has(activity.type) ? { activity, actor } : null
}

async function confirmed(
  ctx: Ctx,
  sent: ActivityDraft,
  actorUri: string,
  budget: FetchBudget,
): Promise<AuthenticActivity | null> {
  const id = idOf(sent.object)
  const isAskable = CONFIRMED_BY_OBJECT.has(sent.type) && id !== null && isSameOrigin(id, actorUri)
  if (!isAskable || !spend(budget)) return null
  const object = await fetchObject(ctx, id)
  const actor = object && (await resolveAccountByUri(ctx, actorUri, { budget }))
  if (!actor) return null
  const document: Document = {
    '@context': sent.document['@context'],
    type: sent.type,
    actor: actorUri,
    object,
  }
  return { activity: { id: null, type: sent.type, actor: actorUri, object, document }, actor }
}
