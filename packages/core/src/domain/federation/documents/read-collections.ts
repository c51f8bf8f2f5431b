import { type AccountRow, type CollectionRow, isId } from '@anancus/db'
import { collectionItemById } from '@anancus/db/queries/collection-items'
import { collectionById, collectionIdsOf, countCollectionsOf } from '@anancus/db/queries/collections'
import {
  acceptedItems,
  collectionJson,
  featureAuthorizationJson,
  featuredCollectionJson,
  featuredItemJson,
  pageJson,
  withContext,
} from '../../../activitypub/render/index.ts'
import {
  type CollectionFacts,
  type CollectionItemFacts,
  type Graph,
  loadGraph,
} from '../../../graph/index.ts'
import type { Ctx } from '../../../kernel/context.ts'
import { NotFoundError } from '../../../kernel/errors.ts'
import { featuredCollectionsUri } from '../../../kernel/uris.ts'
import { isBlockedBy } from './is-blocked.ts'
import { type Served, served } from './served.ts'

/** Collections on a page. */
const PAGE = 5
/** Beyond this nobody pages honestly. */
const LAST_PAGE = 1000
const QUARTER_HOUR_MS = 15 * 60 * 1000
/** Seconds shared caches may keep a collection that was changed lately, and another one. */
const YOUNG_SECONDS = 30
const OLD_SECONDS = 300

/**
 * The collections of accounts that an account made, newest first. Also those that are not to be found: they say so.
 *
 * @param page from 1; undefined is the list itself
 * @throws NotFoundError the account blocks who asks
 * @see https://codeberg.org/fediverse/fep/src/branch/main/fep/7aa9
 */
export async function readFeaturedCollections(
  ctx: Ctx,
  account: AccountRow,
  asker: AccountRow | null,
  page: number | undefined,
): Promise<Served> {
  await refuseBlocked(ctx, account, asker)
  const id = featuredCollectionsUri(ctx.config, account.id)
  const totalItems = await countCollectionsOf(ctx.db, account.id)
  if (page === undefined)
    return served(
      withContext(collectionJson({ id, totalItems, first: `${id}?page=1` })),
      undefined,
      asker === null,
    )
  const number = Math.min(Math.max(page, 1), LAST_PAGE)
  const ids = await collectionIdsOf(
    ctx.db,
    account.id,
    { hiddenToo: true },
    { limit: PAGE, offset: (number - 1) * PAGE },
  )
  const graph = await loadGraph(ctx, null, { collections: ids })
  const document = pageJson({
    id: `${id}?page=${number}`,
    partOf: id,
    totalItems,
    next: number * PAGE < totalItems ? `${id}?page=${number + 1}` : undefined,
    prev: number > 1 ? `${id}?page=${number - 1}` : undefined,
    items: ids
      .filter((each) => graph.collections.get(each))
      .map((each) => featuredCollectionJson(graph, each)),
  })
  return served(withContext(document), 0, asker === null)
}

/** One collection of an account. @throws NotFoundError missing, or the account blocks who asks */
export async function readCollection(
  ctx: Ctx,
  account: AccountRow,
  collectionId: string,
  asker: AccountRow | null,
): Promise<Served> {
  await refuseBlocked(ctx, account, asker)
  const { graph, facts } = await load(ctx, collectionId)
  if (!facts.collection.local || facts.owner.id !== account.id) throw new NotFoundError()
  const age = graph.now.getTime() - facts.collection.updated_at.getTime()
  const document = featuredCollectionJson(graph, collectionId)
  const seconds = age < QUARTER_HOUR_MS ? YOUNG_SECONDS : OLD_SECONDS
  return served(withContext(document), seconds, asker === null)
}

/** Finds a collection of ours by its number alone, as its page has it. @throws NotFoundError missing, or not ours */
export async function findLocalCollection(ctx: Ctx, id: string): Promise<CollectionRow> {
  const collection = isId(id) ? await collectionById(ctx.db, id) : null
  if (!collection?.local) throw new NotFoundError()
  return collection
}

/** One place in a collection of an account. @throws NotFoundError missing, or nobody agreed to it */
export async function readCollectionItem(
  ctx: Ctx,
  account: AccountRow,
  itemId: string,
  asker: AccountRow | null,
): Promise<Served> {
  await refuseBlocked(ctx, account, asker)
  const { facts, item } = await loadItem(ctx, itemId)
  if (!facts.collection.local || facts.owner.id !== account.id) throw new NotFoundError()
  return served(withContext(featuredItemJson(ctx.config, facts, item)), undefined, asker === null)
}

/** What says that an account of ours agrees to a place. @throws NotFoundError missing, or it does not, or no more */
export async function readFeatureAuthorization(
  ctx: Ctx,
  account: AccountRow,
  itemId: string,
): Promise<Served> {
  const { facts, item } = await loadItem(ctx, itemId)
  if (item.account_id !== account.id) throw new NotFoundError()
  return served(withContext(featureAuthorizationJson(ctx.config, facts, item)), YOUNG_SECONDS)
}

async function refuseBlocked(ctx: Ctx, account: AccountRow, asker: AccountRow | null): Promise<void> {
  if (asker !== null && (await isBlockedBy(ctx, account, asker))) throw new NotFoundError()
}

async function load(ctx: Ctx, id: string): Promise<{ graph: Graph; facts: CollectionFacts }> {
  const graph = await loadGraph(ctx, null, { collections: isId(id) ? [id] : [] })
  const facts = graph.collections.get(id)
  if (!facts) throw new NotFoundError()
  return { graph, facts }
}

async function loadItem(
  ctx: Ctx,
  itemId: string,
): Promise<{ facts: CollectionFacts; item: CollectionItemFacts }> {
  const row = isId(itemId) ? await collectionItemById(ctx.db, itemId) : null
  if (!row) throw new NotFoundError()
  const { facts } = await load(ctx, row.collection_id)
  const item = acceptedItems(facts).find((each) => each.id === itemId)
  if (!item) throw new NotFoundError()
  return { facts, item }
}
