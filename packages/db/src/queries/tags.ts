import type { Db } from '../connection.ts'
import { pagedStatement, type Window } from '../pagination.ts'
import { type TagRow, tagColumns } from '../rows.gen.ts'
import { columns, statement } from '../statement.ts'

const TAG = columns(tagColumns)

const byName = statement<TagRow>('tag_by_name', `select ${TAG} from tags where lower(name) = lower($1)`)

/** Finds a tag by its normalised name. */
export async function tagByName(db: Db, name: string): Promise<TagRow | null> {
  return (await byName(db, [name]))[0] ?? null
}

const byNames = statement<TagRow>(
  'tags_by_names',
  `select ${TAG} from tags where lower(name) = any($1::text[])`,
)

/** Finds tags by their normalised names; missing ones are absent. */
export async function tagsByNames(db: Db, names: readonly string[]): Promise<TagRow[]> {
  return names.length === 0 ? [] : byNames(db, [names])
}

const insert = statement<TagRow>(
  'tags_insert',
  `with wanted as (select name, display_name from unnest($1::text[], $2::text[]) as w (name, display_name)),
   added as (
     insert into tags (name, display_name) select name, display_name from wanted order by name
     on conflict do nothing returning ${TAG})
   select ${TAG} from added
   union all
   select ${columns(tagColumns, 'tags')} from tags join wanted on lower(tags.name) = wanted.name`,
)

/** Finds tags, or makes them where they are new. One statement, two when another writer made one in this moment. */
export async function findOrInsertTags(
  db: Db,
  tags: readonly { name: string; displayName: string }[],
): Promise<TagRow[]> {
  if (tags.length === 0) return []
  const names = tags.map((tag) => tag.name)
  const found = await insert(db, [names, tags.map((tag) => tag.displayName)])
  return found.length === tags.length ? found : tagsByNames(db, names)
}

const setTags = statement<never>(
  'status_tags_set',
  `with gone as (delete from statuses_tags where status_id = $1 and tag_id <> all($2::bigint[]))
   insert into statuses_tags (status_id, tag_id) select $1, unnest($2::bigint[]) on conflict do nothing`,
)

/** Gives a status exactly these tags. */
export async function setStatusTags(db: Db, statusId: string, tagIds: readonly string[]): Promise<void> {
  await setTags(db, [statusId, tagIds])
}

const addFeatured = statement<never>(
  'featured_tags_count',
  `update featured_tags set statuses_count = greatest(statuses_count + $3, 0),
     last_status_at = greatest(last_status_at, $4::timestamptz), updated_at = now()
   where account_id = $1 and tag_id = any($2::bigint[])`,
)

/** Counts a status among those of its author's featured tags. */
export async function countFeaturedTags(
  db: Db,
  accountId: string,
  tagIds: readonly string[],
  by: number,
  lastStatusAt: Date | null,
): Promise<void> {
  if (tagIds.length > 0) await addFeatured(db, [accountId, tagIds, by, lastStatusAt])
}

const tagIdsOf = statement<{ tag_id: string }>(
  'status_tag_ids',
  'select tag_id from statuses_tags where status_id = $1',
)

export async function tagIdsOfStatus(db: Db, statusId: string): Promise<string[]> {
  return (await tagIdsOf(db, [statusId])).map((row) => row.tag_id)
}

const follow = statement<never>(
  'tag_follow_insert',
  'insert into tag_follows (account_id, tag_id) values ($1, $2) on conflict do nothing',
)

export async function insertTagFollow(db: Db, accountId: string, tagId: string): Promise<void> {
  await follow(db, [accountId, tagId])
}

const unfollow = statement<never>(
  'tag_follow_delete',
  'delete from tag_follows where account_id = $1 and tag_id = $2',
)

export async function deleteTagFollow(db: Db, accountId: string, tagId: string): Promise<void> {
  await unfollow(db, [accountId, tagId])
}

export interface FollowedTag {
  /** The row of the follow: the cursor of the list. */
  id: string
  tag_id: string
}

const followed = pagedStatement<FollowedTag>(
  'tag_follows_of_account',
  (order) => `select id, tag_id from tag_follows where account_id = $4 and id < $1 and id > $2
   order by id ${order} limit $3`,
)

/** The tags an account follows, newest follow first. */
export async function followedTags(db: Db, window: Window, accountId: string): Promise<FollowedTag[]> {
  return followed(db, window, [accountId])
}

export interface TagFacts extends TagRow {
  is_followed: boolean
  is_featured: boolean
}

const facts = statement<TagFacts>(
  'tag_facts_by_ids',
  `select ${columns(tagColumns, 'tag')},
     exists (select from tag_follows where account_id = $2 and tag_id = tag.id) as is_followed,
     exists (select from featured_tags where account_id = $2 and tag_id = tag.id) as is_featured
   from tags tag where tag.id = any($1::bigint[])`,
)

/** Tags and what an account does with them. Missing ids are absent. */
export async function tagFactsByIds(
  db: Db,
  ids: readonly string[],
  accountId: string | null,
): Promise<Map<string, TagFacts>> {
  if (ids.length === 0) return new Map()
  return new Map((await facts(db, [ids, accountId])).map((row) => [row.id, row]))
}

export interface TagUse {
  tag_id: string
  /** Days before today. */
  days_ago: number
  uses: number
  accounts: number
}

const history = statement<TagUse>(
  'tag_history',
  `select link.tag_id, ($2::date - (s.created_at at time zone 'UTC')::date) as days_ago,
     count(*)::integer as uses, count(distinct s.account_id)::integer as accounts
   from statuses_tags link join statuses s on s.id = link.status_id
   where link.tag_id = any($1::bigint[]) and link.status_id >= $3
     and s.deleted_at is null and s.visibility = 0 and s.reblog_of_id is null
   group by 1, 2`,
)

/**
 * How often tags were used in public on the days up to `today`.
 *
 * @param today `YYYY-MM-DD`, UTC
 * @param firstId lowest id of the oldest day that counts
 */
export async function tagHistory(
  db: Db,
  tagIds: readonly string[],
  today: string,
  firstId: string,
): Promise<TagUse[]> {
  return tagIds.length === 0 ? [] : history(db, [tagIds, today, firstId])
}
