import type { Db } from '../connection.ts'
import { type PagedStatement, pagedStatement, type Window } from '../pagination.ts'
import type { FollowRow } from '../rows.gen.ts'
import { followColumns } from '../rows.gen.ts'
import { columns, statement } from '../statement.ts'

const insert = statement<{ id: string }>(
  'account_domain_block_insert',
  `insert into account_domain_blocks (account_id, domain) values ($1, $2)
   on conflict (account_id, domain) do nothing returning id`,
)

/** Hides a server from an account; false when it was hidden. */
export async function insertDomainBlock(db: Db, accountId: string, domain: string): Promise<boolean> {
  return (await insert(db, [accountId, domain])).length > 0
}

const remove = statement<{ id: string }>(
  'account_domain_block_delete',
  'delete from account_domain_blocks where account_id = $1 and domain = $2 returning id',
)

export async function deleteDomainBlock(db: Db, accountId: string, domain: string): Promise<boolean> {
  return (await remove(db, [accountId, domain])).length > 0
}

const exists = statement<{ found: boolean }>(
  'account_domain_block_exists',
  'select exists (select from account_domain_blocks where account_id = $1 and domain = $2) as found',
)

export async function isDomainHidden(db: Db, accountId: string, domain: string): Promise<boolean> {
  return (await exists(db, [accountId, domain]))[0]?.found ?? false
}

export interface DomainEntry {
  row_id: string
  domain: string
}

const page: PagedStatement<DomainEntry> = pagedStatement(
  'account_domain_block_page',
  (order) => `select id as row_id, domain from account_domain_blocks
   where account_id = $4 and id < $1 and id > $2 order by id ${order} limit $3`,
)

/** Lists the servers an account hides, newest first. */
export function domainBlockPage(db: Db, window: Window, accountId: string): Promise<DomainEntry[]> {
  return page(db, window, [accountId])
}

export interface DomainCounts {
  following_count: number
  followers_count: number
}

const counts = statement<DomainCounts>(
  'account_domain_block_preview',
  `select
     (select count(*)::int from follows f join accounts a on a.id = f.target_account_id
      where f.account_id = $1 and a.domain = $2) as following_count,
     (select count(*)::int from follows f join accounts a on a.id = f.account_id
      where f.target_account_id = $1 and a.domain = $2) as followers_count`,
)

/** How many follows in either direction hiding a server would cut. */
export async function countRelationsWithDomain(
  db: Db,
  accountId: string,
  domain: string,
): Promise<DomainCounts> {
  const [row] = await counts(db, [accountId, domain])
  return row as DomainCounts
}

const FOLLOW = columns(followColumns, 'f')

const withDomain = statement<FollowRow>(
  'account_domain_block_follows',
  `select ${FOLLOW} from follows f join accounts a on a.id = f.target_account_id
   where f.account_id = $1 and a.domain = $2
   union all
   select ${FOLLOW} from follows f join accounts a on a.id = f.account_id
   where f.target_account_id = $1 and a.domain = $2`,
)

/** The follows between an account and the accounts of a server, both ways. */
export function followsWithDomain(db: Db, accountId: string, domain: string): Promise<FollowRow[]> {
  return withDomain(db, [accountId, domain])
}

const requestsFrom = statement<{ account_id: string }>(
  'account_domain_block_requests',
  `select r.account_id from follow_requests r join accounts a on a.id = r.account_id
   where r.target_account_id = $1 and a.domain = $2`,
)

/** Who of a server asks to follow an account. */
export async function askersFromDomain(db: Db, accountId: string, domain: string): Promise<string[]> {
  return (await requestsFrom(db, [accountId, domain])).map((row) => row.account_id)
}
