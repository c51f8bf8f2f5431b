import type { Db } from '../connection.ts'
import { INSTANCE_ACTOR_ID } from '../enums.ts'
import { type Statement, statement } from '../statement.ts'

/** What one index is filled from. */
export type SearchSource = 'accounts' | 'statuses' | 'public_statuses' | 'tags' | 'instances'

interface Source {
  /** A table as `x`, with its conditions. */
  from: string
  key: string
  type: string
  /** Less than every key. */
  first: string
  /** What is asked of the rows of one batch alone, as it is dear; more columns of them for it. */
  wanted?: string
  columns?: string
}

const SOURCES: Record<SearchSource, Source> = {
  accounts: {
    from: `accounts x where x.suspended_at is null and x.moved_to_account_id is null and x.id <> ${INSTANCE_ACTOR_ID}`,
    key: 'x.id',
    type: 'bigint',
    first: '-9223372036854775808',
  },
  // Those that somebody of ours wrote, was mentioned in or touched.
  statuses: {
    from: 'statuses x where x.deleted_at is null and x.reblog_of_id is null',
    key: 'x.id',
    type: 'bigint',
    first: '0',
    columns: ', x.account_id, x.poll_id',
    wanted: `exists (select from accounts a where a.id = batch.account_id and a.domain is null)
     or exists (select from mentions t join accounts a on a.id = t.account_id and a.domain is null
       where t.status_id = batch.key and not t.silent)
     or exists (select from favourites t join accounts a on a.id = t.account_id and a.domain is null
       where t.status_id = batch.key)
     or exists (select from bookmarks t where t.status_id = batch.key)
     or exists (select from statuses t join accounts a on a.id = t.account_id and a.domain is null
       where t.reblog_of_id = batch.key and t.deleted_at is null)
     or exists (select from poll_votes t join accounts a on a.id = t.account_id and a.domain is null
       where t.poll_id = batch.poll_id)`,
  },
  public_statuses: {
    from: 'statuses x where x.deleted_at is null and x.reblog_of_id is null and x.visibility = 0',
    key: 'x.id',
    type: 'bigint',
    first: '0',
    columns: ', x.account_id',
    wanted:
      'exists (select from accounts a where a.id = batch.account_id and a.indexable and a.suspended_at is null)',
  },
  tags: { from: 'tags x where x.listable is not false', key: 'x.id', type: 'bigint', first: '0' },
  instances: {
    from: '(select distinct domain from accounts where domain is not null) x where true',
    key: 'x.domain',
    type: 'text',
    first: '',
  },
}

const nextOf = ({ from, key, type, wanted = 'true', columns = '' }: Source) =>
  `select batch.key, ${wanted} as is_wanted from (
     select ${key} as key${columns} from ${from} and ${key} > $1::${type} order by ${key} limit $2) batch
   order by batch.key`
const countOf = ({ from, key, type }: Source) =>
  `select count(*) as count from ${from} and ${key} > $1::${type}`

const next: Record<SearchSource, Statement<{ key: string; is_wanted: boolean }>> = {
  accounts: statement('search_import_next_accounts', nextOf(SOURCES.accounts)),
  statuses: statement('search_import_next_statuses', nextOf(SOURCES.statuses)),
  public_statuses: statement('search_import_next_public_statuses', nextOf(SOURCES.public_statuses)),
  tags: statement('search_import_next_tags', nextOf(SOURCES.tags)),
  instances: statement('search_import_next_instances', nextOf(SOURCES.instances)),
}
const counts: Record<SearchSource, Statement<{ count: string }>> = {
  accounts: statement('search_import_count_accounts', countOf(SOURCES.accounts)),
  statuses: statement('search_import_count_statuses', countOf(SOURCES.statuses)),
  public_statuses: statement('search_import_count_public_statuses', countOf(SOURCES.public_statuses)),
  tags: statement('search_import_count_tags', countOf(SOURCES.tags)),
  instances: statement('search_import_count_instances', countOf(SOURCES.instances)),
}

/** Some of what an index is filled with. */
export interface SearchBatch {
  /** Ids (domains, for instances) in ascending order. */
  ids: string[]
  /** Up to where was looked; null at the end. */
  last: string | null
  /** How many were looked at. */
  seen: number
}

/**
 * Looks at the next `limit` rows that an index may be filled with, in the order of their ids, and says which are wanted.
 *
 * @param after where the last batch ended; null from the beginning
 */
export async function nextSearchIds(
  db: Db,
  source: SearchSource,
  after: string | null,
  limit: number,
): Promise<SearchBatch> {
  const rows = await next[source](db, [after ?? SOURCES[source].first, limit])
  return {
    ids: rows.filter((row) => row.is_wanted).map((row) => row.key),
    last: rows.at(-1)?.key ?? null,
    seen: rows.length,
  }
}

/** How many are to be looked at after this one. Reads all of them. */
export async function countSearchIds(db: Db, source: SearchSource, after: string | null): Promise<number> {
  return Number((await counts[source](db, [after ?? SOURCES[source].first]))[0]?.count)
}
