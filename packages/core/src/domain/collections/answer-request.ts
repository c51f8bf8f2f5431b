import { randomUUID } from 'node:crypto'
import type { AccountRow, CollectionItemRow, CollectionRow } from '@anancus/db'
import {
  approvedItem,
  collectionItemOf,
  insertCollectionItems,
  requestedItem,
  setItemState,
} from '@anancus/db/queries/collection-items'
import { lockName } from '@anancus/db/queries/status-writes'
import {
  acceptFeatureRequestJson,
  addItemJson,
  rejectFeatureRequestJson,
  removeItemJson,
} from '../../activitypub/render/index.ts'
import { loadGraph } from '../../graph/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { transaction } from '../../kernel/transaction.ts'
import { canFeature } from '../../policies/feature.ts'
import { inboxOf, sendActivity } from '../federation/index.ts'
import { notifyAdded } from './ask-members.ts'
import { itemIn, loadCollection, tellReach } from './reach.ts'

const REVOKED = 3
const ACCEPTED = 1

/** What a remote account asks of one of ours. */
export interface FeatureRequest {
  uri: string
  collection: CollectionRow
  featured: AccountRow
}

/**
 * Answers a remote account that wants to put one of ours into a collection of its own: by the profile of the one it is
 * about, who is told. Asked again it answers again; what was taken back stays so.
 *
 * @see https://codeberg.org/fediverse/fep/src/branch/main/fep/7aa9
 */
export async function answerFeatureRequest(
  ctx: Ctx,
  owner: AccountRow,
  request: FeatureRequest,
): Promise<'accepted' | 'rejected'> {
  const { collection, featured } = request
  return transaction(ctx, async (tx) => {
    await lockName(tx.db, `collection:${collection.id}`)
    const { relations } = await loadGraph(tx, { account: owner }, { relationships: [featured.id] })
    const known = await collectionItemOf(tx.db, collection.id, featured.id)
    const isWelcome = known?.state !== REVOKED && canFeature(owner.id, featured, relations.get(featured.id))
    const item = isWelcome ? await placeOf(tx, request, known) : null
    const loaded = item && (await loadCollection(tx, collection.id))
    const facts = loaded && itemIn(loaded.facts, item.id)
    const activity = facts
      ? acceptFeatureRequestJson(tx.config, loaded.facts, facts)
      : rejectFeatureRequestJson(tx.config, featured, owner, { id: randomUUID(), requestUri: request.uri })
    await sendActivity(tx, { signer: featured, activity, inboxes: [inboxOf(owner)] })
    return facts ? 'accepted' : 'rejected'
  })
}

async function placeOf(
  tx: Ctx,
  request: FeatureRequest,
  known: CollectionItemRow | null,
): Promise<CollectionItemRow | null> {
  const { uri: activityUri, collection, featured } = request
  if (known) return setItemState(tx.db, known.id, 'accepted', tx.clock.now(), { activityUri })
  const [item] = await insertCollectionItems(tx.db, collection.id, [
    { accountId: featured.id, state: 'accepted', activityUri },
  ])
  if (item) await notifyAdded(tx, collection.account_id, featured.id, item.id)
  return item ?? null
}

/**
 * A remote account agrees to be in a collection of ours; everyone who may know the collection is told.
 *
 * @param answer.approvalUri the document that says so, of the account's own house
 * @returns false when it was not asked
 */
export async function acceptFeatureRequest(
  ctx: Ctx,
  featured: AccountRow,
  answer: { requestUri: string; approvalUri: string },
): Promise<boolean> {
  return transaction(ctx, async (tx) => {
    const item = await requestedItem(tx.db, featured.id, answer.requestUri)
    if (!item) return false
    const other = await approvedItem(tx.db, featured.id, answer.approvalUri)
    if (other && other.id !== item.id) return false // one consent is for one place
    const { approvalUri } = answer
    await setItemState(tx.db, item.id, 'accepted', tx.clock.now(), { approvalUri })
    const loaded = await loadCollection(tx, item.collection_id)
    const facts = loaded && itemIn(loaded.facts, item.id)
    if (facts) await tellReach(tx, loaded.facts, addItemJson(tx.config, loaded.facts, facts))
    return true
  })
}

/** A remote account does not agree, or no more. Of one that had agreed everyone is told. False: it was not asked. */
export async function rejectFeatureRequest(
  ctx: Ctx,
  featured: AccountRow,
  requestUri: string,
): Promise<boolean> {
  return transaction(ctx, async (tx) => {
    const item = await requestedItem(tx.db, featured.id, requestUri)
    if (item) await end(tx, item, 'rejected')
    return item !== null
  })
}

/** A remote account deleted the document by which it agreed. False: we know of none. */
export async function forgetAuthorization(
  ctx: Ctx,
  featured: AccountRow,
  approvalUri: string,
): Promise<boolean> {
  return transaction(ctx, async (tx) => {
    const item = await approvedItem(tx.db, featured.id, approvalUri)
    if (item) await end(tx, item, 'revoked')
    return item !== null
  })
}

async function end(tx: Ctx, item: CollectionItemRow, state: 'rejected' | 'revoked'): Promise<void> {
  const loaded = await loadCollection(tx, item.collection_id)
  await setItemState(tx.db, item.id, state, tx.clock.now())
  if (loaded && item.state === ACCEPTED)
    await tellReach(tx, loaded.facts, removeItemJson(tx.config, loaded.facts, item.id))
}
