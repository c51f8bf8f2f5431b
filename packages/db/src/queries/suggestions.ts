import type { Db } from '../connection.ts'
import { statement } from '../statement.ts'

export interface SuggestionRow {
  id: string
  sources: string[]
}

/**
 * SQL saying that $1 may be recommended alias `a`: it wants to be found, is in good standing, and nothing stands
 * between the two yet.
 */
const SUGGESTABLE = `a.discoverable and a.suspended_at is null and a.silenced_at is null and not a.memorial
     and a.moved_to_account_id is null and a.id <> $1 and a.id > 0 and a.actor_type is distinct from 'Application'
     and (a.domain is not null or exists (
       select from users u where u.account_id = a.id and u.approved and u.confirmed_at is not null))
     and not exists (select from follows f where f.account_id = $1 and f.target_account_id = a.id)
     and not exists (select from follow_requests r where r.account_id = $1 and r.target_account_id = a.id)
     and not exists (select from blocks b where b.account_id = $1 and b.target_account_id = a.id)
     and not exists (select from blocks b where b.account_id = a.id and b.target_account_id = $1)
     and not exists (select from mutes m where m.account_id = $1 and m.target_account_id = a.id
       and (m.expires_at is null or m.expires_at > now()))
     and not exists (select from account_domain_blocks d where d.account_id = $1 and d.domain = a.domain)
     and not exists (select from follow_recommendation_mutes frm
       where frm.account_id = $1 and frm.target_account_id = a.id)`

const featured = statement<{ id: string }>(
  'suggestions_featured',
  `select a.id from accounts a
   join unnest($2::text[], $3::text[]) as wanted (username, domain)
     on lower(a.username) = wanted.username and coalesce(lower(a.domain), '') = wanted.domain
   where ${SUGGESTABLE} limit $4`,
)

/** Those of the staff's choice that may be recommended. A local handle has the empty domain; all in lower case. */
export async function featuredSuggestions(
  db: Db,
  accountId: string,
  handles: readonly { username: string; domain: string }[],
  limit: number,
): Promise<string[]> {
  if (handles.length === 0) return []
  const rows = await featured(db, [
    accountId,
    handles.map((handle) => handle.username),
    handles.map((handle) => handle.domain),
    limit,
  ])
  return rows.map((row) => row.id)
}

/** Follows looked at for one person: beyond that a chance sample says the same. */
const FOLLOWS_EACH = 200
const FOLLOWED_AT_MOST = 500

const friends = statement<{ id: string }>(
  'suggestions_friends_of_friends',
  `with friends as (
     select f.target_account_id as id from follows f join accounts friend on friend.id = f.target_account_id
     where f.account_id = $1 and friend.hide_collections is not true
     order by f.id desc limit ${FOLLOWED_AT_MOST}
   ), followed as (
     select theirs.target_account_id as id, count(*) as frequency
     from friends cross join lateral (
       select f.target_account_id from follows f where f.account_id = friends.id
       order by f.id desc limit ${FOLLOWS_EACH}
     ) theirs
     group by theirs.target_account_id
   )
   select a.id from followed join accounts a on a.id = followed.id
   left join account_stats st on st.account_id = a.id
   where ${SUGGESTABLE}
   order by followed.frequency desc, coalesce(st.followers_count, 0), a.id limit $2`,
)

/** Whom those follow whom an account follows, the most shared and least known first. */
export async function friendsOfFriends(db: Db, accountId: string, limit: number): Promise<string[]> {
  return (await friends(db, [accountId, limit])).map((row) => row.id)
}

const RECENTLY_FOLLOWED = 5

const similar = statement<{ id: string }>(
  'suggestions_similar',
  `with recent as (
     select f.target_account_id as id from follows f where f.account_id = $1
     order by f.id desc limit ${RECENTLY_FOLLOWED}
   ), readers as (
     select distinct theirs.account_id as id from recent cross join lateral (
       select f.account_id from follows f join accounts reader on reader.id = f.account_id
       where f.target_account_id = recent.id and f.account_id <> $1 and reader.hide_collections is not true
       order by f.id desc limit ${FOLLOWS_EACH}
     ) theirs
   ), followed as (
     select theirs.target_account_id as id, count(*) as frequency
     from readers cross join lateral (
       select f.target_account_id from follows f where f.account_id = readers.id
       order by f.id desc limit ${FOLLOWS_EACH}
     ) theirs
     group by theirs.target_account_id having count(*) >= 2
   )
   select a.id from followed join accounts a on a.id = followed.id
   where ${SUGGESTABLE} order by followed.frequency desc, a.id limit $2`,
)

/** Whom those also follow who follow whom an account has lately begun to follow. */
export async function similarToFollowed(db: Db, accountId: string, limit: number): Promise<string[]> {
  return (await similar(db, [accountId, limit])).map((row) => row.id)
}

const global = statement<SuggestionRow>(
  'suggestions_global',
  `select a.id, found.reason as sources from global_follow_recommendations found
   join accounts a on a.id = found.account_id
   join account_summaries summary on summary.account_id = a.id and summary.language = any($2::text[])
   where ${SUGGESTABLE} order by found.rank desc, a.id limit $3`,
)

/** Whom many follow or answer, of those who write in these languages. */
export async function globalSuggestions(
  db: Db,
  accountId: string,
  languages: readonly string[],
  limit: number,
): Promise<SuggestionRow[]> {
  return global(db, [accountId, languages, limit])
}

const still = statement<{ id: string }>(
  'suggestions_still',
  `select a.id from accounts a where a.id = any($2::bigint[]) and ${SUGGESTABLE}`,
)

/** Those that may still be recommended. */
export async function stillSuggestable(
  db: Db,
  accountId: string,
  ids: readonly string[],
): Promise<Set<string>> {
  return new Set(ids.length === 0 ? [] : (await still(db, [accountId, ids])).map((row) => row.id))
}

const dismiss = statement<never>(
  'suggestions_dismiss',
  `insert into follow_recommendation_mutes (account_id, target_account_id, created_at, updated_at)
   select $1, id, now(), now() from accounts where id = $2 on conflict do nothing`,
)

/** Keeps an account out of the suggestions of another for good. */
export async function dismissSuggestionOf(db: Db, accountId: string, targetId: string): Promise<void> {
  await dismiss(db, [accountId, targetId])
}

const refreshSummaries = statement<never>(
  'suggestions_refresh_summaries',
  'refresh materialized view concurrently account_summaries',
)
const refreshGlobal = statement<never>(
  'suggestions_refresh_global',
  'refresh materialized view concurrently global_follow_recommendations',
)

/** Counts anew who is recommended to everybody. Reads go on meanwhile. */
export async function refreshRecommendations(db: Db): Promise<void> {
  await refreshSummaries(db, [])
  await refreshGlobal(db, [])
}
