import type { CollectionRow } from '@anancus/db'
import { approveListedItem, collectionItemByUri, setItemState } from '@anancus/db/queries/collection-items'
import { collectionById } from '@anancus/db/queries/collections'
import { isFeatureAuthorization, parseFeaturedItem } from '../../activitypub/parse/featured-collection.ts'
import { isSameOrigin } from '../../activitypub/parse/values.ts'
import { fetchObject } from '../../activitypub/transport/fetch.ts'
import type { Ctx } from '../../kernel/context.ts'
import { fetchBudget, isOwnUri, resolveAccountByUri } from '../accounts/index.ts'
import { isDomainBlocked } from '../federation/index.ts'
import { listItem } from './store-remote-collection.ts'

/** The payload of `verifyCollectionItemJob`. */
export interface VerifyItemPayload {
  collectionId: string
  itemUri: string
  /** Where the account is said to agree; null when only the address of the place is known. */
  approvalUri: string | null
  position: number
}

/**
 * Asks the server of an account whether it agrees to be in a remote collection, as that collection says. It must say so
 * of exactly this account and this collection, under an address of the account's own house; else the account is not
 * shown there.
 *
 * @throws RemoteServerError it did not answer
 * @see https://codeberg.org/fediverse/fep/src/branch/main/fep/7aa9
 */
export async function verifyCollectionItem(ctx: Ctx, payload: VerifyItemPayload): Promise<void> {
  const collection = await collectionById(ctx.db, payload.collectionId)
  if (!collection?.uri || !(await isReachable(ctx, payload.itemUri))) return
  if (payload.approvalUri === null) return fetchItem(ctx, collection, payload)
  const item = await collectionItemByUri(ctx.db, collection.id, payload.itemUri)
  if (!item?.object_uri || isOwnUri(ctx, item.object_uri)) return
  if (!(await isConsent(ctx, payload.approvalUri, collection.uri, item.object_uri))) {
    await setItemState(ctx.db, item.id, 'rejected', ctx.clock.now())
    return
  }
  const account = await resolveAccountByUri(ctx, item.object_uri, { budget: fetchBudget() })
  if (account) await approveListedItem(ctx.db, item.id, account.id, payload.approvalUri, ctx.clock.now())
}

async function isConsent(
  ctx: Ctx,
  approvalUri: string,
  collectionUri: string,
  objectUri: string,
): Promise<boolean> {
  if (!isSameOrigin(approvalUri, objectUri) || !(await isReachable(ctx, approvalUri))) return false
  const document = await fetchObject(ctx, approvalUri)
  return document !== null && isFeatureAuthorization(document, collectionUri, objectUri)
}

async function fetchItem(ctx: Ctx, collection: CollectionRow, payload: VerifyItemPayload): Promise<void> {
  if (!isSameOrigin(payload.itemUri, collection.uri ?? '')) return
  const document = await fetchObject(ctx, payload.itemUri)
  const draft = document && parseFeaturedItem(document)
  if (draft && draft.objectUri !== null && draft.uri === payload.itemUri)
    await listItem(ctx, collection, draft, payload.position)
}

async function isReachable(ctx: Ctx, uri: string): Promise<boolean> {
  const host = URL.parse(uri)?.host
  return host !== undefined && !isOwnUri(ctx, uri) && !(await isDomainBlocked(ctx, host))
}
