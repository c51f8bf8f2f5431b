import type { Db } from '../connection.ts'
import { statement } from '../statement.ts'

/** What a search engine outside of the database is told of; `account_statuses` are all statuses of that account. */
export type SearchKind = 'accounts' | 'statuses' | 'tags' | 'instances'

export interface SearchChange {
  id: string
  kind: SearchKind | 'account_statuses'
  /** An id; for instances the domain. */
  record: string
}

const gathering = statement<{ on: boolean }>(
  'search_gathering',
  `select coalesce(bool_and(tgenabled <> 'D'), false) as on from pg_trigger where tgname like 'search\\_changes\\_%'`,
)

/** Whether changes are written to the log. */
export async function isGatheringSearchChanges(db: Db): Promise<boolean> {
  return (await gathering(db, []))[0]?.on === true
}

const watched = statement<{ on_table: string }>(
  'search_gather_tables',
  `select tgrelid::regclass::text as on_table from pg_trigger
   where tgname like 'search\\_changes\\_%' and (tgenabled <> 'D') <> $1::boolean group by tgrelid order by tgrelid`,
)
const gather = statement<never>('search_gather', 'select search_gather($1::regclass, $2)')

/**
 * Turns the log of changes on or off, table by table; what was done stays done when one of them is busy.
 *
 * @throws Error a table was in use for more than three seconds: 55P03
 */
export async function gatherSearchChanges(db: Db, wanted: boolean): Promise<void> {
  for (const { on_table } of await watched(db, [wanted])) await gather(db, [on_table, wanted])
}

const read = statement<SearchChange>(
  'search_changes_read',
  'select id, kind, record from search_changes order by id limit $1',
)

/** The oldest changes that nobody was told of yet. */
export async function readSearchChanges(db: Db, limit: number): Promise<SearchChange[]> {
  return read(db, [limit])
}

const forget = statement<never>(
  'search_changes_delete',
  'delete from search_changes where id = any($1::bigint[])',
)

export async function deleteSearchChanges(db: Db, ids: readonly string[]): Promise<void> {
  await forget(db, [ids])
}

const forgetAll = statement<never>('search_changes_clear', 'delete from search_changes')

export async function clearSearchChanges(db: Db): Promise<void> {
  await forgetAll(db, [])
}

const expand = statement<never>(
  'search_changes_expand',
  `insert into search_changes (kind, record)
   select 'statuses', s.id from statuses s where s.account_id = any($1::bigint[]) and s.visibility = 0
     and s.reblog_of_id is null and s.deleted_at is null`,
)

/** Notes every public status of these accounts as changed: what their wish to be found says something about. */
export async function noteStatusesOfAccounts(db: Db, accountIds: readonly string[]): Promise<void> {
  await expand(db, [accountIds])
}

const count = statement<{ count: string }>(
  'search_changes_count',
  'select count(*) as count from search_changes',
)

/** How many changes wait. */
export async function countSearchChanges(db: Db): Promise<number> {
  return Number((await count(db, []))[0]?.count)
}
