import type { Db } from '../connection.ts'
import { statement } from '../statement.ts'

export interface MentionedLocal {
  /** The mention. */
  id: string
  account_id: string
}

const mentioned = statement<MentionedLocal>(
  'status_mentioned_locals',
  `select m.id, m.account_id from mentions m join accounts a on a.id = m.account_id
   where m.status_id = $1 and not m.silent and a.domain is null and m.account_id <> $2 order by m.id`,
)

/** Accounts of ours that a status names, without its author. */
export async function mentionedLocals(db: Db, statusId: string, authorId: string): Promise<MentionedLocal[]> {
  return mentioned(db, [statusId, authorId])
}

const notified = statement<{ account_id: string }>(
  'status_notified_followers',
  `select f.account_id from follows f join accounts a on a.id = f.account_id
   where f.target_account_id = $1 and f.notify and a.domain is null`,
)

/** Accounts of ours that want to be told of every status of an account. */
export async function notifiedFollowers(db: Db, authorId: string): Promise<string[]> {
  return (await notified(db, [authorId])).map((row) => row.account_id)
}

const rebloggers = statement<{ account_id: string }>(
  'status_local_rebloggers',
  `select distinct s.account_id from statuses s join accounts a on a.id = s.account_id
   where s.reblog_of_id = $1 and s.deleted_at is null and a.domain is null`,
)

/** Accounts of ours that have reblogged a status. */
export async function localRebloggers(db: Db, statusId: string): Promise<string[]> {
  return (await rebloggers(db, [statusId])).map((row) => row.account_id)
}

const forget = statement<never>(
  'status_notifications_delete',
  `delete from notifications where (activity_type, activity_id) in (
     select 'Status', id from statuses where id = $1 or reblog_of_id = $1
     union all select 'Mention', id from mentions where status_id = $1
     union all select 'Favourite', id from favourites where status_id = $1
     union all select 'Poll', id from polls where status_id = $1
     union all select 'Quote', id from quotes where status_id = $1 or quoted_status_id = $1)`,
)

/** Deletes everything anybody was told about a status, its mentions, favourites and reblogs. */
export async function deleteNotificationsOfStatus(db: Db, statusId: string): Promise<void> {
  await forget(db, [statusId])
}
