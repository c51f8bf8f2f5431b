import type { AccountRow } from '@anancus/db'
import { parseFeaturedCollection, parseFeaturedItem } from '../../activitypub/parse/featured-collection.ts'
import { httpUri, idOf, isDocument, isSameOrigin, typesOf } from '../../activitypub/parse/values.ts'
import type { Ctx } from '../../kernel/context.ts'
import { featureRemoteTag, unfeatureRemoteTag } from '../accounts/index.ts'
import {
  addListedItem,
  collectionOf,
  removeListedItem,
  removeRemoteCollection,
  storeRemoteCollection,
} from '../collections/index.ts'
import { pinRemoteStatus, unpinRemoteStatus } from '../statuses/index.ts'
import { receiveIntoConversation } from './conversation.ts'
import { fetchOwn } from './create.ts'
import type { Arrival, InboxHandler, VerifiedActivity } from './handler.ts'
import { ignored, type Outcome, processed, rejected } from './outcome.ts'

/**
 * Somebody puts something onto their profile: a status or a hashtag, told apart by the object, or a collection of
 * accounts; or an account into such a collection. Only what is theirs. Mastodon sends these without id and audience.
 * Others tell a conversation on this way.
 *
 * @see https://www.w3.org/TR/activitypub/#add-activity-inbox
 */
export const receiveAdd: InboxHandler = async (ctx, activity, actor, arrival) => {
  const target = idOf(activity.document.target)
  if (target === null) return ignored('nothing is added to')
  if (target === actor.featured_collection_url) return addFeatured(ctx, activity, actor, arrival)
  if (target === actor.collections_url) return addCollection(ctx, activity, actor, arrival)
  const collection = await collectionOf(ctx, actor, target)
  if (!collection) return receiveIntoConversation(ctx, activity, actor, arrival)
  const item = parseFeaturedItem(activity.object)
  if (!item || !isSameOrigin(item.uri, actor.uri)) return rejected('the item is of another house')
  await addListedItem(ctx, collection, item)
  return processed()
}

/**
 * Somebody takes off their profile, or out of a collection of theirs, what they put there.
 *
 * @see https://www.w3.org/TR/activitypub/#remove-activity-inbox
 */
export const receiveRemove: InboxHandler = async (ctx, activity, actor) => {
  const target = idOf(activity.document.target)
  const object = idOf(activity.object)
  if (target === null) return ignored('nothing is removed from')
  const name = tagNameOf(activity)
  if (target === actor.featured_collection_url && name !== null)
    return done(await unfeatureRemoteTag(ctx, actor, name), 'not featured')
  if (object === null) return ignored('nothing is removed')
  if (target === actor.featured_collection_url)
    return done(await unpinRemoteStatus(ctx, actor, object), 'not pinned')
  if (target === actor.collections_url)
    return done(
      await removeRemoteCollection(ctx, actor, object),
      'not a collection of the actor that we know',
    )
  const collection = await collectionOf(ctx, actor, target)
  if (!collection) return ignored('not a collection of the actor that we know')
  return done(await removeListedItem(ctx, collection, object), 'not in the collection')
}

function done(wasThere: boolean, otherwise: string): Outcome {
  return wasThere ? processed() : ignored(otherwise)
}

async function addFeatured(
  ctx: Ctx,
  activity: VerifiedActivity,
  actor: AccountRow,
  arrival: Arrival,
): Promise<Outcome> {
  const name = tagNameOf(activity)
  if (name !== null) return done(await featureRemoteTag(ctx, actor, name), 'not a hashtag, or one too many')
  const uri = httpUri(activity.object)
  if (uri === null || !isSameOrigin(uri, actor.uri)) return rejected('the status is of another house')
  const isPinned = await pinRemoteStatus(ctx, actor, uri, { budget: arrival.budget })
  return done(isPinned, 'not a status of the actor, or one too many')
}

async function addCollection(
  ctx: Ctx,
  activity: VerifiedActivity,
  actor: AccountRow,
  arrival: Arrival,
): Promise<Outcome> {
  const uri = httpUri(activity.object)
  if (uri === null || !isSameOrigin(uri, actor.uri)) return rejected('the collection is of another house')
  const document = isDocument(activity.object) ? activity.object : await fetchOwn(ctx, uri, actor, arrival)
  const draft = document && parseFeaturedCollection(document)
  if (!draft) return ignored('not a collection of accounts')
  const stored = await storeRemoteCollection(ctx, actor, draft)
  return stored ? processed() : rejected('the collection is somebody else’s, or one too many')
}

/** The name of a hashtag object, without `#`. */
function tagNameOf({ object }: VerifiedActivity): string | null {
  if (!isDocument(object) || !typesOf(object).includes('Hashtag')) return null
  return typeof object.name === 'string' ? object.name.replace(/^#/, '') : null
}
