import type { AccountRow, CollectionItemRow } from '@anancus/db'
import { accountById } from '@anancus/db/queries/accounts'
import { collectionItemById, setItemState } from '@anancus/db/queries/collection-items'
import { deleteAuthorizationJson, removeItemJson } from '../../activitypub/render/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { ForbiddenError, NotFoundError } from '../../kernel/errors.ts'
import { transaction } from '../../kernel/transaction.ts'
import type { Viewer } from '../../kernel/viewer.ts'
import { inboxOf, sendActivity } from '../federation/index.ts'
import { collectionReach, itemIn, loadCollection } from './reach.ts'

/**
 * Takes back one's consent to be in a collection. The owner of a remote one, and everyone it reaches, is told that the
 * consent is gone; of one of ours, that the place is.
 *
 * @throws NotFoundError missing
 * @throws ForbiddenError somebody else's place
 * @see https://docs.joinmastodon.org/methods/collections/#revoke
 */
export async function revokeCollectionItem(
  ctx: Ctx,
  viewer: Viewer,
  collectionId: string,
  itemId: string,
): Promise<void> {
  const item = await collectionItemById(ctx.db, itemId)
  if (item?.collection_id !== collectionId) throw new NotFoundError()
  if (item.account_id !== viewer.account.id) throw new ForbiddenError()
  await transaction(ctx, (tx) => revoke(tx, viewer.account, item))
}

/** Takes back the consent of a local account; that it was none is fine. */
export async function revoke(tx: Ctx, account: AccountRow, item: CollectionItemRow): Promise<void> {
  const loaded = await loadCollection(tx, item.collection_id)
  const facts = loaded && itemIn(loaded.facts, item.id)
  if (!loaded || !facts) return
  const inboxes = await collectionReach(tx, loaded.facts)
  await setItemState(tx.db, item.id, 'revoked', tx.clock.now())
  if (loaded.facts.collection.local) {
    const activity = removeItemJson(tx.config, loaded.facts, item.id)
    await sendActivity(tx, { signer: loaded.facts.owner, activity, inboxes })
    return
  }
  const owner = await accountById(tx.db, loaded.facts.owner.id)
  await sendActivity(tx, {
    signer: account,
    activity: deleteAuthorizationJson(tx.config, loaded.facts, facts),
    inboxes: [...(owner ? [inboxOf(owner)] : []), ...inboxes],
  })
}
