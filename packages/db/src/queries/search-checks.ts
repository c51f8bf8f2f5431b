import type { Db } from '../connection.ts'
import { INSTANCE_ACTOR_ID } from '../enums.ts'
import { statement } from '../statement.ts'
import { findableIn, WELCOME } from './findable.ts'

/**
 * What another search engine found, held against the database: an index may be minutes old, and may be wrong. Each of
 * these says which of the ids somebody may find now, in the order they came in.
 */

const statuses = statement<{ id: string }>(
  'search_check_statuses',
  `select s.id from statuses s
   join unnest($2::bigint[]) with ordinality as found(id, place) on found.id = s.id
   where s.deleted_at is null and s.reblog_of_id is null and ${findableIn('$3')} and ${WELCOME}
   order by found.place`,
)

/** @param scope where the viewer looks */
export async function findableStatusIds(
  db: Db,
  viewerId: string,
  ids: readonly string[],
  scope: 'all' | 'public' | 'library',
): Promise<string[]> {
  return (await statuses(db, [viewerId, ids, scope])).map((row) => row.id)
}

const accounts = statement<{ id: string }>(
  'search_check_accounts',
  `select a.id from accounts a
   join unnest($1::bigint[]) with ordinality as found(id, place) on found.id = a.id
   where a.suspended_at is null and a.moved_to_account_id is null and a.id <> ${INSTANCE_ACTOR_ID}
     and (a.domain is not null
       or exists (select from users u where u.account_id = a.id and u.approved and u.confirmed_at is not null))
     and (not $3::boolean or a.id = $2 or exists (
       select from follows f where f.account_id = $2 and f.target_account_id = a.id))
   order by found.place`,
)

export async function findableAccountIds(
  db: Db,
  viewerId: string | null,
  ids: readonly string[],
  isFollowingOnly: boolean,
): Promise<string[]> {
  return (await accounts(db, [ids, viewerId, isFollowingOnly])).map((row) => row.id)
}

const tags = statement<{ id: string }>(
  'search_check_tags',
  `select t.id from tags t
   join unnest($1::bigint[]) with ordinality as found(id, place) on found.id = t.id
   where t.listable is not false and (not $2::boolean or t.reviewed_at is not null or lower(t.name) = $3)
   order by found.place`,
)

/** @param exact the name that is found whether or not a moderator has looked at it */
export async function findableTagIds(
  db: Db,
  ids: readonly string[],
  isReviewedOnly: boolean,
  exact: string,
): Promise<string[]> {
  return (await tags(db, [ids, isReviewedOnly, exact])).map((row) => row.id)
}

const close = statement<{ id: string }>(
  'search_close_accounts',
  'select target_account_id as id from follows where account_id = $1 order by id desc limit $2',
)

/** Accounts somebody follows, the newest first. */
export async function closeAccountIds(db: Db, accountId: string, limit: number): Promise<string[]> {
  return (await close(db, [accountId, limit])).map((row) => row.id)
}
