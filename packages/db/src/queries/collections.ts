import type { Db } from '../connection.ts'
import { type CollectionRow, collectionColumns } from '../rows.gen.ts'
import { columns, statement } from '../statement.ts'

/** Collections of accounts. What is in them lies in `collection-items.ts`. */

const byId = statement<CollectionRow>(
  'collection_by_id',
  `select ${columns(collectionColumns)} from collections where id = $1`,
)

export async function collectionById(db: Db, id: string): Promise<CollectionRow | null> {
  return (await byId(db, [id]))[0] ?? null
}

const byUri = statement<CollectionRow>(
  'collection_by_uri',
  `select ${columns(collectionColumns)} from collections where uri = $1`,
)

/** A remote collection by its ActivityPub id; ours store none. */
export async function collectionByUri(db: Db, uri: string): Promise<CollectionRow | null> {
  return (await byUri(db, [uri]))[0] ?? null
}

const byAddress = statement<CollectionRow>(
  'collection_by_address',
  `select ${columns(collectionColumns)} from collections where not local and (uri = $1 or url = $1) order by id limit 1`,
)

/** A remote collection by its id or by its page. */
export async function collectionByAddress(db: Db, address: string): Promise<CollectionRow | null> {
  return (await byAddress(db, [address]))[0] ?? null
}

const byAddresses = statement<CollectionRow>(
  'collections_by_addresses',
  `select ${columns(collectionColumns)} from collections
   where not local and (uri = any($1::text[]) or url = any($1::text[])) order by id limit 50`,
)

/** Remote collections by their ids or pages; no statement without any. */
export async function collectionsByAddresses(db: Db, addresses: readonly string[]): Promise<CollectionRow[]> {
  return addresses.length === 0 ? [] : byAddresses(db, [addresses])
}

const ownedAmong = statement<{ id: string }>(
  'collections_owned_among',
  'select id from collections where account_id = $1 and id = any($2::bigint[]) order by id',
)

/** Those of some collections that belong to an account. */
export async function collectionIdsOwnedBy(
  db: Db,
  accountId: string,
  ids: readonly string[],
): Promise<string[]> {
  return ids.length === 0 ? [] : (await ownedAmong(db, [accountId, ids])).map((row) => row.id)
}

const ofAccount = statement<{ id: string }>(
  'collections_of_account',
  `select id from collections where account_id = $1 and (discoverable or $2)
   order by created_at desc, id desc limit $3 offset $4`,
)

/** The collections an account made, newest first. */
export async function collectionIdsOf(
  db: Db,
  accountId: string,
  which: { hiddenToo: boolean },
  page: { limit: number; offset: number },
): Promise<string[]> {
  const rows = await ofAccount(db, [accountId, which.hiddenToo, page.limit, page.offset])
  return rows.map((row) => row.id)
}

const featuring = statement<{ id: string }>(
  'collections_featuring',
  `select c.id from collection_items item
   join collections c on c.id = item.collection_id
   join accounts owner on owner.id = c.account_id
   where item.account_id = $1 and item.state = 1 and owner.suspended_at is null
   order by item.id desc limit $2 offset $3`,
)

/** The collections an account is in, the one it came into last first. */
export async function collectionIdsFeaturing(
  db: Db,
  accountId: string,
  page: { limit: number; offset: number },
): Promise<string[]> {
  return (await featuring(db, [accountId, page.limit, page.offset])).map((row) => row.id)
}

const count = statement<{ count: number }>(
  'collection_count',
  'select count(*)::integer as count from collections where account_id = $1',
)

export async function countCollectionsOf(db: Db, accountId: string): Promise<number> {
  return (await count(db, [accountId]))[0]?.count ?? 0
}

/** What its owner says about a collection. */
export type CollectionValues = Pick<
  CollectionRow,
  'name' | 'description' | 'language' | 'sensitive' | 'discoverable' | 'tag_id'
>

const insert = statement<CollectionRow>(
  'collection_insert',
  `insert into collections (account_id, local, name, description, language, sensitive, discoverable, tag_id)
   values ($1, true, $2, $3, $4, $5, $6, $7) returning ${columns(collectionColumns)}`,
)

/** Makes a collection of a local account. */
export async function insertCollection(
  db: Db,
  accountId: string,
  values: CollectionValues,
): Promise<CollectionRow> {
  const [row] = await insert(db, [accountId, ...valuesOf(values)])
  return row as CollectionRow
}

const update = statement<CollectionRow>(
  'collection_update',
  `update collections set name = $2, description = $3, language = $4, sensitive = $5, discoverable = $6, tag_id = $7,
     updated_at = $8
   where id = $1 returning ${columns(collectionColumns)}`,
)

/** Changes a collection of a local account; null when it is gone. */
export async function updateCollection(
  db: Db,
  id: string,
  values: CollectionValues,
  at: Date,
): Promise<CollectionRow | null> {
  return (await update(db, [id, ...valuesOf(values), at]))[0] ?? null
}

function valuesOf(values: CollectionValues): unknown[] {
  const { name, description, language, sensitive, discoverable, tag_id } = values
  return [name, description, language, sensitive, discoverable, tag_id]
}

const remove = statement<{ id: string }>(
  'collection_delete',
  `with tagged as (delete from tagged_objects where object_type = 'Collection' and object_id = $1)
   delete from collections where id = $1 returning id`,
)

/** Deletes a collection with all that is in it; false when it was gone. */
export async function deleteCollection(db: Db, id: string): Promise<boolean> {
  return (await remove(db, [id])).length > 0
}

/** What another server says about a collection of its own. */
export interface RemoteCollectionValues {
  uri: string
  url: string | null
  name: string
  descriptionHtml: string | null
  language: string | null
  sensitive: boolean
  discoverable: boolean
  tagId: string | null
  numberOfItems: number
  publishedAt: Date
  updatedAt: Date
}

const upsert = statement<CollectionRow>(
  'collection_upsert_remote',
  `insert into collections as known (account_id, local, uri, url, name, description_html, language, sensitive,
     discoverable, tag_id, original_number_of_items, created_at, updated_at)
   values ($1, false, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
   on conflict (uri) where uri is not null do update set url = excluded.url, name = excluded.name,
     description_html = excluded.description_html, language = excluded.language, sensitive = excluded.sensitive,
     discoverable = excluded.discoverable, tag_id = excluded.tag_id,
     original_number_of_items = excluded.original_number_of_items, updated_at = excluded.updated_at
   where known.account_id = excluded.account_id
   returning ${columns(collectionColumns)}`,
)

/** Stores a remote collection, or what is new about it; null when the address belongs to somebody else. */
export async function upsertRemoteCollection(
  db: Db,
  accountId: string,
  values: RemoteCollectionValues,
): Promise<CollectionRow | null> {
  const { uri, url, name, descriptionHtml, language, sensitive, discoverable, tagId } = values
  const { numberOfItems, publishedAt, updatedAt } = values
  const rest = [language, sensitive, discoverable, tagId, numberOfItems, publishedAt, updatedAt]
  return (await upsert(db, [accountId, uri, url, name, descriptionHtml, ...rest]))[0] ?? null
}

const removeUnlisted = statement<{ id: string }>(
  'collections_delete_unlisted',
  `delete from collections where account_id = $1 and not local and uri <> all($2::text[]) returning id`,
)

/** Deletes the remote collections of an account that its server lists no more. */
export async function deleteUnlistedCollections(
  db: Db,
  accountId: string,
  listed: readonly string[],
): Promise<void> {
  await removeUnlisted(db, [accountId, listed])
}
