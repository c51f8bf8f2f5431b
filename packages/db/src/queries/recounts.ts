import type { Db } from '../connection.ts'
import { statement } from '../statement.ts'

/** A batch that was counted again: how many rows, and where the next one begins; null at the end. */
export interface Recounted {
  rows: number
  last: string | null
}

const accounts = statement<{ account_id: string }>(
  'recount_accounts',
  `insert into account_stats (account_id, statuses_count, following_count, followers_count, last_status_at)
   select a.id,
          (select count(*) from statuses s where s.account_id = a.id and s.deleted_at is null and s.visibility <> 3),
          (select count(*) from follows f where f.account_id = a.id),
          (select count(*) from follows f where f.target_account_id = a.id),
          (select max(s.created_at) from statuses s
            where s.account_id = a.id and s.deleted_at is null and s.visibility <> 3)
     from accounts a where a.domain is null and a.id > $1 order by a.id limit $2
   on conflict (account_id) do update set statuses_count = excluded.statuses_count,
     following_count = excluded.following_count, followers_count = excluded.followers_count,
     last_status_at = excluded.last_status_at, updated_at = now()
   returning account_id`,
)

/**
 * Counts the posts, follows and followers of the next local accounts after `afterId` again. Remote ones keep what their
 * servers said: we know but a part of it. One statement.
 */
export async function recountAccounts(db: Db, afterId: string, limit: number): Promise<Recounted> {
  const rows = await accounts(db, [afterId, limit])
  return ended(rows.map((row) => row.account_id))
}

const statuses = statement<{ status_id: string }>(
  'recount_statuses',
  `insert into status_stats (status_id, replies_count, reblogs_count, favourites_count, quotes_count)
   select s.id,
          (select count(*) from statuses r where r.in_reply_to_id = s.id and r.deleted_at is null and r.visibility in (0, 1)),
          (select count(*) from statuses r where r.reblog_of_id = s.id and r.deleted_at is null),
          (select count(*) from favourites f where f.status_id = s.id),
          (select count(*) from quotes q where q.quoted_status_id = s.id and q.state = 1)
     from statuses s where s.deleted_at is null and s.reblog_of_id is null and s.id > $1 order by s.id limit $2
   on conflict (status_id) do update set replies_count = excluded.replies_count,
     reblogs_count = excluded.reblogs_count, favourites_count = excluded.favourites_count,
     quotes_count = excluded.quotes_count, updated_at = now()
   returning status_id`,
)

/** Counts what was done with the next statuses after `afterId` again. One statement. */
export async function recountStatuses(db: Db, afterId: string, limit: number): Promise<Recounted> {
  const rows = await statuses(db, [afterId, limit])
  return ended(rows.map((row) => row.status_id))
}

function ended(ids: string[]): Recounted {
  const last = ids.reduce<string | null>(
    (most, id) => (most === null || BigInt(id) > BigInt(most) ? id : most),
    null,
  )
  return { rows: ids.length, last }
}
