import type { Db } from '../connection.ts'
import { statement } from '../statement.ts'

/** Sorts behind every name that begins with the prefix it follows. */
const BEHIND_ALL = '\u{10FFFF}'

// The operators of the index, so that a prefix is a range of it whatever it is; LIKE with a parameter would not be one.
const search = statement<{ id: string }>(
  'tag_search',
  `select id from tags
   where lower(name) ~>=~ $1 and lower(name) ~<~ $2 and listable is not false
     and (not $3::boolean or reviewed_at is not null or lower(name) = $1)
   order by (lower(name) = $1) desc, length(name), name limit $4 offset $5`,
)

const similar = statement<{ id: string }>(
  'tag_search_similar',
  `select t.id from similar_tags($1) found join tags t on t.id = found.id
   where length($1) > 2 and t.listable is not false and (not $2::boolean or t.reviewed_at is not null)
   order by found.likeness desc, length(t.name), t.name limit $3`,
)

/**
 * Finds the tags whose normalised names begin with `prefix`: the exact one first, then the shortest. Where there is
 * none, those that contain it or are spelt nearly so.
 *
 * @param options.isReviewedOnly leaves out what no moderator has looked at, save the exact one
 */
export async function searchTagIds(
  db: Db,
  prefix: string,
  options: { isReviewedOnly: boolean; limit: number; offset: number },
): Promise<string[]> {
  const { isReviewedOnly, limit, offset } = options
  const rows = await search(db, [prefix, prefix + BEHIND_ALL, isReviewedOnly, limit, offset])
  if (rows.length > 0 || offset > 0) return rows.map((row) => row.id)
  return (await similar(db, [prefix, isReviewedOnly, limit])).map((row) => row.id)
}
