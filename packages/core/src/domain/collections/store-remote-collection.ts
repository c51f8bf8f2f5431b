import {
  type AccountRow,
  COLLECTION_ITEM_STATES,
  type CollectionItemRow,
  type CollectionRow,
  named,
} from '@anancus/db'
import {
  deleteUnlistedItems,
  type ListedItem,
  nameListedItem,
  upsertListedItems,
} from '@anancus/db/queries/collection-items'
import { collectionByUri, countCollectionsOf, upsertRemoteCollection } from '@anancus/db/queries/collections'
import type {
  FeaturedCollectionDraft,
  FeaturedItemDraft,
} from '../../activitypub/parse/featured-collection.ts'
import { isSameOrigin } from '../../activitypub/parse/values.ts'
import { verifyCollectionItemJob } from '../../jobs/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { enqueue } from '../../kernel/enqueue.ts'
import { transaction } from '../../kernel/transaction.ts'
import { isOwnUri, localAccountByUri } from '../accounts/index.ts'
import { useTags } from '../tags/index.ts'
import { notifyUpdated } from './edit-collection.ts'
import { MAX_REMOTE_COLLECTIONS, MAX_REMOTE_ITEMS } from './limits.ts'

/**
 * Stores a collection of a remote account, or what is new about it. It and its places are of its owner's house; who is
 * in it shows once they are found to agree (`collections.verify_item`). What is older than what we know is ignored.
 *
 * @returns null when it is not the owner's, or one too many
 */
export async function storeRemoteCollection(
  ctx: Ctx,
  owner: AccountRow,
  draft: FeaturedCollectionDraft,
): Promise<CollectionRow | null> {
  if (owner.domain === null || draft.ownerUri !== owner.uri || !isSameOrigin(draft.uri, owner.uri))
    return null
  const [tag] = draft.topic === null ? [] : await useTags(ctx, [draft.topic])
  return transaction(ctx, async (tx) => {
    const known = await collectionByUri(tx.db, draft.uri)
    if (known && draft.updatedAt !== null && draft.updatedAt < known.updated_at) return known
    if (!known && (await countCollectionsOf(tx.db, owner.id)) >= MAX_REMOTE_COLLECTIONS) return null
    const now = tx.clock.now()
    const collection = await upsertRemoteCollection(tx.db, owner.id, {
      uri: draft.uri,
      url: draft.url,
      name: draft.name,
      descriptionHtml: draft.description,
      language: draft.language,
      sensitive: draft.sensitive,
      discoverable: draft.discoverable,
      tagId: tag?.id ?? null,
      numberOfItems: draft.totalItems,
      publishedAt: earlier(draft.publishedAt, now),
      updatedAt: earlier(draft.updatedAt, now),
    })
    if (!collection) return null
    if (isNews(draft, known))
      await deleteUnlistedItems(
        tx.db,
        collection.id,
        draft.items.map((item) => item.uri),
      )
    for (const [index, item] of draft.items.entries()) await listItem(tx, collection, item, index + 1)
    if (known)
      await notifyUpdated(
        tx,
        { ...known, description: known.description_html },
        { name: collection.name, description: collection.description_html },
      )
    return collection
  })
}

/**
 * Whether a document may take somebody out by saying nothing of them. One of the same date as what we know may be from
 * before they came in, and late: the Add of a collection, after the Add of its first item.
 */
function isNews(draft: FeaturedCollectionDraft, known: CollectionRow | null): boolean {
  return !known || draft.updatedAt === null || draft.updatedAt > known.updated_at
}

/** A time that another server claims, never one that is still to come. */
function earlier(claimed: Date | null, now: Date): Date {
  return claimed !== null && claimed < now ? claimed : now
}

/**
 * Stores one place of a remote collection. One of ours shows when it agreed before; anybody else after their own server
 * was asked. A place told by its address alone is fetched first.
 */
export async function listItem(
  tx: Ctx,
  collection: CollectionRow,
  draft: FeaturedItemDraft,
  position: number,
): Promise<void> {
  const { uri, objectUri, approvalUri } = draft
  if (position > MAX_REMOTE_ITEMS || collection.uri === null || !isSameOrigin(uri, collection.uri)) return
  const job = { collectionId: collection.id, itemUri: uri, approvalUri, position }
  if (objectUri === null) return enqueue(tx, verifyCollectionItemJob, job)
  const listed: ListedItem = {
    uri,
    objectUri,
    position,
    publishedAt: earlier(draft.publishedAt, tx.clock.now()),
  }
  if (isOwnUri(tx, objectUri)) return nameOwn(tx, collection, listed)
  if (approvalUri === null || !isSameOrigin(approvalUri, objectUri)) return
  const [item] = await upsertListedItems(tx.db, collection.id, [listed])
  if (item && !isSettled(item, approvalUri)) await enqueue(tx, verifyCollectionItemJob, job)
}

async function nameOwn(tx: Ctx, collection: CollectionRow, listed: ListedItem): Promise<void> {
  const account = await localAccountByUri(tx, listed.objectUri)
  if (account) await nameListedItem(tx.db, collection.id, account.id, listed)
}

function isSettled(item: CollectionItemRow, approvalUri: string): boolean {
  return named(COLLECTION_ITEM_STATES, item.state) === 'accepted' && item.approval_uri === approvalUri
}
