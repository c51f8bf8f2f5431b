import type { Db } from '../connection.ts'
import { statement } from '../statement.ts'

/** Collections of accounts that statuses link to. */

/** A link to a collection; without an id it is one that is not known yet. */
export interface TaggedCollection {
  uri: string
  collectionId: string | null
}

const set = statement<never>(
  'tagged_objects_set',
  `with gone as (delete from tagged_objects where status_id = $1 and uri <> all($2::text[]))
   insert into tagged_objects (status_id, ap_type, uri, object_type, object_id)
   select $1, 'FeaturedCollection', linked.uri, case when linked.id is not null then 'Collection' end, linked.id
   from unnest($2::text[], $3::bigint[]) as linked(uri, id)
   on conflict do nothing`,
)

/** Gives a status links to exactly these collections. */
export async function setTaggedCollections(
  db: Db,
  statusId: string,
  tagged: readonly TaggedCollection[],
): Promise<void> {
  await set(db, [statusId, tagged.map((one) => one.uri), tagged.map((one) => one.collectionId)])
}

const link = statement<never>(
  'tagged_objects_link',
  `update tagged_objects tagged set object_type = 'Collection', object_id = $3, updated_at = now()
   where status_id = $1 and uri = $2 and not exists (
     select from tagged_objects other
     where other.status_id = $1 and other.object_type = 'Collection' and other.object_id = $3)`,
)

/** Fills a link of a status with the collection it leads to, known now. */
export async function linkTaggedCollection(
  db: Db,
  statusId: string,
  uri: string,
  collectionId: string,
): Promise<void> {
  await link(db, [statusId, uri, collectionId])
}
