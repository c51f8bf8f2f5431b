import type { AccountRow, CollectionRow } from '@anancus/db'
import { collectionItemByUri, deleteCollectionItems } from '@anancus/db/queries/collection-items'
import { collectionByUri, deleteCollection } from '@anancus/db/queries/collections'
import type { FeaturedItemDraft } from '../../activitypub/parse/featured-collection.ts'
import type { Ctx } from '../../kernel/context.ts'
import { transaction } from '../../kernel/transaction.ts'
import { listItem } from './store-remote-collection.ts'

/** Finds a collection of a remote account by its id; somebody else's is none. */
export async function collectionOf(ctx: Ctx, owner: AccountRow, uri: string): Promise<CollectionRow | null> {
  const collection = await collectionByUri(ctx.db, uri)
  return collection?.account_id === owner.id ? collection : null
}

/** A remote account put somebody into a collection of its own. */
export async function addListedItem(
  ctx: Ctx,
  collection: CollectionRow,
  item: FeaturedItemDraft,
): Promise<void> {
  await transaction(ctx, (tx) => listItem(tx, collection, item, collection.item_count + 1))
}

/** A remote account took somebody out of a collection of its own. False: nobody we know. */
export async function removeListedItem(
  ctx: Ctx,
  collection: CollectionRow,
  itemUri: string,
): Promise<boolean> {
  const item = await collectionItemByUri(ctx.db, collection.id, itemUri)
  return item !== null && (await deleteCollectionItems(ctx.db, [item.id])) > 0
}

/** A remote account took a collection off its profile. False: none we know. */
export async function removeRemoteCollection(ctx: Ctx, owner: AccountRow, uri: string): Promise<boolean> {
  const collection = await collectionOf(ctx, owner, uri)
  return collection !== null && deleteCollection(ctx.db, collection.id)
}
