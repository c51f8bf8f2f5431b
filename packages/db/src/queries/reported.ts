import type { Db } from '../connection.ts'
import type { CollectionRow, StatusRow } from '../rows.gen.ts'
import { statement } from '../statement.ts'

export type ReportedStatus = Pick<StatusRow, 'id' | 'local' | 'uri' | 'url' | 'reblog_of_id'>
export type ReportedCollection = Pick<CollectionRow, 'id' | 'account_id' | 'local' | 'uri' | 'url'>

const statuses = statement<ReportedStatus>(
  'reported.statuses',
  'select id, local, uri, url, reblog_of_id from statuses where id = any($1::bigint[]) order by id',
)
const collections = statement<ReportedCollection>(
  'reported.collections',
  'select id, account_id, local, uri, url from collections where id = any($1::bigint[]) order by id',
)

/** What the addresses of reported statuses and collections are made of; deleted statuses included. */
export async function reportedUris(
  db: Db,
  statusIds: readonly string[],
  collectionIds: readonly string[],
): Promise<{ statuses: ReportedStatus[]; collections: ReportedCollection[] }> {
  return {
    statuses: statusIds.length === 0 ? [] : await statuses(db, [statusIds]),
    collections: collectionIds.length === 0 ? [] : await collections(db, [collectionIds]),
  }
}
