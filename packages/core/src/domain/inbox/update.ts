import type { AccountRow } from '@anancus/db'
import { statusByUriWithDeleted } from '@anancus/db/queries/remote-statuses'
import { publicKeysOf } from '@anancus/db/queries/keys'
import { isActor, parseActor } from '../../activitypub/parse/actor.ts'
import { isFeaturedCollection, parseFeaturedCollection } from '../../activitypub/parse/featured-collection.ts'
import { isStatus } from '../../activitypub/parse/note.ts'
import { idOf, isDocument, isSameOrigin } from '../../activitypub/parse/values.ts'
import type { Document } from '../../activitypub/vocabulary.ts'
import type { Ctx } from '../../kernel/context.ts'
import { resolveAccountByUri, storePushedProfile } from '../accounts/index.ts'
import { storeRemoteCollection } from '../collections/index.ts'
import { updateRemoteStatus } from '../statuses/index.ts'
import { draftOf, fetchOwn, receiveStatus } from './create.ts'
import type { Arrival, InboxHandler, VerifiedActivity } from './handler.ts'
import { UNKNOWN_EDIT_MS } from './limits.ts'
import { ignored, type Outcome, processed, rejected } from './outcome.ts'

/**
 * Somebody changed a status, a collection of accounts or their profile.
 *
 * @see https://www.w3.org/TR/activitypub/#update-activity-inbox
 */
export const receiveUpdate: InboxHandler = async (ctx, activity, actor, arrival) => {
  const id = idOf(activity.object)
  if (id === null || !isSameOrigin(id, actor.uri)) return rejected('the object is of another house')
  const document = isDocument(activity.object) ? activity.object : await fetchOwn(ctx, id, actor, arrival)
  if (document === null) return ignored('the object is not there')
  if (isActor(document)) return updateProfile(ctx, actor, document, arrival)
  if (isFeaturedCollection(document)) return updateCollection(ctx, actor, document)
  if (isStatus(document)) return updateStatus(ctx, activity, actor, document, arrival)
  return ignored('neither a status nor a collection nor a profile')
}

/** A collection is stored again, also one we do not know yet. */
async function updateCollection(ctx: Ctx, actor: AccountRow, document: Document): Promise<Outcome> {
  const draft = parseFeaturedCollection(document)
  const stored = draft && (await storeRemoteCollection(ctx, actor, draft))
  return stored ? processed() : rejected('the collection is somebody else’s, or one too many')
}

/** A profile is its owner's to push, but for its keys: when they differ, its server is asked. */
async function updateProfile(
  ctx: Ctx,
  actor: AccountRow,
  document: Document,
  arrival: Arrival,
): Promise<Outcome> {
  const draft = parseActor(document)
  if (!draft || draft.uri !== actor.uri) return rejected('the profile is of somebody else')
  const known = await publicKeysOf(ctx.db, actor.id)
  const isSameKeys = draft.keys.every(
    (key) => key.publicKeyPem !== null && known.has(key.publicKeyPem.trim()),
  )
  if (isSameKeys) await storePushedProfile(ctx, actor, draft)
  else await resolveAccountByUri(ctx, actor.uri, { fresh: true, isVouchedFor: true, budget: arrival.budget })
  return processed()
}

async function updateStatus(
  ctx: Ctx,
  activity: VerifiedActivity,
  actor: AccountRow,
  document: Document,
  arrival: Arrival,
): Promise<Outcome> {
  const draft = draftOf(ctx, activity, actor, document)
  if (!draft) return rejected('the status is not by the actor')
  const known = await statusByUriWithDeleted(ctx.db, draft.uri)
  if (known?.deleted_at) return ignored('deleted')
  if (known) {
    if (known.account_id !== actor.id) return rejected('the status is by somebody else')
    const result = await updateRemoteStatus(ctx, actor, known, draft, { budget: arrival.budget })
    return result === 'ignored' ? ignored('older than what we know') : processed()
  }
  const age = ctx.clock.now().getTime() - (draft.publishedAt?.getTime() ?? 0)
  if (age > UNKNOWN_EDIT_MS || actor.suspended_at !== null) return ignored('unknown and old')
  return receiveStatus(ctx, actor, draft, arrival)
}
