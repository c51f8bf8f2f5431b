import type { Db } from '../connection.ts'
import { pagedStatement, type Window } from '../pagination.ts'
import { type AccountConversationRow, accountConversationColumns } from '../rows.gen.ts'
import { columns, statement } from '../statement.ts'

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

const CONVERSATION = columns(accountConversationColumns)

const add = statement<AccountConversationRow>(
  'account_conversation_add',
  `insert into account_conversations as c
     (account_id, conversation_id, participant_account_ids, status_ids, last_status_id, unread)
   values ($1, $2, (select coalesce(array_agg(other order by other), '{}') from unnest($4::bigint[]) as other),
     array[$3::bigint], $3::bigint, $5)
   on conflict (account_id, conversation_id, participant_account_ids) do update set
     status_ids = case when $3 = any(c.status_ids) then c.status_ids
       else (select array_agg(id order by id) from unnest(c.status_ids || $3::bigint) as id) end,
     last_status_id = greatest(c.last_status_id, $3::bigint),
     unread = case when $3 = any(c.status_ids) then c.unread else excluded.unread end,
     lock_version = c.lock_version + 1
   returning ${columns(accountConversationColumns, 'c')}`,
)

/** Puts a direct status into an account's conversation, making it where it is new. Repeating changes nothing. */
export async function addToConversation(
  db: Db,
  entry: {
    accountId: string
    conversationId: string
    statusId: string
    /** The others: author and named, without the account itself. */
    participantIds: readonly string[]
    isUnread: boolean
  },
): Promise<AccountConversationRow> {
  const { accountId, conversationId, statusId, participantIds, isUnread } = entry
  const [row] = await add(db, [accountId, conversationId, statusId, participantIds, isUnread])
  return row as AccountConversationRow
}

const ofAccount = pagedStatement<AccountConversationRow>(
  'account_conversations_of_account',
  (order) => `select ${CONVERSATION} from account_conversations
   where account_id = $4 and last_status_id < $1 and last_status_id > $2
   order by last_status_id ${order} limit $3`,
)

/** An account's conversations by their last status. */
export function conversationsOfAccount(
  db: Db,
  window: Window,
  accountId: string,
): Promise<AccountConversationRow[]> {
  return ofAccount(db, window, [accountId])
}

const setUnread = statement<AccountConversationRow>(
  'account_conversation_set_unread',
  `update account_conversations set unread = $3, lock_version = lock_version + 1
   where account_id = $1 and id = $2 returning ${CONVERSATION}`,
)

/** Null when the account has no such conversation. */
export async function setConversationUnread(
  db: Db,
  accountId: string,
  id: string,
  isUnread: boolean,
): Promise<AccountConversationRow | null> {
  return (await setUnread(db, [accountId, id, isUnread]))[0] ?? null
}

const removeOne = statement<{ id: string }>(
  'account_conversation_delete',
  'delete from account_conversations where account_id = $1 and id = $2 returning id',
)

/** False when the account has no such conversation. */
export async function deleteConversation(db: Db, accountId: string, id: string): Promise<boolean> {
  return (await removeOne(db, [accountId, id])).length > 0
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
