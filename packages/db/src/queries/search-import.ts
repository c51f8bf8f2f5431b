import type { Db } from '../connection.ts'
import { INSTANCE_ACTOR_ID } from '../enums.ts'
import { type Statement, statement } from '../statement.ts'

/** What one index is filled from. */
export type SearchSource = 'accounts' | 'statuses' | 'public_statuses' | 'tags' | 'instances'

const SOURCES: Record<SearchSource, { from: string; key: string; type: string; first: string }> = {
  accounts: {
    from: `accounts x where x.suspended_at is null and x.moved_to_account_id is null and x.id <> ${INSTANCE_ACTOR_ID}`,
    key: 'x.id',
    type: 'bigint',
    first: '-9223372036854775808',
  },
  // Those that somebody of ours wrote, was mentioned in or touched.
  statuses: {
    from: `statuses x where x.deleted_at is null and x.reblog_of_id is null and (
        exists (select from accounts a where a.id = x.account_id and a.domain is null)
        or exists (select from mentions t join accounts a on a.id = t.account_id and a.domain is null
          where t.status_id = x.id and not t.silent)
        or exists (select from favourites t join accounts a on a.id = t.account_id and a.domain is null
          where t.status_id = x.id)
        or exists (select from bookmarks t where t.status_id = x.id)
        or exists (select from statuses t join accounts a on a.id = t.account_id and a.domain is null
          where t.reblog_of_id = x.id and t.deleted_at is null)
        or exists (select from poll_votes t join accounts a on a.id = t.account_id and a.domain is null
          where t.poll_id = x.poll_id))`,
    key: 'x.id',
    type: 'bigint',
    first: '0',
  },
  public_statuses: {
    from: `statuses x where x.deleted_at is null and x.reblog_of_id is null and x.visibility = 0
      and exists (select from accounts a where a.id = x.account_id and a.indexable and a.suspended_at is null)`,
    key: 'x.id',
    type: 'bigint',
    first: '0',
  },
  tags: { from: 'tags x where x.listable is not false', key: 'x.id', type: 'bigint', first: '0' },
  instances: {
    from: '(select distinct domain from accounts where domain is not null) x where true',
    key: 'x.domain',
    type: 'text',
    first: '',
  },
}

const names = Object.keys(SOURCES) as SearchSource[]

const next = perSource<{ key: string }>(
  'search_import_next',
  ({ from, key, type }) =>
    `select ${key} as key from ${from} and ${key} > $1::${type} order by ${key} limit $2`,
)
const counts = perSource<{ count: string }>(
  'search_import_count',
  ({ from, key, type }) => `select count(*) as count from ${from} and ${key} > $1::${type}`,
)

function perSource<Row>(
  label: string,
  text: (source: (typeof SOURCES)[SearchSource]) => string,
): Record<SearchSource, Statement<Row>> {
  return Object.fromEntries(
    names.map((name) => [name, statement<Row>(`${label}_${name}`, text(SOURCES[name]))]),
  ) as Record<SearchSource, Statement<Row>>
}

/**
 * The next ids (domains, for instances) of what an index is filled with, in ascending order.
 *
 * @param after the last one had; null from the beginning
 */
export async function nextSearchIds(
  db: Db,
  source: SearchSource,
  after: string | null,
  limit: number,
): Promise<string[]> {
  const rows = await next[source](db, [after ?? SOURCES[source].first, limit])
  return rows.map((row) => row.key)
}

/** How many are to come after this one. Reads all of them. */
export async function countSearchIds(db: Db, source: SearchSource, after: string | null): Promise<number> {
  return Number((await counts[source](db, [after ?? SOURCES[source].first]))[0]?.count)
}
