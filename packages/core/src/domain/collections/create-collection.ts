import type { CollectionRow } from '@anancus/db'
import { insertCollectionItems } from '@anancus/db/queries/collection-items'
import { countCollectionsOf, insertCollection } from '@anancus/db/queries/collections'
import { lockName } from '@anancus/db/queries/status-writes'
import { addCollectionJson } from '../../activitypub/render/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { InvariantError } from '../../kernel/errors.ts'
import { transaction } from '../../kernel/transaction.ts'
import type { Viewer } from '../../kernel/viewer.ts'
import { featurableAccounts, newItem, tellMembers } from './ask-members.ts'
import { loadCollection, tellReach } from './reach.ts'
import { changedValues, checkItems, type CollectionChange, Problems } from './validate-collection.ts'

/**
 * Makes a collection of accounts, as many as the role of its owner allows. Accounts of ours are in it at once and told;
 * remote ones are asked. Other servers are told of the collection.
 *
 * @throws NotFoundError an account is missing
 * @throws ForbiddenError an account may not be featured
 * @throws NestedValidationError texts, topic, number of accounts or of collections
 * @see https://docs.joinmastodon.org/methods/collections/#create
 */
export async function createCollection(
  ctx: Ctx,
  viewer: Viewer,
  change: CollectionChange,
  accountIds: readonly string[],
): Promise<CollectionRow> {
  const owner = viewer.account
  const accounts = await featurableAccounts(ctx, owner, [...new Set(accountIds)])
  const problems = new Problems()
  const values = await changedValues(ctx, change, null, problems)
  checkItems(accounts.length, problems)
  return transaction(ctx, async (tx) => {
    await lockName(tx.db, `collections:${owner.id}`)
    if ((await countCollectionsOf(tx.db, owner.id)) >= viewer.role.collection_limit)
      problems.add('base', 'ERR_TOO_MANY', 'You have already created the maximum number of collections')
    problems.refuse()
    const collection = await insertCollection(tx.db, owner.id, values)
    const items = await insertCollectionItems(
      tx.db,
      collection.id,
      accounts.map((account) => newItem(tx, owner, account)),
    )
    const loaded = await loadCollection(tx, collection.id)
    if (!loaded) throw new InvariantError('A collection was not stored')
    await tellReach(tx, loaded.facts, addCollectionJson(loaded.graph, collection.id))
    await tellMembers(tx, owner, loaded, accounts, items)
    return collection
  })
}
