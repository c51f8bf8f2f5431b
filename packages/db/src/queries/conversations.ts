import type { Db } from '../connection.ts'
import { statement } from '../statement.ts'

const mute = statement<never>(
  'conversation_mute_insert',
  'insert into conversation_mutes (account_id, conversation_id) values ($1, $2) on conflict do nothing',
)

export async function insertConversationMute(
  db: Db,
  accountId: string,
  conversationId: string,
): Promise<void> {
  await mute(db, [accountId, conversationId])
}

const unmute = statement<never>(
  'conversation_mute_delete',
  'delete from conversation_mutes where account_id = $1 and conversation_id = $2',
)

export async function deleteConversationMute(
  db: Db,
  accountId: string,
  conversationId: string,
): Promise<void> {
  await unmute(db, [accountId, conversationId])
}

const add = statement<{ id: string }>(
  'account_conversations_add',
  `insert into account_conversations as c
     (account_id, conversation_id, participant_account_ids, status_ids, last_status_id, unread)
   select account_id, $2::bigint,
     (select coalesce(array_agg(other order by other), '{}') from unnest($4::bigint[]) as other where other <> account_id),
     array[$3::bigint], $3::bigint, account_id <> $5::bigint
   from unnest($1::bigint[]) as mine (account_id)
   on conflict (account_id, conversation_id, participant_account_ids) do update set
     status_ids = case when $3 = any(c.status_ids) then c.status_ids
       else (select array_agg(id order by id) from unnest(c.status_ids || $3::bigint) as id) end,
     last_status_id = greatest(c.last_status_id, $3::bigint),
     unread = case when $3 = any(c.status_ids) then c.unread else excluded.unread end,
     lock_version = c.lock_version + 1
   returning id`,
)

/**
 * Puts a direct status into the conversations of `accountIds`, making them where they are new. Repeating changes nothing.
 *
 * @param everyoneIds author and addressed; an account's participants are the others
 */
export async function addToConversations(
  db: Db,
  entry: {
    accountIds: readonly string[]
    conversationId: string
    statusId: string
    everyoneIds: readonly string[]
    authorId: string
  },
): Promise<void> {
  await add(db, [entry.accountIds, entry.conversationId, entry.statusId, entry.everyoneIds, entry.authorId])
}

const takeOut = statement<never>(
  'account_conversations_remove',
  `with touched as (
     update account_conversations set status_ids = array_remove(status_ids, $1::bigint),
       last_status_id = (select max(id) from unnest(array_remove(status_ids, $1::bigint)) as id),
       lock_version = lock_version + 1
     where conversation_id = $2 and $1 = any(status_ids)
     returning id, status_ids)
   select id from touched`,
)

/** Takes a deleted status out of every conversation that holds it. */
export async function removeFromConversations(
  db: Db,
  statusId: string,
  conversationId: string,
): Promise<void> {
  await takeOut(db, [statusId, conversationId])
}

const clear = statement<never>(
  'account_conversations_clear',
  `delete from account_conversations where conversation_id = $1 and status_ids = '{}'`,
)

/** Deletes conversations in which nothing is left. */
export async function deleteEmptyConversations(db: Db, conversationId: string): Promise<void> {
  await clear(db, [conversationId])
}
