import { randomUUID } from 'node:crypto'
import type { AccountRow, CollectionItemRow } from '@anancus/db'
import type { NewCollectionItem } from '@anancus/db/queries/collection-items'
import { featureRequestJson } from '../../activitypub/render/index.ts'
import { loadGraph } from '../../graph/index.ts'
import { notifyJob } from '../../jobs/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { enqueue } from '../../kernel/enqueue.ts'
import { ForbiddenError, NotFoundError } from '../../kernel/errors.ts'
import { actorUri, isLocal } from '../../kernel/uris.ts'
import { canFeature } from '../../policies/feature.ts'
import { findAccounts } from '../accounts/index.ts'
import { inboxOf, sendActivity } from '../federation/index.ts'
import type { LoadedCollection } from './reach.ts'

/**
 * Finds the accounts somebody wants in a collection.
 *
 * @throws NotFoundError one is missing
 * @throws ForbiddenError one may not be featured by them
 */
export async function featurableAccounts(
  ctx: Ctx,
  owner: AccountRow,
  ids: readonly string[],
): Promise<AccountRow[]> {
  if (ids.length === 0) return []
  const accounts = await findAccounts(ctx, ids)
  if (accounts.length < new Set(ids).size) throw new NotFoundError()
  const { relations } = await loadGraph(ctx, { account: owner }, { relationships: ids })
  if (!accounts.every((account) => canFeature(owner.id, account, relations.get(account.id))))
    throw new ForbiddenError()
  return accounts
}

/** The place of an account in a collection of ours: one of ours is in at once, a remote one is asked. */
export function newItem(ctx: Ctx, owner: AccountRow, account: AccountRow): NewCollectionItem {
  if (isLocal(account)) return { accountId: account.id, state: 'accepted', activityUri: null }
  const activityUri = `${actorUri(ctx.config, owner)}/feature_requests/${randomUUID()}`
  return { accountId: account.id, state: 'pending', activityUri }
}

/** Tells the local accounts that they are in a collection, and asks the remote ones. */
export async function tellMembers(
  tx: Ctx,
  owner: AccountRow,
  loaded: LoadedCollection,
  accounts: readonly AccountRow[],
  items: readonly CollectionItemRow[],
): Promise<void> {
  for (const { id, account_id: accountId } of items) {
    const account = accounts.find((each) => each.id === accountId)
    const item = loaded.facts.items.find((each) => each.id === id)
    if (!account || !item) continue
    if (isLocal(account)) await notifyAdded(tx, owner.id, account.id, id)
    else
      await sendActivity(tx, {
        signer: owner,
        activity: featureRequestJson(tx.config, loaded.facts, item),
        inboxes: [inboxOf(account)],
      })
  }
}

/** Tells a local account that it is in a collection now. */
export async function notifyAdded(
  ctx: Ctx,
  ownerId: string,
  recipientId: string,
  itemId: string,
): Promise<void> {
  await enqueue(ctx, notifyJob, {
    recipientId,
    type: 'added_to_collection',
    activityType: 'CollectionItem',
    activityId: itemId,
    fromAccountId: ownerId,
  })
}
