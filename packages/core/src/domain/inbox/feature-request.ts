import { idOf } from '../../activitypub/parse/values.ts'
import { isDocument, isSameOrigin } from '../../activitypub/parse/values.ts'
import { localAccountByUri } from '../accounts/index.ts'
import {
  acceptFeatureRequest,
  answerFeatureRequest,
  collectionOf,
  rejectFeatureRequest,
  resolveCollection,
} from '../collections/index.ts'
import type { AccountRow } from '@anancus/db'
import type { Ctx } from '../../kernel/context.ts'
import type { InboxHandler, VerifiedActivity } from './handler.ts'
import { ignored, type Outcome, processed, rejected } from './outcome.ts'

/**
 * Somebody wants to put an account of ours into a collection of theirs. It names no actor: whoever signed it asks.
 *
 * @see https://codeberg.org/fediverse/fep/src/branch/main/fep/7aa9
 */
export const receiveFeatureRequest: InboxHandler = async (ctx, activity, actor, arrival) => {
  const { id } = activity
  const [object, instrument] = [idOf(activity.object), idOf(activity.document.instrument)]
  if (id === null || instrument === null) return rejected('a request without an id or a collection')
  const featured = object === null ? null : await localAccountByUri(ctx, object)
  if (!featured) return ignored('the object is not one of ours')
  if (!isSameOrigin(instrument, actor.uri)) return rejected('the collection is of another house')
  const collection =
    (await collectionOf(ctx, actor, instrument)) ??
    (await resolveCollection(ctx, instrument, { budget: arrival.budget }))
  if (collection?.account_id !== actor.id) return rejected('the collection is not the actor’s')
  await answerFeatureRequest(ctx, actor, { uri: id, collection, featured })
  return processed()
}

/**
 * Somebody answers whether they want to be in a collection of ours. Told by the id of the request, which only we know.
 *
 * @returns null when it answers something else
 */
export async function receiveFeatureAnswer(
  ctx: Ctx,
  activity: VerifiedActivity,
  actor: AccountRow,
): Promise<Outcome | null> {
  const requestUri = idOf(activity.object)
  if (requestUri === null) return null
  if (activity.type === 'Reject')
    return (await rejectFeatureRequest(ctx, actor, requestUri)) ? processed() : null
  const result = activity.document.result
  const approvalUri = idOf(isDocument(result) ? result.id : result)
  if (approvalUri === null || !isSameOrigin(approvalUri, actor.uri)) return null
  return (await acceptFeatureRequest(ctx, actor, { requestUri, approvalUri })) ? processed() : null
}
