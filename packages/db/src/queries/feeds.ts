import type { Db } from '../connection.ts'
import { pagedStatement, type Window } from '../pagination.ts'
import type { StatusRow } from '../rows.gen.ts'
import { statement } from '../statement.ts'
import { byColumn } from '../to-map.ts'

/** A status with everybody it involves, for the filter of home feeds. */
export type HomeStatusRow = Pick<
  StatusRow,
  | 'id'
  | 'account_id'
  | 'in_reply_to_id'
  | 'in_reply_to_account_id'
  | 'language'
  | 'reblog_of_id'
  | 'reply'
  | 'visibility'
> & {
  author_domain: string | null
  /** Null for what is no reblog, and for a reblog of something deleted. */
  reblogged_account_id: string | null
  reblogged_domain: string | null
  /** Accounts named by the status or by what it reblogs. */
  mentioned_ids: string[]
  tag_ids: string[]
  /** The author is on somebody's list. */
  is_listed: boolean
}

const byIds = statement<HomeStatusRow>(
  'home_statuses_by_ids',
  `select s.id, s.account_id, s.in_reply_to_id, s.in_reply_to_account_id, s.language, s.reblog_of_id, s.reply,
     s.visibility, a.domain as author_domain, r.account_id as reblogged_account_id, ra.domain as reblogged_domain,
     array(select m.account_id::text from mentions m
       where m.status_id in (s.id, s.reblog_of_id) and not m.silent) as mentioned_ids,
     array(select t.tag_id::text from statuses_tags t where t.status_id = s.id) as tag_ids,
     exists (select from list_accounts l where l.account_id = s.account_id) as is_listed
   from statuses s
   join accounts a on a.id = s.account_id and a.suspended_at is null
   left join statuses r on r.id = s.reblog_of_id and r.deleted_at is null
   left join accounts ra on ra.id = r.account_id and ra.suspended_at is null
   where s.id = any($1::bigint[]) and s.deleted_at is null`,
)

/** Statuses by id with whom they involve; deleted ones and those of suspended accounts are absent. */
export async function homeStatusesByIds(db: Db, ids: readonly string[]): Promise<Map<string, HomeStatusRow>> {
  return ids.length === 0 ? new Map() : byColumn(await byIds(db, [ids]), 'id')
}

export interface HomeTieRow {
  kind:
    | 'following'
    | 'blocking'
    | 'muting'
    | 'blocked_by'
    | 'domain_blocking'
    | 'exclusive'
    | 'tag'
    | 'all_reblogs'
  /** Whose home feed. */
  account_id: string
  /** The other account, the domain or the tag; empty for a wish of the owner. */
  other: string
  show_reblogs: boolean | null
  languages: string[] | null
}

const ties = statement<HomeTieRow>(
  'home_ties',
  `select 'following' as kind, account_id, target_account_id::text as other, show_reblogs, languages from follows
     where account_id = any($1::bigint[]) and target_account_id = any($2::bigint[])
   union all
   select 'blocking', account_id, target_account_id::text, null, null from blocks
     where account_id = any($1::bigint[]) and target_account_id = any($2::bigint[])
   union all
   select 'muting', account_id, target_account_id::text, null, null from mutes
     where account_id = any($1::bigint[]) and target_account_id = any($2::bigint[])
       and (expires_at is null or expires_at > $4)
   union all
   select 'blocked_by', target_account_id, account_id::text, null, null from blocks
     where target_account_id = any($1::bigint[]) and account_id = any($2::bigint[])
   union all
   select 'domain_blocking', account_id, domain, null, null from account_domain_blocks
     where account_id = any($1::bigint[]) and domain = any($3::text[])
   union all
   select 'exclusive', l.account_id, m.account_id::text, null, null from lists l
     join list_accounts m on m.list_id = l.id and m.account_id = any($2::bigint[])
     where l.account_id = any($1::bigint[]) and l.exclusive
   union all
   select 'tag', account_id, tag_id::text, null, null from tag_follows
     where account_id = any($1::bigint[]) and tag_id = any($5::bigint[])
   union all
   select 'all_reblogs', account_id, '', null, null from users
     where account_id = any($1::bigint[]) and settings like '%"aggregate_reblogs":false%'`,
)

/** All that ties owners of home feeds to the accounts, servers and hashtags that statuses involve; one statement. */
export async function homeTies(
  db: Db,
  ownerIds: readonly string[],
  involved: {
    accountIds: readonly string[]
    domains: readonly string[]
    tagIds: readonly string[]
    now: Date
  },
): Promise<HomeTieRow[]> {
  if (ownerIds.length === 0) return []
  return ties(db, [ownerIds, involved.accountIds, involved.domains, involved.now, involved.tagIds])
}

export interface RecipientRow {
  /** Where the next batch begins. */
  cursor: string
  account_id: string
}

const followers = statement<RecipientRow>(
  'local_followers',
  `select f.id as cursor, f.account_id from follows f
   join accounts a on a.id = f.account_id and a.domain is null
   where f.target_account_id = any($1::bigint[]) and f.id > $2 order by f.id limit $3`,
)

/** One batch of the local followers of these accounts, oldest follow first. */
export async function localFollowers(
  db: Db,
  targetIds: readonly string[],
  after: string,
  limit: number,
): Promise<RecipientRow[]> {
  return followers(db, [targetIds, after, limit])
}

const addressed = statement<RecipientRow>(
  'addressed_local_followers',
  `select m.id as cursor, m.account_id from mentions m
   join accounts a on a.id = m.account_id and a.domain is null
   join follows f on f.account_id = m.account_id and f.target_account_id = $3
   where m.status_id = $1 and m.id > $2 order by m.id limit $4`,
)

/** One batch of those of our people whom a status addresses, named or silently, and who follow its author. */
export async function addressedLocalFollowers(
  db: Db,
  status: Pick<StatusRow, 'id' | 'account_id'>,
  after: string,
  limit: number,
): Promise<RecipientRow[]> {
  return addressed(db, [status.id, after, status.account_id, limit])
}

const tagFollowers = statement<RecipientRow>(
  'local_tag_followers',
  `select id as cursor, account_id from tag_follows
   where tag_id = any($1::bigint[]) and id > $2 order by id limit $3`,
)

/** One batch of the followers of hashtags. */
export async function localTagFollowers(
  db: Db,
  tagIds: readonly string[],
  after: string,
  limit: number,
): Promise<RecipientRow[]> {
  return tagFollowers(db, [tagIds, after, limit])
}

/**
 * The text of a page of what some accounts wrote, newest first: `$1` to `$3` as of every page.
 *
 * NOTE: The sample of three of each account bounds how far back the page can reach, so that no account is read deeper
 * than needed: somebody who follows thousands must not cost thousands of pages.
 *
 * @param parts.sources a query of `account_id`
 * @param parts.eligible which statuses `s` count
 * @param parts.more further ids, as `union select …`
 */
export function newestOfSources(
  order: 'asc' | 'desc',
  parts: { sources: string; eligible: string; more?: string },
): string {
  const beyond = order === 'desc' ? '>=' : '<='
  const outermost = order === 'desc' ? 'min' : 'max'
  return `
  with sources as (${parts.sources}),
  sample as (
    select r.id from sources
    cross join lateral (
      select s.id from statuses s
      where s.account_id = sources.account_id and ${parts.eligible} and s.id < $1 and s.id > $2
      order by s.id ${order} limit 3
    ) r order by r.id ${order} limit $3
  ),
  bound as (select case when count(*) = $3 then ${outermost}(id) end as id from sample)
  select found.id from (
    select r.id from sources cross join bound
    cross join lateral (
      select s.id from statuses s
      where s.account_id = sources.account_id and ${parts.eligible} and s.id < $1 and s.id > $2
        and s.id ${beyond} coalesce(bound.id, ${order === 'desc' ? '$2' : '$1'})
      order by s.id ${order} limit $3
    ) r
    ${parts.more ?? ''}
  ) found
  order by found.id ${order} limit $3`
}

const SOURCES = `
  select target_account_id as account_id from follows where account_id = $4
  union select $4::bigint`
/** Public, unlisted and private statuses reach followers; one's own reach oneself whatever their visibility. */
const ELIGIBLE = `s.deleted_at is null and (s.visibility <= 2 or s.account_id = $4)`
/** Of each followed hashtag the newest, by a walk of its own along the index. */
const taggedPages = (order: 'asc' | 'desc') => `
  select page.id from tag_follows f
  cross join lateral (
    select st.status_id as id from statuses_tags st
    join statuses s on s.id = st.status_id
    where st.tag_id = f.tag_id and st.status_id < $1 and st.status_id > $2
      and s.visibility = 0 and s.reblog_of_id is null and s.deleted_at is null
    order by st.status_id ${order} limit $3
  ) page
  where f.account_id = $4`

const candidates = pagedStatement<{ id: string }>('home_candidates', (order) =>
  newestOfSources(order, { sources: SOURCES, eligible: ELIGIBLE, more: `union ${taggedPages(order)}` }),
)

/**
 * Ids that may stand in a home feed: one's own, those of followed accounts and with followed hashtags, newest first;
 * not judged yet. One statement.
 */
export async function homeCandidates(db: Db, accountId: string, window: Window): Promise<string[]> {
  return (await candidates(db, window, [accountId])).map((row) => row.id)
}

const newestOf = statement<{ id: string }>(
  'newest_statuses_for_followers',
  `select id from statuses where account_id = $1 and deleted_at is null and visibility <= 2
   order by id desc limit $2`,
)

/** The newest statuses of an account that its followers see, newest first. */
export async function newestForFollowers(db: Db, accountId: string, limit: number): Promise<string[]> {
  return (await newestOf(db, [accountId, limit])).map((row) => row.id)
}

export interface FeedEntryRow {
  id: string
  reblog_of_id: string | null
}

const writtenBy = statement<FeedEntryRow>(
  'statuses_among_written_by',
  `select id, reblog_of_id from statuses where id = any($1::bigint[]) and account_id = $2`,
)

/** Those of the statuses that an account wrote or reblogged itself, deleted ones included. */
export async function writtenAmong(
  db: Db,
  ids: readonly string[],
  accountId: string,
): Promise<FeedEntryRow[]> {
  return ids.length === 0 ? [] : writtenBy(db, [ids, accountId])
}

const involving = statement<FeedEntryRow>(
  'statuses_among_involving',
  `select s.id, s.reblog_of_id from statuses s
   left join statuses r on r.id = s.reblog_of_id
   where s.id = any($1::bigint[]) and (
     s.account_id = $2 or r.account_id = $2
     or exists (select 1 from mentions m
       where m.status_id in (s.id, s.reblog_of_id) and m.account_id = $2 and not m.silent))`,
)

/** Those of the statuses that an account wrote, is reblogged in or is named in. */
export async function involvingAmong(
  db: Db,
  ids: readonly string[],
  accountId: string,
): Promise<FeedEntryRow[]> {
  return ids.length === 0 ? [] : involving(db, [ids, accountId])
}

const reblogsOf = statement<{ id: string; account_id: string }>(
  'reblogs_of_status',
  `select id, account_id from statuses where reblog_of_id = $1 order by id desc limit $2`,
)

/** The newest reblogs of a status, deleted ones included. */
export async function reblogsOfStatus(
  db: Db,
  statusId: string,
  limit: number,
): Promise<{ id: string; account_id: string }[]> {
  return reblogsOf(db, [statusId, limit])
}
