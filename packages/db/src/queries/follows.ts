import type { Db } from '../connection.ts'
import { type PagedStatement, pagedStatement } from '../pagination.ts'
import { type FollowRow, followColumns } from '../rows.gen.ts'
import { columns, statement } from '../statement.ts'

const FOLLOW = columns(followColumns)

const lock = statement<never>(
  'relation_lock_pair',
  `select pg_advisory_xact_lock(hashtextextended(
     'relation:' || least($1::bigint, $2::bigint) || ':' || greatest($1::bigint, $2::bigint), 0))`,
)

/** Waits for every other transaction that changes what two accounts are to each other; held until the end of ours. */
export async function lockPair(db: Db, accountId: string, otherAccountId: string): Promise<void> {
  await lock(db, [accountId, otherAccountId])
}

/** What two accounts are to each other, as far as following is concerned. */
export interface PairFacts {
  follow_id: string | null
  request_id: string | null
  blocking: boolean
  blocked_by: boolean
  /** The account hides the server of the target. */
  domain_blocking: boolean
  /** The target hides the server of the account. */
  domain_blocked_by: boolean
  following_count: string
  followers_count: string
}

const pairFactsStatement = statement<PairFacts>(
  'relation_pair_facts',
  `select
     (select id from follows where account_id = $1 and target_account_id = $2) as follow_id,
     (select id from follow_requests where account_id = $1 and target_account_id = $2) as request_id,
     exists (select from blocks where account_id = $1 and target_account_id = $2) as blocking,
     exists (select from blocks where account_id = $2 and target_account_id = $1) as blocked_by,
     exists (select from account_domain_blocks where account_id = $1 and domain = $4) as domain_blocking,
     exists (select from account_domain_blocks where account_id = $2 and domain = $3) as domain_blocked_by,
     coalesce((select following_count from account_stats where account_id = $1), 0) as following_count,
     coalesce((select followers_count from account_stats where account_id = $1), 0) as followers_count`,
)

/** Reads what `account` and `target` are to each other; the counters are those of `account`. */
export async function pairFacts(
  db: Db,
  account: { id: string; domain: string | null },
  target: { id: string; domain: string | null },
): Promise<PairFacts> {
  const [facts] = await pairFactsStatement(db, [account.id, target.id, account.domain, target.domain])
  return facts as PairFacts
}

const byPair = statement<FollowRow>(
  'follow_by_pair',
  `select ${FOLLOW} from follows where account_id = $1 and target_account_id = $2`,
)

export async function findFollow(db: Db, accountId: string, targetId: string): Promise<FollowRow | null> {
  return (await byPair(db, [accountId, targetId]))[0] ?? null
}

export interface NewFollow {
  accountId: string
  targetAccountId: string
  uri: string | null
  showReblogs: boolean
  notify: boolean
  languages: string[] | null
}

const insert = statement<FollowRow>(
  'follow_insert',
  `insert into follows (account_id, target_account_id, uri, show_reblogs, notify, languages)
   values ($1, $2, $3, $4, $5, $6) on conflict (account_id, target_account_id) do nothing returning ${FOLLOW}`,
)

/** Inserts a follow; null when it was there. Counters are the caller's. */
export async function insertFollow(db: Db, follow: NewFollow): Promise<FollowRow | null> {
  const [row] = await insert(db, [
    follow.accountId,
    follow.targetAccountId,
    follow.uri,
    follow.showReblogs,
    follow.notify,
    follow.languages,
  ])
  return row ?? null
}

/** Options that a repeated follow changes; undefined keeps what is stored. */
export interface FollowChange {
  showReblogs?: boolean | undefined
  notify?: boolean | undefined
  languages?: string[] | null | undefined
  uri?: string | null | undefined
}

const CHANGES = `show_reblogs = coalesce($2, show_reblogs), notify = coalesce($3, notify),
     languages = case when $4 then $5::text[] else languages end, uri = coalesce($6, uri), updated_at = now()`

export const FOLLOW_CHANGES = CHANGES

export function followChangeValues(id: string, change: FollowChange): unknown[] {
  return [
    id,
    change.showReblogs ?? null,
    change.notify ?? null,
    change.languages !== undefined,
    change.languages ?? null,
    change.uri ?? null,
  ]
}

const update = statement<FollowRow>(
  'follow_update',
  `update follows set ${CHANGES} where id = $1 returning ${FOLLOW}`,
)

export async function updateFollow(db: Db, id: string, change: FollowChange): Promise<FollowRow | null> {
  return (await update(db, followChangeValues(id, change)))[0] ?? null
}

const remove = statement<FollowRow>(
  'follow_delete',
  `delete from follows where account_id = $1 and target_account_id = $2 returning ${FOLLOW}`,
)

/** Deletes a follow and says what it was; null when there was none. Counters are the caller's. */
export async function deleteFollow(db: Db, accountId: string, targetId: string): Promise<FollowRow | null> {
  return (await remove(db, [accountId, targetId]))[0] ?? null
}

const otherLocalFollower = statement<{ found: boolean }>(
  'follow_other_local_follower',
  `select exists (
     select from follows f join accounts a on a.id = f.account_id and a.domain is null
     where f.target_account_id = $1 and f.account_id <> $2) as found`,
)

/** Whether somebody of ours besides `accountId` follows the target. */
export async function hasOtherLocalFollower(db: Db, targetId: string, accountId: string): Promise<boolean> {
  const [row] = await otherLocalFollower(db, [targetId, accountId])
  return row?.found ?? false
}

/** An account in a list of relations; the list is paged by the id of the relation. */
export interface RelationEntry {
  row_id: string
  account_id: string
}

/** Leaves out whom `$5` blocks or mutes and who blocks `$5`; nobody when it is null. */
const notExcluded = (accountId: string) => `($5::bigint is null or (
     not exists (select from blocks b where b.account_id = $5 and b.target_account_id = ${accountId})
     and not exists (select from blocks b where b.account_id = ${accountId} and b.target_account_id = $5)
     and not exists (select from mutes m where m.account_id = $5 and m.target_account_id = ${accountId}
                     and (m.expires_at is null or m.expires_at > now()))))`

const followers: PagedStatement<RelationEntry> = pagedStatement(
  'follower_page',
  (order) => `select f.id as row_id, f.account_id from follows f
   join accounts a on a.id = f.account_id and a.suspended_at is null
   where f.target_account_id = $4 and f.id < $1 and f.id > $2 and ${notExcluded('f.account_id')}
   order by f.id ${order} limit $3`,
)

const following: PagedStatement<RelationEntry> = pagedStatement(
  'following_page',
  (order) => `select f.id as row_id, f.target_account_id as account_id from follows f
   join accounts a on a.id = f.target_account_id and a.suspended_at is null
   where f.account_id = $4 and f.id < $1 and f.id > $2 and ${notExcluded('f.target_account_id')}
   order by f.id ${order} limit $3`,
)

/**
 * Lists who follows an account, newest follow first, suspended ones left out.
 *
 * @param viewerId whose blocks and mutes are applied; null for none
 */
export function followerPage(
  db: Db,
  window: Parameters<typeof followers>[1],
  accountId: string,
  viewerId: string | null,
): Promise<RelationEntry[]> {
  return followers(db, window, [accountId, viewerId])
}

/** Lists whom an account follows; otherwise as `followerPage`. */
export function followingPage(
  db: Db,
  window: Parameters<typeof following>[1],
  accountId: string,
  viewerId: string | null,
): Promise<RelationEntry[]> {
  return following(db, window, [accountId, viewerId])
}

const familiar = statement<{ target_account_id: string; account_id: string }>(
  'follow_familiar',
  `select f.target_account_id, f.account_id from follows mine
   join follows f on f.account_id = mine.target_account_id and f.target_account_id = any($2::bigint[])
   join accounts a on a.id = f.account_id and a.suspended_at is null and a.hide_collections is not true
   join accounts t on t.id = f.target_account_id and t.hide_collections is not true
   where mine.account_id = $1 order by f.id desc`,
)

/** Pairs of a target and a follower of it whom `accountId` follows; those who hide their follows are left out. */
export function familiarFollowers(
  db: Db,
  accountId: string,
  targetIds: readonly string[],
): Promise<{ target_account_id: string; account_id: string }[]> {
  return familiar(db, [accountId, targetIds])
}
