import type { Db } from '../connection.ts'
import { type CollectionItemState, COLLECTION_ITEM_STATES, stored } from '../enums.ts'
import { type CollectionItemRow, collectionItemColumns } from '../rows.gen.ts'
import { columns, statement } from '../statement.ts'

/** Places in collections, each with the consent of the account that has it. */

const COLUMNS = columns(collectionItemColumns)
const stateOf = (state: CollectionItemState) => stored(COLLECTION_ITEM_STATES, state)

const byId = statement<CollectionItemRow>(
  'collection_item_by_id',
  `select ${COLUMNS} from collection_items where id = $1`,
)

export async function collectionItemById(db: Db, id: string): Promise<CollectionItemRow | null> {
  return (await byId(db, [id]))[0] ?? null
}

const ofAccount = statement<CollectionItemRow>(
  'collection_item_of_account',
  `select ${COLUMNS} from collection_items where collection_id = $1 and account_id = $2`,
)

/** The place of an account in a collection, in whatever state. */
export async function collectionItemOf(
  db: Db,
  collectionId: string,
  accountId: string,
): Promise<CollectionItemRow | null> {
  return (await ofAccount(db, [collectionId, accountId]))[0] ?? null
}

const byUri = statement<CollectionItemRow>(
  'collection_item_by_uri',
  `select ${COLUMNS} from collection_items where collection_id = $1 and uri = $2`,
)

/** A place in a remote collection by its ActivityPub id. */
export async function collectionItemByUri(
  db: Db,
  collectionId: string,
  uri: string,
): Promise<CollectionItemRow | null> {
  return (await byUri(db, [collectionId, uri]))[0] ?? null
}

const byRequest = statement<CollectionItemRow>(
  'collection_item_by_request',
  `select ${columns(collectionItemColumns, 'item')}
   from collection_items item join collections c on c.id = item.collection_id and c.local
   where item.account_id = $1 and item.activity_uri = $2`,
)

/** The place in a collection of ours that an account was asked about, by the id of the request. */
export async function requestedItem(
  db: Db,
  accountId: string,
  requestUri: string,
): Promise<CollectionItemRow | null> {
  return (await byRequest(db, [accountId, requestUri]))[0] ?? null
}

const byApproval = statement<CollectionItemRow>(
  'collection_item_by_approval',
  `select ${COLUMNS} from collection_items where account_id = $1 and approval_uri = $2`,
)

/** The place an account agreed to by a document of its own. */
export async function approvedItem(
  db: Db,
  accountId: string,
  approvalUri: string,
): Promise<CollectionItemRow | null> {
  return (await byApproval(db, [accountId, approvalUri]))[0] ?? null
}

const between = statement<CollectionItemRow & { owner_id: string }>(
  'collection_items_between',
  `select ${columns(collectionItemColumns, 'item')}, c.account_id as owner_id
   from collection_items item join collections c on c.id = item.collection_id
   where item.state in (0, 1)
     and ((c.account_id = $1 and item.account_id = $2) or (c.account_id = $2 and item.account_id = $1))`,
)

/** The places two accounts have in each other's collections. */
export function collectionItemsBetween(
  db: Db,
  one: string,
  other: string,
): Promise<(CollectionItemRow & { owner_id: string })[]> {
  return between(db, [one, other])
}

const countOpen = statement<{ count: number }>(
  'collection_items_open',
  'select count(*)::integer as count from collection_items where collection_id = $1 and state in (0, 1)',
)

/** How many places of a collection are taken: pending or accepted. */
export async function countOpenItems(db: Db, collectionId: string): Promise<number> {
  return (await countOpen(db, [collectionId]))[0]?.count ?? 0
}

/** A new place in a collection of ours, or one that a local account has in a remote one. */
export interface NewCollectionItem {
  accountId: string
  state: CollectionItemState
  /** The request that asks for it. */
  activityUri: string | null
}

const insert = statement<CollectionItemRow>(
  'collection_items_insert',
  `insert into collection_items (collection_id, account_id, state, activity_uri, position)
   select $1, new.account_id, new.state, new.activity_uri, new.number
     + coalesce((select max(position) from collection_items where collection_id = $1), 0)
   from unnest($2::bigint[], $3::integer[], $4::text[]) with ordinality
     as new(account_id, state, activity_uri, number)
   on conflict (account_id, collection_id) do nothing
   returning ${COLUMNS}`,
)

/** Adds accounts at the end of a collection, in the order given; those that have a place there already are left out. */
export async function insertCollectionItems(
  db: Db,
  collectionId: string,
  items: readonly NewCollectionItem[],
): Promise<CollectionItemRow[]> {
  if (items.length === 0) return []
  const rows = await insert(db, [
    collectionId,
    items.map((item) => item.accountId),
    items.map((item) => stateOf(item.state)),
    items.map((item) => item.activityUri),
  ])
  await recount(db, [collectionId])
  return rows
}

const setState = statement<CollectionItemRow>(
  'collection_item_set_state',
  `update collection_items set state = $2, approval_uri = coalesce($3, approval_uri),
     activity_uri = coalesce($4, activity_uri),
     approval_last_verified_at = case when $3::text is null then approval_last_verified_at else $5 end, updated_at = $5
   where id = $1 returning ${COLUMNS}`,
)

/**
 * Changes where the consent to a place stands.
 *
 * @param consent.approvalUri the document that says so
 * @param consent.activityUri the request it answers
 */
export async function setItemState(
  db: Db,
  id: string,
  state: CollectionItemState,
  at: Date,
  consent: { approvalUri?: string; activityUri?: string } = {},
): Promise<CollectionItemRow | null> {
  const { approvalUri = null, activityUri = null } = consent
  return (await setState(db, [id, stateOf(state), approvalUri, activityUri, at]))[0] ?? null
}

const remove = statement<{ collection_id: string }>(
  'collection_item_delete',
  'delete from collection_items where id = any($1::bigint[]) returning collection_id',
)

/** Takes places out of their collections; how many there were. */
export async function deleteCollectionItems(db: Db, ids: readonly string[]): Promise<number> {
  if (ids.length === 0) return 0
  const rows = await remove(db, [ids])
  await recount(db, [...new Set(rows.map((row) => row.collection_id))])
  return rows.length
}

/** A place as a remote collection lists it. */
export interface ListedItem {
  uri: string
  objectUri: string
  position: number
  publishedAt: Date
}

const upsertListed = statement<CollectionItemRow>(
  'collection_items_upsert_listed',
  `insert into collection_items as known (collection_id, uri, object_uri, position, state, created_at)
   select $1, listed.uri, listed.object_uri, listed.position, 0, listed.published_at
   from unnest($2::text[], $3::text[], $4::integer[], $5::timestamptz[]) as listed(uri, object_uri, position, published_at)
   on conflict (uri) where uri is not null do update set position = excluded.position, updated_at = now()
   where known.collection_id = excluded.collection_id and known.object_uri is not distinct from excluded.object_uri
   returning ${COLUMNS}`,
)

/** Stores the places a remote collection lists, new ones pending; those that are another collection's are left out. */
export async function upsertListedItems(
  db: Db,
  collectionId: string,
  items: readonly ListedItem[],
): Promise<CollectionItemRow[]> {
  if (items.length === 0) return []
  const rows = await upsertListed(db, [
    collectionId,
    items.map((item) => item.uri),
    items.map((item) => item.objectUri),
    items.map((item) => item.position),
    items.map((item) => item.publishedAt),
  ])
  await recount(db, [collectionId])
  return rows
}

const nameListed = statement<CollectionItemRow>(
  'collection_item_name_listed',
  `update collection_items set uri = $3, object_uri = $4, position = $5, updated_at = now()
   where collection_id = $1 and account_id = $2
     and not exists (select from collection_items other where other.uri = $3 and other.account_id is distinct from $2)
   returning ${COLUMNS}`,
)

/** Gives the place a local account agreed to the address a remote collection lists it under; null without such a place. */
export async function nameListedItem(
  db: Db,
  collectionId: string,
  accountId: string,
  item: ListedItem,
): Promise<CollectionItemRow | null> {
  return (await nameListed(db, [collectionId, accountId, item.uri, item.objectUri, item.position]))[0] ?? null
}

const removeUnlisted = statement<{ id: string }>(
  'collection_items_delete_unlisted',
  'delete from collection_items where collection_id = $1 and uri <> all($2::text[]) returning id',
)

/** Takes out what a remote collection lists no more. What it never listed by an address waits. */
export async function deleteUnlistedItems(
  db: Db,
  collectionId: string,
  listed: readonly string[],
): Promise<void> {
  await removeUnlisted(db, [collectionId, listed])
  await recount(db, [collectionId])
}

const approve = statement<CollectionItemRow>(
  'collection_item_approve',
  `update collection_items set account_id = $2, approval_uri = $3, approval_last_verified_at = $4, state = 1,
     updated_at = $4
   where id = $1
     and not exists (select from collection_items other where other.id <> $1
       and (other.approval_uri = $3 or (other.collection_id = collection_items.collection_id and other.account_id = $2)))
   returning ${COLUMNS}`,
)

/** Fills a listed place with the account that agreed; null when it, or its consent, has a place there already. */
export async function approveListedItem(
  db: Db,
  id: string,
  accountId: string,
  approvalUri: string,
  at: Date,
): Promise<CollectionItemRow | null> {
  return (await approve(db, [id, accountId, approvalUri, at]))[0] ?? null
}

const members = statement<{ account_id: string }>(
  'collection_local_members',
  `select item.account_id from collection_items item
   join accounts a on a.id = item.account_id and a.domain is null
   where item.collection_id = $1 and item.state = 1 order by item.id`,
)

/** The local accounts in a collection. */
export async function localMemberIds(db: Db, collectionId: string): Promise<string[]> {
  return (await members(db, [collectionId])).map((row) => row.account_id)
}

const inboxes = statement<{ inbox: string }>(
  'collection_member_inboxes',
  `select distinct coalesce(nullif(a.shared_inbox_url, ''), a.inbox_url) as inbox
   from collection_items item
   join accounts a on a.id = item.account_id and a.domain is not null and a.suspended_at is null
   where item.collection_id = $1 and item.state in (0, 1)`,
)

/** The inboxes of the remote accounts that are in a collection, or were asked. */
export async function memberInboxes(db: Db, collectionId: string): Promise<string[]> {
  return (await inboxes(db, [collectionId])).map((row) => row.inbox).filter((inbox) => inbox !== '')
}

const removeEnded = statement<{ collection_id: string }>(
  'collection_items_delete_ended',
  `delete from collection_items where id in (
     select id from collection_items where state in (2, 3) and updated_at < $1 order by id limit $2)
   returning collection_id`,
)

/** Deletes places that were refused or taken back before `before`, at most `limit`; how many. */
export async function deleteEndedItems(db: Db, before: Date, limit: number): Promise<number> {
  const rows = await removeEnded(db, [before, limit])
  await recount(db, [...new Set(rows.map((row) => row.collection_id))])
  return rows.length
}

const recountItems = statement<never>(
  'collection_recount',
  `update collections c set item_count = (select count(*) from collection_items item where item.collection_id = c.id)
   where c.id = any($1::bigint[])`,
)

async function recount(db: Db, collectionIds: readonly string[]): Promise<void> {
  if (collectionIds.length > 0) await recountItems(db, [collectionIds])
}
