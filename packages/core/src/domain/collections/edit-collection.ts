import type { CollectionRow } from '@anancus/db'
import { localMemberIds } from '@anancus/db/queries/collection-items'
import {
  collectionById,
  type CollectionValues,
  deleteCollection as deleteRow,
  updateCollection,
} from '@anancus/db/queries/collections'
import { removeCollectionJson, updateCollectionJson } from '../../activitypub/render/index.ts'
import { notifyJob } from '../../jobs/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { enqueueMany } from '../../kernel/enqueue.ts'
import { NotFoundError } from '../../kernel/errors.ts'
import { transaction } from '../../kernel/transaction.ts'
import type { Viewer } from '../../kernel/viewer.ts'
import { collectionReach, loadCollection, tellReach } from './reach.ts'
import { sendActivity } from '../federation/index.ts'
import { getOwnCollection } from './reads.ts'
import { changedValues, type CollectionChange, Problems } from './validate-collection.ts'

const FIELDS = ['name', 'description', 'language', 'sensitive', 'discoverable', 'tag_id'] as const

/**
 * Changes what a collection says about itself. Other servers are told of any change, the local accounts in it of a new
 * name or description.
 *
 * @throws NotFoundError missing
 * @throws ForbiddenError somebody else's
 * @throws NestedValidationError texts or topic
 * @see https://docs.joinmastodon.org/methods/collections/#update
 */
export async function editCollection(
  ctx: Ctx,
  viewer: Viewer,
  id: string,
  change: CollectionChange,
): Promise<CollectionRow> {
  await getOwnCollection(ctx, viewer, id)
  return transaction(ctx, async (tx) => {
    const before = await collectionById(tx.db, id)
    if (!before) throw new NotFoundError()
    const problems = new Problems()
    const values = await changedValues(tx, change, before, problems)
    problems.refuse()
    if (FIELDS.every((field) => values[field] === before[field])) return before
    const after = await updateCollection(tx.db, id, values, tx.clock.now())
    const loaded = after && (await loadCollection(tx, id))
    if (!loaded) throw new NotFoundError()
    await tellReach(tx, loaded.facts, updateCollectionJson(loaded.graph, id))
    await notifyUpdated(tx, before, values)
    return after
  })
}

/** Tells the local accounts in a collection when its name or description is another one. */
export async function notifyUpdated(
  ctx: Ctx,
  before: CollectionRow,
  after: Pick<CollectionValues, 'name' | 'description'>,
): Promise<void> {
  if (before.name === after.name && before.description === after.description) return
  const members = await localMemberIds(ctx.db, before.id)
  await enqueueMany(
    ctx,
    notifyJob,
    members.map((recipientId) => ({
      recipientId,
      type: 'collection_update',
      activityType: 'Collection',
      activityId: before.id,
      fromAccountId: before.account_id,
    })),
  )
}

/**
 * Deletes a collection, and tells the servers that know it.
 *
 * @throws NotFoundError missing
 * @throws ForbiddenError somebody else's
 * @see https://docs.joinmastodon.org/methods/collections/#delete
 */
export async function deleteCollection(ctx: Ctx, viewer: Viewer, id: string): Promise<void> {
  await getOwnCollection(ctx, viewer, id)
  await transaction(ctx, async (tx) => {
    const loaded = await loadCollection(tx, id)
    const inboxes = loaded ? await collectionReach(tx, loaded.facts) : []
    if (!loaded || !(await deleteRow(tx.db, id))) throw new NotFoundError()
    await sendActivity(tx, {
      signer: viewer.account,
      activity: removeCollectionJson(loaded.graph, id),
      inboxes,
    })
  })
}
