import type { Db } from '../connection.ts'
import { statement } from '../statement.ts'

/** Rows behind ActivityPub documents that clients are never shown. */

export interface NoteExtrasRow {
  id: string
  in_reply_to_id: string | null
  conversation_id: string | null
  conversation_uri: string | null
  parent_account_id: string | null
  parent_status_id: string | null
  conversation_created_at: Date | null
  self_replies: string[]
}

const SELF_REPLIES = 5

const noteExtras = statement<NoteExtrasRow>(
  'documents.note_extras',
  `with wanted as (
     select unnest($1::bigint[]) as id
     union
     select reblog_of_id from statuses where id = any($1::bigint[]) and reblog_of_id is not null
   )
   select s.id, s.in_reply_to_id, c.id as conversation_id, c.uri as conversation_uri, c.parent_account_id,
     c.parent_status_id, c.created_at as conversation_created_at,
     array(
       select r.id from statuses r
       where r.in_reply_to_id = s.id and r.account_id = s.account_id and r.visibility in (0, 1)
         and r.deleted_at is null
       order by r.id limit ${SELF_REPLIES}
     ) as self_replies
   from wanted join statuses s on s.id = wanted.id
   left join conversations c on c.id = s.conversation_id`,
)

/** Parent, conversation and first self-replies of statuses and of what they reblog. One statement. */
export async function noteExtrasByIds(db: Db, ids: readonly string[]): Promise<NoteExtrasRow[]> {
  return ids.length === 0 ? [] : noteExtras(db, [ids])
}
