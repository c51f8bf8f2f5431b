import type { Db } from '../connection.ts'
import { statement } from '../statement.ts'

/** A hashtag on a profile, with how often its account uses it. */
export interface FeaturedTagFacts {
  id: string
  tag_id: string
  tag_name: string
  /** How it is written; null where nobody said. */
  shown_name: string | null
  statuses_count: string
  last_status_at: Date | null
}

const FACTS = `f.id, f.tag_id, t.name as tag_name, coalesce(nullif(f.name, ''), t.display_name) as shown_name,
  f.statuses_count, f.last_status_at`

const ofAccount = statement<FeaturedTagFacts>(
  'featured_tags_of_account',
  `select ${FACTS}
   from featured_tags f join tags t on t.id = f.tag_id
   where f.account_id = $1 order by f.statuses_count desc, f.id`,
)

/** Lists the hashtags an account features, most used first. */
export function featuredTagsOf(db: Db, accountId: string): Promise<FeaturedTagFacts[]> {
  return ofAccount(db, [accountId])
}

const byTag = statement<FeaturedTagFacts>(
  'featured_tag_by_tag',
  `select ${FACTS} from featured_tags f join tags t on t.id = f.tag_id where f.account_id = $1 and f.tag_id = $2`,
)

/** A hashtag as an account features it; null when it does not. */
export async function featuredTagOf(
  db: Db,
  accountId: string,
  tagId: string,
): Promise<FeaturedTagFacts | null> {
  return (await byTag(db, [accountId, tagId]))[0] ?? null
}

const byId = statement<FeaturedTagFacts>(
  'featured_tag_by_id',
  `select ${FACTS} from featured_tags f join tags t on t.id = f.tag_id where f.account_id = $1 and f.id = $2`,
)

/** A featured hashtag of an account; null for missing ones and for those of others. */
export async function featuredTagById(
  db: Db,
  accountId: string,
  id: string,
): Promise<FeaturedTagFacts | null> {
  return (await byId(db, [accountId, id]))[0] ?? null
}

const count = statement<{ count: number }>(
  'featured_tag_count',
  'select count(*)::integer as count from featured_tags where account_id = $1',
)

export async function countFeatured(db: Db, accountId: string): Promise<number> {
  return (await count(db, [accountId]))[0]?.count ?? 0
}

const insert = statement<never>(
  'featured_tag_insert',
  `insert into featured_tags (account_id, tag_id, name, statuses_count, last_status_at)
   select $1::bigint, $2::bigint, $3::text, count(s.id), max(s.created_at)
   from statuses_tags st
   join statuses s on s.id = st.status_id and s.account_id = $1 and s.deleted_at is null and s.visibility <= 1
   where st.tag_id = $2
   on conflict do nothing`,
)

/**
 * Features a hashtag, counting what its account has said with it in the open.
 *
 * @param name as the account writes it; null for the spelling of the tag itself
 */
export async function insertFeaturedTag(
  db: Db,
  accountId: string,
  tagId: string,
  name: string | null,
): Promise<void> {
  await insert(db, [accountId, tagId, name])
}

const remove = statement<{ id: string }>(
  'featured_tag_delete',
  'delete from featured_tags where account_id = $1 and tag_id = $2 returning id',
)

/** Features a hashtag no more; false when it was not. */
export async function deleteFeaturedTag(db: Db, accountId: string, tagId: string): Promise<boolean> {
  return (await remove(db, [accountId, tagId])).length > 0
}

const suggested = statement<{ tag_id: string }>(
  'featured_tag_suggestions',
  `select st.tag_id from (
     select id from statuses where account_id = $1 and deleted_at is null order by id desc limit $2
   ) s
   join statuses_tags st on st.status_id = s.id
   where not exists (select from featured_tags f where f.account_id = $1 and f.tag_id = st.tag_id)
   group by st.tag_id order by count(*) desc, st.tag_id desc limit $3`,
)

/** The tags an account used most in its newest `depth` statuses and does not feature, most used first. */
export async function suggestedTagIds(
  db: Db,
  accountId: string,
  depth: number,
  limit: number,
): Promise<string[]> {
  return (await suggested(db, [accountId, depth, limit])).map((row) => row.tag_id)
}

const keepOnly = statement<never>(
  'featured_tags_keep_only',
  'delete from featured_tags where account_id = $1 and tag_id <> all($2::bigint[])',
)

/** Features none but these tags any more; those of them that are not featured are not added. */
export async function keepOnlyFeatured(db: Db, accountId: string, tagIds: readonly string[]): Promise<void> {
  await keepOnly(db, [accountId, tagIds])
}
