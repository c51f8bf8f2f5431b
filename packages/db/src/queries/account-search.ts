import type { Db } from '../connection.ts'
import { INSTANCE_ACTOR_ID } from '../enums.ts'
import { statement } from '../statement.ts'

/** Word for word the expression of the index `accounts_search`. */
const VECTOR = `(setweight(to_tsvector('simple', a.display_name), 'A')
   || setweight(to_tsvector('simple', a.username), 'B') || setweight(to_tsvector('simple', coalesce(a.domain, '')), 'C'))`

/** Whom anybody may find; by the placeholders, only whom the viewer follows, and itself. */
const findable = (viewer: string, isFollowingOnly: string) => `a.suspended_at is null
     and a.moved_to_account_id is null and a.id <> ${INSTANCE_ACTOR_ID}
     and (a.domain is not null or (u.approved and u.confirmed_at is not null))
     and (not ${isFollowingOnly}::boolean or a.id = ${viewer} or exists (
       select from follows f where f.account_id = ${viewer} and f.target_account_id = a.id))`

// How well the words fit, times how known and how alive the account is, times how close it is to the viewer. A name
// that is the whole query comes first.
const search = statement<{ id: string }>(
  'account_search',
  `select a.id from accounts a
   left join account_stats s on s.account_id = a.id
   left join users u on u.account_id = a.id
   where ${VECTOR} @@ to_tsquery('simple', $1)
     and ${findable('$3', '$4')}
   order by (lower(a.username) = lower($2)) desc,
     ts_rank_cd(${VECTOR}, to_tsquery('simple', $1), 32)
       * (1 + ln(coalesce(s.followers_count, 0) + 1)
            + case when s.last_status_at > now() - interval '30 days' then 1 else 0 end)
       * (1 + (select count(*) from follows f where f.account_id = $3 and f.target_account_id = a.id)
            + (select count(*) from follows f where f.account_id = a.id and f.target_account_id = $3)) desc,
     a.id desc
   limit $5 offset $6`,
)

// A word of one or two letters is like too much.
const similar = statement<{ id: string }>(
  'account_search_similar',
  `select a.id from (select id, likeness from similar_accounts($1) order by likeness desc limit 200) found
   join accounts a on a.id = found.id
   left join account_stats s on s.account_id = a.id
   left join users u on u.account_id = a.id
   where length($1) > 2 and ${findable('$2', '$3')}
   order by found.likeness desc, coalesce(s.followers_count, 0) desc, a.id desc
   limit $4`,
)

/** What `to_tsquery` would read as its own signs; a quote ends the quoted term. */
const QUERY_SIGNS = /['?\\:‘’&|!()<>*]/g

/**
 * Searches display names, names and domains; the last word may be a beginning. Where nobody is called so, names that
 * contain what was typed or are spelt nearly so. Suspended, moved and unconfirmed accounts are left out.
 *
 * @param options.viewerId who asks: follows of this account weigh; null for nobody
 * @param options.isFollowingOnly only accounts the viewer follows, and itself
 * @returns ids, best first
 */
export async function searchAccountIds(
  db: Db,
  text: string,
  options: { viewerId: string | null; isFollowingOnly: boolean; limit: number; offset: number },
): Promise<string[]> {
  const words = text.replace(QUERY_SIGNS, ' ').trim()
  if (words === '') return []
  const { viewerId, isFollowingOnly, limit, offset } = options
  const rows = await search(db, [`' ${words} ':*`, words, viewerId, isFollowingOnly, limit, offset])
  if (rows.length > 0 || offset > 0) return rows.map((row) => row.id)
  const alike = await similar(db, [text.replace(/^@/, '').split('@')[0], viewerId, isFollowingOnly, limit])
  return alike.map((row) => row.id)
}
