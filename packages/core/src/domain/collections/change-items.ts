import type { AccountRow, CollectionItemRow } from '@anancus/db'
import {
  collectionItemById,
  collectionItemOf,
  countOpenItems,
  deleteCollectionItems,
  insertCollectionItems,
} from '@anancus/db/queries/collection-items'
import { lockName } from '@anancus/db/queries/status-writes'
import { addItemJson, removeItemJson } from '../../activitypub/render/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { InvariantError, NotFoundError, ValidationError } from '../../kernel/errors.ts'
import { transaction } from '../../kernel/transaction.ts'
import { isLocal } from '../../kernel/uris.ts'
import type { Viewer } from '../../kernel/viewer.ts'
import { featurableAccounts, newItem, tellMembers } from './ask-members.ts'
import { MAX_ITEMS } from './limits.ts'
import { collectionReach, itemIn, loadCollection, tellReach } from './reach.ts'
import { sendActivity } from '../federation/index.ts'
import { getOwnCollection } from './reads.ts'

/**
 * Adds an account at the end of a collection: one of ours is in at once and told, a remote one is asked.
 *
 * @throws NotFoundError collection or account missing
 * @throws ForbiddenError somebody else's collection, or the account may not be featured
 * @throws ValidationError it has a place there already, or the collection is full
 * @see https://docs.joinmastodon.org/methods/collections/#add-item
 */
export async function addCollectionItem(
  ctx: Ctx,
  viewer: Viewer,
  collectionId: string,
  accountId: string,
): Promise<CollectionItemRow> {
  const owner = viewer.account
  await getOwnCollection(ctx, viewer, collectionId)
  const [account] = await featurableAccounts(ctx, owner, [accountId])
  if (!account) throw new NotFoundError()
  return transaction(ctx, async (tx) => {
    await lockName(tx.db, `collection:${collectionId}`)
    await refuseItem(tx, collectionId, account)
    const items = await insertCollectionItems(tx.db, collectionId, [newItem(tx, owner, account)])
    const [item] = items
    if (!item) throw ValidationError.failed('Account has already been taken')
    const loaded = await loadCollection(tx, collectionId)
    const facts = loaded && itemIn(loaded.facts, item.id)
    if (!loaded || !facts) throw new InvariantError('A place in a collection was not stored')
    if (isLocal(account)) await tellReach(tx, loaded.facts, addItemJson(tx.config, loaded.facts, facts))
    await tellMembers(tx, owner, loaded, [account], items)
    return item
  })
}

async function refuseItem(tx: Ctx, collectionId: string, account: AccountRow): Promise<void> {
  if (await collectionItemOf(tx.db, collectionId, account.id))
    throw ValidationError.failed('Account has already been taken')
  if ((await countOpenItems(tx.db, collectionId)) >= MAX_ITEMS)
    throw ValidationError.failed(`Collection items are too many, no more than ${MAX_ITEMS} are allowed`)
}

/**
 * Takes an account out of one's collection, and tells the servers that know it.
 *
 * @throws NotFoundError missing
 * @throws ForbiddenError somebody else's collection
 * @see https://docs.joinmastodon.org/methods/collections/#remove-item
 */
export async function removeCollectionItem(
  ctx: Ctx,
  viewer: Viewer,
  collectionId: string,
  itemId: string,
): Promise<void> {
  await getOwnCollection(ctx, viewer, collectionId)
  const item = await collectionItemById(ctx.db, itemId)
  if (item?.collection_id !== collectionId) throw new NotFoundError()
  await transaction(ctx, (tx) => dropItem(tx, item))
}

/** Deletes a place in a collection; of a collection of ours everyone who may know it is told. */
export async function dropItem(tx: Ctx, item: CollectionItemRow): Promise<void> {
  const loaded = await loadCollection(tx, item.collection_id)
  if (!loaded) return
  const inboxes = await collectionReach(tx, loaded.facts)
  if ((await deleteCollectionItems(tx.db, [item.id])) === 0 || !loaded.facts.collection.local) return
  await sendActivity(tx, {
    signer: loaded.facts.owner,
    activity: removeItemJson(tx.config, loaded.facts, item.id),
    inboxes,
  })
}
