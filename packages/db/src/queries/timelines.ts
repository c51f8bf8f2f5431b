import type { Db } from '../connection.ts'
import { type PagedStatement, pagedStatement, type Window } from '../pagination.ts'
import { statement } from '../statement.ts'
import { openToVisitors } from './visible.ts'

interface IdRow {
  id: string
}

/** Which half of the network: ours, the others', or both. */
export type Origin = 'all' | 'local' | 'remote'

/** Worded as the indexes of `statuses` are, so that they serve. */
const ORIGINS: Record<Origin, string> = {
  all: '',
  local: 'and (s.local or s.uri is null)',
  remote: 'and not (s.local or s.uri is null)',
}

/** Statuses by who does not speak in public: limited and suspended accounts. */
const HEARD = 'a.silenced_at is null and a.suspended_at is null'

/** What $4, the account that looks, keeps out of its sight, or may not see; of nobody's sight what is kept from visitors. */
const NOT_EXCLUDED = `(($4::bigint is null and ${openToVisitors('s')}) or ($4 is not null
     and not exists (select 1 from blocks b where b.account_id = $4 and b.target_account_id = s.account_id)
     and not exists (select 1 from blocks b where b.account_id = s.account_id and b.target_account_id = $4)
     and not exists (select 1 from mutes m where m.account_id = $4 and m.target_account_id = s.account_id
       and (m.expires_at is null or m.expires_at > now()))
     and not exists (select 1 from account_domain_blocks d where d.account_id = $4 and d.domain = a.domain)))`

const HAS_MEDIA = 'exists (select 1 from media_attachments m where m.status_id = s.id)'

const publicPages = Object.fromEntries(
  Object.entries(ORIGINS).map(([origin, condition]) => [
    origin,
    pagedStatement<IdRow>(
      `public_timeline_${origin}`,
      (order) => `
      select s.id from statuses s join accounts a on a.id = s.account_id and ${HEARD}
      where s.id < $1 and s.id > $2 and s.deleted_at is null and s.visibility = 0 and s.reblog_of_id is null
        and (not s.reply or s.in_reply_to_account_id = s.account_id) ${condition}
        and (not $5::boolean or ${HAS_MEDIA})
        and ($6::text[] is null or s.language is null or s.language = any($6::text[]))
        and ${NOT_EXCLUDED}
      order by s.id ${order} limit $3`,
    ),
  ]),
) as Record<Origin, PagedStatement<IdRow>>

export interface PublicQuery {
  origin: Origin
  viewerId: string | null
  onlyMedia: boolean
  /** Null is any. */
  languages: readonly string[] | null
}

/**
 * Public originals that answer nobody else, newest first, without what the viewer keeps out of sight. One statement; the
 * page is full as long as there is more.
 */
export async function publicTimeline(db: Db, window: Window, query: PublicQuery): Promise<string[]> {
  const rows = await publicPages[query.origin](db, window, [query.viewerId, query.onlyMedia, query.languages])
  return rows.map((row) => row.id)
}

const tagPages = Object.fromEntries(
  Object.entries(ORIGINS).map(([origin, condition]) => [
    origin,
    pagedStatement<IdRow>(
      `tag_timeline_${origin}`,
      (order) => `
      select found.id from (
        select distinct page.id from unnest($5::bigint[]) tag (id)
        cross join lateral (
          select s.id from statuses_tags st
          join statuses s on s.id = st.status_id
          join accounts a on a.id = s.account_id and ${HEARD}
          where st.tag_id = tag.id and st.status_id < $1 and st.status_id > $2
            and s.deleted_at is null and s.visibility = 0 and s.reblog_of_id is null ${condition}
            and not exists (select 1 from unnest($6::bigint[]) must (id) where not exists (
              select 1 from statuses_tags x where x.status_id = s.id and x.tag_id = must.id))
            and not exists (select 1 from statuses_tags x where x.status_id = s.id and x.tag_id = any($7::bigint[]))
            and (not $8::boolean or ${HAS_MEDIA})
            and ${NOT_EXCLUDED}
          order by st.status_id ${order} limit $3
        ) page
      ) found
      order by found.id ${order} limit $3`,
    ),
  ]),
) as Record<Origin, PagedStatement<IdRow>>

export interface TagQuery {
  origin: Origin
  viewerId: string | null
  onlyMedia: boolean
  /** Ids of tags: one of `any`, each of `all`, none of `none`. */
  any: readonly string[]
  all: readonly string[]
  none: readonly string[]
}

/** Public originals with hashtags, replies included, newest first. One statement. */
export async function tagTimeline(db: Db, window: Window, query: TagQuery): Promise<string[]> {
  const { viewerId, any, all, none, onlyMedia } = query
  const rows = await tagPages[query.origin](db, window, [viewerId, any, all, none, onlyMedia])
  return rows.map((row) => row.id)
}

/**
 * Of the statuses of $5, those that $4 may see: everyone what is public or unlisted, followers what is for them, the
 * addressed what names them, the author everything; nothing to whom the author blocks. Reblogs of people and servers
 * whom the viewer keeps out of sight are left out.
 */
const OF_ACCOUNT = `
  s.account_id = $5 and s.deleted_at is null and a.suspended_at is null
  and ($4::bigint = $5
    or (not exists (select 1 from blocks b where b.account_id = $5 and b.target_account_id = $4)
      and ((s.visibility <= 1 and ($4::bigint is not null or ${openToVisitors('s')}))
        or (s.visibility = 2 and exists (
          select 1 from follows f where f.account_id = $4 and f.target_account_id = $5))
        or exists (select 1 from mentions m where m.status_id = s.id and m.account_id = $4))))
  and (s.reblog_of_id is null or exists (
    select 1 from statuses r join accounts ra on ra.id = r.account_id and ra.suspended_at is null
    where r.id = s.reblog_of_id and r.deleted_at is null
      and ($4::bigint is not null or ${openToVisitors('r')})
      and ($4::bigint is null or $4 = $5 or not (
        exists (select 1 from blocks b where b.account_id = $4 and b.target_account_id = r.account_id)
        or exists (select 1 from blocks b where b.account_id = r.account_id and b.target_account_id = $4)
        or exists (select 1 from mutes m where m.account_id = $4 and m.target_account_id = r.account_id
          and (m.expires_at is null or m.expires_at > now()))
        or exists (select 1 from account_domain_blocks d where d.account_id = $4 and d.domain = ra.domain)))))
  and (not $6::boolean or ${HAS_MEDIA})
  and (not $7::boolean or not s.reply or s.in_reply_to_account_id = s.account_id)
  and (not $8::boolean or s.reblog_of_id is null)
  and (not $9::boolean or s.visibility <> 3)
  and ($10::bigint is null or exists (
    select 1 from statuses_tags st where st.status_id = s.id and st.tag_id = $10))`

const accountPages = pagedStatement<IdRow>(
  'account_statuses',
  (order) => `
  select s.id from statuses s join accounts a on a.id = s.account_id
  where s.id < $1 and s.id > $2 and ${OF_ACCOUNT}
  order by s.id ${order} limit $3`,
)

const pinned = statement<IdRow>(
  'account_pinned_statuses',
  `select s.id from status_pins p join statuses s on s.id = p.status_id join accounts a on a.id = s.account_id
   where p.account_id = $5 and s.id < $1 and s.id > $2 and ${OF_ACCOUNT}
   order by p.created_at desc, p.id desc limit $3`,
)

export interface AccountStatusesQuery {
  viewerId: string | null
  accountId: string
  onlyMedia: boolean
  excludeReplies: boolean
  excludeReblogs: boolean
  excludeDirect: boolean
  tagId: string | null
}

function accountValues(query: AccountStatusesQuery): unknown[] {
  return [
    query.viewerId,
    query.accountId,
    query.onlyMedia,
    query.excludeReplies,
    query.excludeReblogs,
    query.excludeDirect,
    query.tagId,
  ]
}

/** The statuses of an account that the viewer may see, newest first. One statement. */
export async function accountStatuses(
  db: Db,
  window: Window,
  query: AccountStatusesQuery,
): Promise<string[]> {
  return (await accountPages(db, window, accountValues(query))).map((row) => row.id)
}

/** The same of those it pinned, the last pinned first. */
export async function pinnedStatuses(db: Db, window: Window, query: AccountStatusesQuery): Promise<string[]> {
  if (window.limit <= 0) return []
  const bounds = [window.maxId ?? '9223372036854775807', window.minId ?? window.sinceId ?? '0', window.limit]
  return (await pinned(db, [...bounds, ...accountValues(query)])).map((row) => row.id)
}
