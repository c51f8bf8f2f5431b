import type { Db } from '../connection.ts'
import { statement } from '../statement.ts'

/** Statuses of other servers that nobody here ever had to do with, and what they leave. */

const UNWANTED = `from statuses s
   where s.deleted_at is null and not s.local and s.uri is not null and s.id < $1
     and not exists (select from statuses r where r.in_reply_to_id = s.id)
     and not exists (select from statuses p where p.id = s.in_reply_to_id and (p.local or p.uri is null))
     and not exists (select from statuses b where b.id = s.reblog_of_id and (b.local or b.uri is null))
     and not exists (
       select from statuses b where b.reblog_of_id = s.id and (b.local or b.uri is null or b.id >= $1))
     and not exists (select from status_pins p where p.status_id = s.id)
     and not exists (
       select from mentions m join accounts a on a.id = m.account_id where m.status_id = s.id and a.domain is null)
     and not exists (
       select from favourites f join accounts a on a.id = f.account_id where f.status_id = s.id and a.domain is null)
     and not exists (
       select from bookmarks b join accounts a on a.id = b.account_id where b.status_id = s.id and a.domain is null)
     and not exists (
       select from status_reactions r join accounts a on a.id = r.account_id
       where r.status_id = s.id and a.domain is null)
     and not exists (
       select from quotes q join statuses o on o.id = q.status_id where q.quoted_status_id = s.id and o.local)
     and not exists (
       select from quotes q join statuses o on o.id = q.quoted_status_id where q.status_id = s.id and o.local)
     and ($2 or not exists (select from follows f where f.target_account_id = s.account_id))`

const unwanted = statement<{ id: string }>(
  'old_statuses.unwanted',
  `select s.id ${UNWANTED} and s.id > $3 order by s.id limit $4`,
)
const unwantedCount = statement<{ count: number }>(
  'old_statuses.unwanted_count',
  `select count(*)::int as count ${UNWANTED} and s.id > $3`,
)

/** Which: older than the first id; also of accounts that somebody here follows; after an id. */
export interface OldStatuses {
  beforeId: string
  withFollowed: boolean
  afterId: string
}

/**
 * Ids of statuses of other servers that nothing here refers to: no reply, boost, favourite, bookmark, reaction, mention,
 * pin or quote. In their order.
 */
export async function oldStatusIds(db: Db, query: OldStatuses, limit: number): Promise<string[]> {
  const { beforeId, withFollowed, afterId } = query
  return (await unwanted(db, [beforeId, withFollowed, afterId, limit])).map(({ id }) => id)
}

/** How many those are. Reads every old status. */
export async function countOldStatuses(db: Db, query: OldStatuses): Promise<number> {
  const { beforeId, withFollowed, afterId } = query
  return (await unwantedCount(db, [beforeId, withFollowed, afterId]))[0]?.count ?? 0
}

const remove = statement<{ id: string }>(
  'old_statuses.delete',
  `with previews as (
     -- Has no foreign key, as in Mastodon's schema.
     delete from preview_cards_statuses where status_id = any($1::bigint[])
   )
   delete from statuses where id = any($1::bigint[]) and not local returning id`,
)

/** Deletes rows with all that hangs on them; attachments stay, of nothing. @returns how many */
export async function deleteStatusRows(db: Db, ids: readonly string[]): Promise<number> {
  return ids.length === 0 ? 0 : (await remove(db, [ids])).length
}

const lone = statement<{ id: string }>(
  'old_statuses.lone_conversations',
  `select c.id from conversations c
   where c.id > $1 and c.created_at < $2 and not exists (select from statuses s where s.conversation_id = c.id)
   order by c.id limit $3`,
)

/** Ids of conversations without a status, begun before a time, in their order, after one of them. */
export async function loneConversationIds(
  db: Db,
  afterId: string,
  before: Date,
  limit: number,
): Promise<string[]> {
  return (await lone(db, [afterId, before, limit])).map(({ id }) => id)
}

const removeConversations = statement<{ id: string }>(
  'old_statuses.delete_conversations',
  `delete from conversations c where id = any($1::bigint[])
     and not exists (select from statuses s where s.conversation_id = c.id)
   returning id`,
)

/** Deletes conversations that still have no status. @returns how many */
export async function deleteConversations(db: Db, ids: readonly string[]): Promise<number> {
  return ids.length === 0 ? 0 : (await removeConversations(db, [ids])).length
}

const tidyings = {
  statuses: {
    analyze: statement<never>('old_statuses.analyze_statuses', 'analyze statuses'),
    vacuum: statement<never>('old_statuses.vacuum_statuses', 'vacuum full analyze statuses'),
    reindex: statement<never>('old_statuses.reindex_statuses', 'reindex table statuses'),
  },
  conversations: {
    analyze: statement<never>('old_statuses.analyze_conversations', 'analyze conversations'),
    vacuum: statement<never>('old_statuses.vacuum_conversations', 'vacuum full analyze conversations'),
    reindex: statement<never>('old_statuses.reindex_conversations', 'reindex table conversations'),
  },
}

/** Tells the planner of the new size of a table, or makes the table small: locked for minutes, then. */
export async function tidyTable(
  db: Db,
  table: keyof typeof tidyings,
  how: 'analyze' | 'vacuum' | 'reindex',
): Promise<void> {
  await tidyings[table][how](db, [])
}
