import type { Db } from '../connection.ts'
import { type AccountRow, accountColumns } from '../rows.gen.ts'
import { columns, statement } from '../statement.ts'

/** What operators do with many accounts at once. */

const ACCOUNT = columns(accountColumns, 'a')

const idle = statement<AccountRow>(
  'account_upkeep.idle_remote',
  `select ${ACCOUNT} from accounts a
   where a.domain is not null and a.id > $1 and a.suspended_at is null and a.uri <> ''
     and ($2::text[] is null or a.domain = any($2))
     and a.updated_at < $3 and coalesce(a.last_webfingered_at, a.created_at) < $3
   order by a.id limit $4`,
)

/** Remote accounts that nobody heard of since a time, in the order of their ids, after one of them. */
export async function idleRemoteAccounts(
  db: Db,
  query: { afterId: string; domains: readonly string[] | null; before: Date; limit: number },
): Promise<AccountRow[]> {
  return idle(db, [query.afterId, query.domains, query.before, query.limit])
}

const remote = statement<{ id: string }>(
  'account_upkeep.remote_ids',
  `select a.id from accounts a where a.domain is not null and a.suspended_at is null
     and ($1::text is null or a.domain = $1) order by a.id`,
)

/** Ids of remote accounts, of one server or of all. */
export async function remoteAccountIds(db: Db, domain: string | null): Promise<string[]> {
  return (await remote(db, [domain])).map((row) => row.id)
}

const unused = statement<AccountRow>(
  'account_upkeep.unused_remote',
  `select ${ACCOUNT} from accounts a
   where a.domain is not null and a.id > $1 and coalesce(a.actor_type, '') not in ('Application', 'Service')
     and not exists (select from statuses s where s.account_id = a.id)
     and not exists (select from mentions m where m.account_id = a.id)
     and not exists (select from favourites f where f.account_id = a.id)
     and not exists (select from follows f where f.account_id = a.id or f.target_account_id = a.id)
     and not exists (select from follow_requests r where r.account_id = a.id or r.target_account_id = a.id)
     and not exists (select from blocks b where b.account_id = a.id or b.target_account_id = a.id)
     and not exists (select from mutes m where m.target_account_id = a.id)
     and not exists (select from reports r where r.account_id = a.id or r.target_account_id = a.id)
     and not exists (select from collections c where c.account_id = a.id)
     and not exists (select from collection_items c where c.account_id = a.id)
   order by a.id limit $2`,
)

/** Remote accounts with which nobody here has anything to do, in the order of their ids, after one of them. */
export async function unusedRemoteAccounts(db: Db, afterId: string, limit: number): Promise<AccountRow[]> {
  return unused(db, [afterId, limit])
}

const duplicates = statement<{ ids: string[] }>(
  'account_upkeep.duplicates',
  `select array_agg(id::text order by updated_at desc, id) as ids from accounts
   where domain is not null and uri <> '' group by uri having count(*) > 1`,
)

/** Ids of remote accounts that share an actor, the latest seen first. */
export async function duplicateAccounts(db: Db): Promise<string[][]> {
  return (await duplicates(db, [])).map((row) => row.ids)
}

const followersOf = statement<{ id: string }>(
  'account_upkeep.local_followers',
  `select f.account_id as id from follows f join accounts a on a.id = f.account_id and a.domain is null
   where f.target_account_id = $1
   union
   select r.account_id from follow_requests r join accounts a on a.id = r.account_id and a.domain is null
   where r.target_account_id = $1`,
)

/** People of ours who follow an account, or ask to. */
export async function localFollowerIds(db: Db, accountId: string): Promise<string[]> {
  return (await followersOf(db, [accountId])).map((row) => row.id)
}

const ties = statement<{ id: string }>(
  'account_upkeep.ties',
  `select target_account_id as id from follows where account_id = $1 and $2
   union all select target_account_id from follow_requests where account_id = $1 and $2
   union all select account_id from follows where target_account_id = $1 and not $2`,
)

/** Whom an account follows or asks to, or who follows it. */
export async function tiedAccountIds(
  db: Db,
  accountId: string,
  direction: 'follows' | 'followers',
): Promise<string[]> {
  return (await ties(db, [accountId, direction === 'follows'])).map((row) => row.id)
}

/** Whose: a table, the column, and what together with it may be there only once. */
const OWNED: readonly [table: string, column: string, beside: string | null][] = [
  ['statuses', 'account_id', null],
  ['statuses', 'in_reply_to_account_id', null],
  ['media_attachments', 'account_id', null],
  ['polls', 'account_id', null],
  ['poll_votes', 'account_id', null],
  ['reports', 'account_id', null],
  ['reports', 'target_account_id', null],
  ['tombstones', 'account_id', null],
  ['quotes', 'account_id', null],
  ['quotes', 'quoted_account_id', null],
  ['collections', 'account_id', null],
  ['account_moderation_notes', 'target_account_id', null],
  ['account_warnings', 'target_account_id', null],
  ['notifications', 'from_account_id', null],
  ['status_pins', 'account_id', 'status_id'],
  ['favourites', 'account_id', 'status_id'],
  ['status_reactions', 'account_id', 'status_id'],
  ['mentions', 'account_id', 'status_id'],
  ['collection_items', 'account_id', 'collection_id'],
  ['list_accounts', 'account_id', 'list_id'],
  ['follows', 'account_id', 'target_account_id'],
  ['follows', 'target_account_id', 'account_id'],
  ['follow_requests', 'account_id', 'target_account_id'],
  ['follow_requests', 'target_account_id', 'account_id'],
  ['blocks', 'account_id', 'target_account_id'],
  ['blocks', 'target_account_id', 'account_id'],
  ['mutes', 'target_account_id', 'account_id'],
  ['account_notes', 'target_account_id', 'account_id'],
  ['account_pins', 'target_account_id', 'account_id'],
]

const moves = OWNED.map(([table, column, beside]) =>
  statement<never>(
    `account_upkeep.move_${table}_${column}`,
    beside === null
      ? `update ${table} set ${column} = $2 where ${column} = $1`
      : `update ${table} moved set ${column} = $2
         where moved.${column} = $1 and moved.${beside} <> $2 and not exists (
           select from ${table} other where other.${column} = $2 and other.${beside} = moved.${beside})`,
  ),
)

/** Gives all that belongs to one account to another, as far as the other has no such thing. A statement a table. */
export async function moveBelongings(db: Db, fromId: string, toId: string): Promise<void> {
  for (const move of moves) await move(db, [fromId, toId])
}
