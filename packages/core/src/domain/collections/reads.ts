import { type AccountRow, type CollectionRow, isId } from '@anancus/db'
import { accountById } from '@anancus/db/queries/accounts'
import { isBlockedByAccount } from '@anancus/db/queries/documents'
import {
  collectionById,
  collectionIdsFeaturing,
  collectionIdsOf,
  collectionIdsOwnedBy,
} from '@anancus/db/queries/collections'
import type { Ctx } from '../../kernel/context.ts'
import { ForbiddenError, NotFoundError } from '../../kernel/errors.ts'
import type { Viewer } from '../../kernel/viewer.ts'

export interface OffsetPage {
  limit: number
  offset: number
}

/**
 * Gets a collection of accounts for a viewer.
 *
 * @throws NotFoundError missing, or its owner is suspended
 * @throws ForbiddenError its owner blocks the viewer
 * @see https://docs.joinmastodon.org/methods/collections/#get
 */
export async function getCollection(ctx: Ctx, viewer: Viewer | null, id: string): Promise<CollectionRow> {
  const collection = await collectionById(ctx.db, id)
  const owner = collection && (await accountById(ctx.db, collection.account_id))
  if (!collection || !owner || owner.suspended_at !== null) throw new NotFoundError()
  if (await isRefused(ctx, viewer, owner.id)) throw new ForbiddenError()
  return collection
}

/** Gets a collection to change it. @throws NotFoundError missing @throws ForbiddenError somebody else's */
export async function getOwnCollection(ctx: Ctx, viewer: Viewer, id: string): Promise<CollectionRow> {
  const collection = await collectionById(ctx.db, id)
  if (!collection) throw new NotFoundError()
  if (collection.account_id !== viewer.account.id) throw new ForbiddenError()
  return collection
}

/**
 * Lists the ids of the collections an account made, newest first; others see those it wants to be found. None of a
 * suspended account, and none for whom it blocks.
 *
 * @see https://docs.joinmastodon.org/methods/collections/#account-collections
 */
export async function listCollections(
  ctx: Ctx,
  viewer: Viewer | null,
  account: AccountRow,
  page: OffsetPage,
): Promise<string[]> {
  if (account.suspended_at !== null || (await isRefused(ctx, viewer, account.id))) return []
  return collectionIdsOf(ctx.db, account.id, { hiddenToo: viewer?.account.id === account.id }, page)
}

/**
 * Lists the ids of the collections the viewer is in, the latest first.
 *
 * @throws ForbiddenError asked for somebody else
 * @see https://docs.joinmastodon.org/methods/collections/#in-collections
 */
export async function listCollectionsFeaturing(
  ctx: Ctx,
  viewer: Viewer,
  account: AccountRow,
  page: OffsetPage,
): Promise<string[]> {
  if (viewer.account.id !== account.id) throw new ForbiddenError()
  return collectionIdsFeaturing(ctx.db, account.id, page)
}

/** Those of some collections that an account made: what a report about it may name. Ids that are none are left out. */
export async function collectionsOwnedBy(
  ctx: Ctx,
  account: Pick<AccountRow, 'id'>,
  ids: readonly string[],
): Promise<string[]> {
  return collectionIdsOwnedBy(ctx.db, account.id, ids.filter(isId))
}

async function isRefused(ctx: Ctx, viewer: Viewer | null, ownerId: string): Promise<boolean> {
  if (!viewer || viewer.account.id === ownerId) return false
  return isBlockedByAccount(ctx.db, ownerId, viewer.account.id, viewer.account.domain)
}
