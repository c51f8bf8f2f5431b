import { type AccountRow, type CollectionRow, isId } from '@anancus/db'
import { accountById } from '@anancus/db/queries/accounts'
import {
  collectionByAddress,
  collectionsByAddresses,
  collectionById,
  deleteUnlistedCollections,
} from '@anancus/db/queries/collections'
import {
  type FeaturedCollectionDraft,
  parseFeaturedCollection,
} from '../../activitypub/parse/featured-collection.ts'
import { httpUri, isDocument, isSameOrigin, listOf } from '../../activitypub/parse/values.ts'
import { fetchDocument, fetchObject } from '../../activitypub/transport/fetch.ts'
import type { Document } from '../../activitypub/vocabulary.ts'
import type { Ctx } from '../../kernel/context.ts'
import { collectionUri } from '../../kernel/uris.ts'
import { isOwnUri, type ResolveOptions, resolveAccountByUri, timeLeft } from '../accounts/index.ts'
import { isDomainBlocked } from '../federation/index.ts'
import { MAX_REMOTE_COLLECTIONS, MAX_REMOTE_PAGES } from './limits.ts'
import { storeRemoteCollection } from './store-remote-collection.ts'

/**
 * Reads the list of a remote account's collections and stores them; those that are listed no more are deleted. What
 * `fetchCollectionsJob` runs. At most ten pages of the account's own house, each once.
 *
 * @throws RemoteServerError its server did not answer
 */
export async function fetchCollections(ctx: Ctx, payload: { accountId: string }): Promise<void> {
  const account = await accountById(ctx.db, payload.accountId)
  const url = account?.collections_url
  if (!account?.domain || account.suspended_at !== null || !url) return
  if (!isSameOrigin(url, account.uri) || (await isDomainBlocked(ctx, account.domain))) return
  const listed = await readList(ctx, url)
  if (listed === null) return
  const stored: string[] = []
  for (const item of listed.slice(0, MAX_REMOTE_COLLECTIONS)) {
    const draft = await draftOf(ctx, account, item)
    const collection = draft && (await storeRemoteCollection(ctx, account, draft))
    if (collection?.uri) stored.push(collection.uri)
  }
  await deleteUnlistedCollections(ctx.db, account.id, stored)
}

/** The items of a list, page after page; null when there is no list. A page that was read already ends it. */
async function readList(ctx: Ctx, url: string): Promise<unknown[] | null> {
  const root = await fetchDocument(ctx, url)
  if (root === 'gone') return null
  const items: unknown[] = itemsOf(root.document)
  const seen = new Set([url])
  let next: unknown = root.document.first
  for (let page = 0; page < MAX_REMOTE_PAGES && items.length < MAX_REMOTE_COLLECTIONS; page++) {
    const document = await pageOf(ctx, next, url, seen)
    if (!document) break
    items.push(...itemsOf(document))
    next = document.next
  }
  return items
}

async function pageOf(ctx: Ctx, page: unknown, root: string, seen: Set<string>): Promise<Document | null> {
  const uri = httpUri(page)
  if (isDocument(page) && page.items !== undefined) return page
  if (uri === null || seen.has(uri) || !isSameOrigin(uri, root)) return null
  seen.add(uri)
  const fetched = await fetchDocument(ctx, uri)
  return fetched === 'gone' ? null : fetched.document
}

function itemsOf(document: Document): unknown[] {
  return listOf(document.items ?? document.orderedItems, MAX_REMOTE_COLLECTIONS)
}

/** What an account's own list says is taken as said; an address is fetched. */
async function draftOf(
  ctx: Ctx,
  account: AccountRow,
  item: unknown,
): Promise<FeaturedCollectionDraft | null> {
  const uri = httpUri(item)
  if (uri === null || !isSameOrigin(uri, account.uri)) return null
  const document = isDocument(item) && item.type !== undefined ? item : await fetchObject(ctx, uri)
  return document && parseFeaturedCollection(document)
}

/**
 * Finds the collection an address names, by its id or its page: a local one, a known one, else by fetching it from its
 * own server.
 *
 * @returns null when there is none, its server is blocked, or it is not by an actor of its own server
 * @throws RemoteServerError its server did not answer
 */
export async function resolveCollection(
  ctx: Ctx,
  address: string,
  options: ResolveOptions = {},
): Promise<CollectionRow | null> {
  if (isOwnUri(ctx, address)) return localCollectionByUri(ctx, address)
  const known = await collectionByAddress(ctx.db, address)
  if (known && !options.fresh) return known
  const host = URL.parse(address)?.host
  if (httpUri(address) === null || !host || (await isDomainBlocked(ctx, host))) return null
  const document = await fetchObject(ctx, address, { signAs: options.signAs, ...timeLeft(options) })
  const draft = document && parseFeaturedCollection(document)
  if (!draft || !isSameOrigin(draft.ownerUri, draft.uri)) return null
  const { fresh: _, ...rest } = options
  const owner = await resolveAccountByUri(ctx, draft.ownerUri, rest)
  if (!owner || owner.suspended_at !== null) return null
  return storeRemoteCollection(ctx, owner, draft)
}

/** Finds a remote collection we know by its id or its page; nobody is asked. */
export function knownCollection(ctx: Ctx, address: string): Promise<CollectionRow | null> {
  return collectionByAddress(ctx.db, address)
}

/** Finds the collections that addresses name, as far as we know them; nobody is asked. */
export async function knownCollections(ctx: Ctx, addresses: readonly string[]): Promise<CollectionRow[]> {
  const found = new Map<string, CollectionRow>()
  const foreign = addresses.filter((address) => !isOwnUri(ctx, address))
  for (const address of addresses) {
    const own = isOwnUri(ctx, address) ? await localCollectionByUri(ctx, address) : null
    if (own) found.set(own.id, own)
  }
  for (const collection of await collectionsByAddresses(ctx.db, foreign)) found.set(collection.id, collection)
  return [...found.values()]
}

/** Finds the collection of ours that an address names: `/ap/users/1/collections/2`, `/collections/2`. */
export async function localCollectionByUri(ctx: Ctx, uri: string): Promise<CollectionRow | null> {
  const url = URL.parse(uri)
  if (!url || !isOwnUri(ctx, uri) || url.search !== '') return null
  const id = /^\/(?:ap\/users\/-?\d+\/)?collections\/(\d+)$/.exec(url.pathname)?.[1]
  const collection = isId(id) ? await collectionById(ctx.db, id) : null
  if (!collection?.local) return null
  const isItself = url.pathname.startsWith('/collections/') || uri === collectionUri(ctx.config, collection)
  return isItself ? collection : null
}
