import type { Db } from '../../connection.ts'
import {
  type AccountRow,
  type CollectionItemRow,
  type CollectionRow,
  collectionColumns,
  collectionItemColumns,
  type TagRow,
} from '../../rows.gen.ts'
import { statement } from '../../statement.ts'
import { part } from './part.ts'

/** As much of an account as its address and its being shown need. */
export type CollectedAccount = Pick<
  AccountRow,
  'id' | 'username' | 'domain' | 'id_scheme' | 'uri' | 'url' | 'suspended_at'
>

/** A place in a collection; without an account it is one that a remote collection lists and nobody agreed to yet. */
export interface CollectionItemFacts extends CollectionItemRow {
  account: CollectedAccount | null
}

/** A collection with its owner, its topic and all its places in order. */
export interface CollectionFacts {
  collection: CollectionRow
  owner: CollectedAccount
  tag: Pick<TagRow, 'id' | 'name' | 'display_name'> | null
  items: CollectionItemFacts[]
}

const ACCOUNT = ['id', 'username', 'domain', 'id_scheme', 'uri', 'url', 'suspended_at'] as const
const collection = part<CollectionRow>('c', collectionColumns)
const owner = part<CollectedAccount>('o', ACCOUNT)
const tag = part<Pick<TagRow, 'id' | 'name' | 'display_name'>>('t', ['id', 'name', 'display_name'])
const item = part<CollectionItemRow>('i', collectionItemColumns)
const account = part<CollectedAccount>('a', ACCOUNT)

const bundles = statement<Record<string, unknown>>(
  'graph_collections',
  `select ${[collection, owner, tag, item, account].map((each) => each.select).join(', ')}
   from collections c
   join accounts o on o.id = c.account_id
   left join tags t on t.id = c.tag_id
   left join collection_items i on i.collection_id = c.id
   left join accounts a on a.id = i.account_id
   where c.id = any($1::bigint[])
   order by c.id, i.position, i.id`,
)

/** Loads collections with all that is in them; missing ids are absent. One statement, none without ids. */
export async function collectionFactsByIds(db: Db, ids: readonly string[]): Promise<CollectionFacts[]> {
  if (ids.length === 0) return []
  const found = new Map<string, CollectionFacts>()
  for (const row of await bundles(db, [ids])) {
    const [itsCollection, itsOwner, itsItem] = [collection.read(row), owner.read(row), item.read(row)]
    if (!itsCollection || !itsOwner) continue
    let facts = found.get(itsCollection.id)
    if (!facts) {
      facts = { collection: itsCollection, owner: itsOwner, tag: tag.read(row), items: [] }
      found.set(itsCollection.id, facts)
    }
    if (itsItem) facts.items.push({ ...itsItem, account: account.read(row) })
  }
  return [...found.values()]
}

/** A notification and the collection it tells of. */
export interface NotifiedCollection {
  activity_type: string
  activity_id: string
  collection_id: string
}

const notified = statement<NotifiedCollection>(
  'graph_notified_collections',
  `select 'Collection' as activity_type, id as activity_id, id as collection_id
     from collections where id = any($1::bigint[])
   union all
   select 'CollectionItem', id, collection_id from collection_items where id = any($2::bigint[])`,
)

/** Finds the collections that notifications tell of; no statement when none does. */
export async function notifiedCollections(
  db: Db,
  notifications: readonly { activity_type: string; activity_id: string }[],
): Promise<NotifiedCollection[]> {
  const idsOf = (type: string) =>
    notifications.filter((row) => row.activity_type === type).map((row) => row.activity_id)
  const [collections, items] = [idsOf('Collection'), idsOf('CollectionItem')]
  return collections.length + items.length === 0 ? [] : notified(db, [collections, items])
}
