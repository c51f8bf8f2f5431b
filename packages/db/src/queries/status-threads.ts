import type { Db } from '../connection.ts'
import { statement } from '../statement.ts'

export interface ThreadRow {
  id: string
  in_reply_to_id: string | null
  account_id: string
  in_reply_to_account_id: string | null
}

// `union` without `all` ends a loop of replies; the limit ends the walk as soon as it is reached, however wide the tree.
// The limits inside keep the planner from joining with the whole table at every step.

const up = statement<ThreadRow>(
  'status_ancestors',
  `with recursive above as (
     select parent.id, parent.in_reply_to_id, parent.account_id, parent.in_reply_to_account_id
     from statuses child join statuses parent on parent.id = child.in_reply_to_id
     where child.id = $1 and parent.deleted_at is null
     union
     select parent.id, parent.in_reply_to_id, parent.account_id, parent.in_reply_to_account_id
     from above cross join lateral (
       select id, in_reply_to_id, account_id, in_reply_to_account_id
       from statuses where id = above.in_reply_to_id and deleted_at is null and id <> $1 limit 1) parent)
   select id, in_reply_to_id, account_id, in_reply_to_account_id from above limit $2`,
)

/** What a status answers, what that answers, and so on: nearest first. */
export async function ancestorRows(db: Db, id: string, limit: number): Promise<ThreadRow[]> {
  return up(db, [id, limit])
}

const down = statement<ThreadRow>(
  'status_descendants',
  `with recursive below as (
     (select id, in_reply_to_id, account_id, in_reply_to_account_id
      from statuses where in_reply_to_id = $1 and deleted_at is null and id <> $1 limit $2)
     union
     select reply.id, reply.in_reply_to_id, reply.account_id, reply.in_reply_to_account_id
     from below cross join lateral (
       select id, in_reply_to_id, account_id, in_reply_to_account_id
       from statuses where in_reply_to_id = below.id and deleted_at is null and id <> $1 limit $2) reply)
   select id, in_reply_to_id, account_id, in_reply_to_account_id from below limit $2`,
)

/** The answers to a status, then the answers to those: breadth first, so that a limit keeps what is nearest. */
export async function descendantRows(db: Db, id: string, limit: number): Promise<ThreadRow[]> {
  return down(db, [id, limit])
}

const claimFetch = statement<{ id: string }>(
  'status_claim_replies_fetch',
  `update statuses set fetched_replies_at = $2
   where id = $1 and (fetched_replies_at is null or fetched_replies_at < $3) returning id`,
)

/** Notes that the answers to a status are fetched now; false when that was done after `before`, or just begins. */
export async function claimRepliesFetch(db: Db, id: string, now: Date, before: Date): Promise<boolean> {
  return (await claimFetch(db, [id, now, before])).length > 0
}
