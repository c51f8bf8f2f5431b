import type { Db } from '../connection.ts'
import { type StatusRow, statusColumns } from '../rows.gen.ts'
import { columns, statement } from '../statement.ts'

export interface NewStatus {
  /** Only for what is dated back; otherwise the time of the insert. */
  id?: string | undefined
  accountId: string
  inReplyToId: string | null
  inReplyToAccountId: string | null
  isReply: boolean
  reblogOfId: string | null
  applicationId: string | null
  /** Null makes a new conversation, unless the status is a reblog. */
  conversationId: string | null
  language: string | null
  isLocal: boolean
  mediaIds: readonly string[]
  quoteApprovalPolicy: number
  sensitive: boolean
  spoilerText: string
  text: string
  visibility: number
  /** The address of a remote status; that of a local one is the prefix followed by its id and the suffix. */
  uri: string | null
  uriPrefix: string
  uriSuffix: string
  createdAt: Date
}

const insert = statement<StatusRow>(
  'status_insert',
  `with fresh as (select coalesce($1::bigint, timestamp_id('statuses')) as id),
   begun as (
     insert into conversations (parent_status_id, parent_account_id, created_at, updated_at)
     select id, $2::bigint, $20::timestamptz, $20 from fresh where $8::bigint is null and $6::bigint is null
     on conflict do nothing
     returning id)
   insert into statuses (id, account_id, in_reply_to_id, in_reply_to_account_id, reply, reblog_of_id, application_id,
     conversation_id, language, local, ordered_media_attachment_ids, quote_approval_policy, sensitive, spoiler_text,
     text, visibility, uri, created_at, updated_at)
   select fresh.id, $2, $3::bigint, $4::bigint, $5::boolean, $6, $7::bigint,
     coalesce($8, (select id from begun)), $9::text, $10::boolean, $11::bigint[], $12::integer, $13::boolean,
     $14::text, $15::text, $16::integer, coalesce($17::text, $18::text || fresh.id || $19::text), $20, $20
   from fresh
   where $8 is not null or $6 is not null or exists (select from begun)
   on conflict do nothing
   returning ${columns(statusColumns)}`,
)

/**
 * Inserts a status, with its conversation where it begins one. Null when its address or id is taken, the id also by the
 * conversation that an earlier status began.
 */
export async function insertStatus(db: Db, status: NewStatus): Promise<StatusRow | null> {
  const [row] = await insert(db, [
    status.id ?? null,
    status.accountId,
    status.inReplyToId,
    status.inReplyToAccountId,
    status.isReply,
    status.reblogOfId,
    status.applicationId,
    status.conversationId,
    status.language,
    status.isLocal,
    status.mediaIds,
    status.quoteApprovalPolicy,
    status.sensitive,
    status.spoilerText,
    status.text,
    status.visibility,
    status.uri,
    status.uriPrefix,
    status.uriSuffix,
    status.createdAt,
  ])
  return row ?? null
}

export interface StatusChange {
  text: string
  spoilerText: string
  sensitive: boolean
  language: string | null
  mediaIds: readonly string[]
  quoteApprovalPolicy: number
  pollId: string | null
  /** Null leaves it: nothing that readers see has changed. */
  editedAt: Date | null
}

const update = statement<StatusRow>(
  'status_update',
  `update statuses set text = $2, spoiler_text = $3, sensitive = $4, language = $5,
     ordered_media_attachment_ids = $6::bigint[], quote_approval_policy = $7, poll_id = $8::bigint,
     edited_at = coalesce($9::timestamptz, edited_at), updated_at = now()
   where id = $1 and deleted_at is null
   returning ${columns(statusColumns)}`,
)

/** Replaces what an edit can change. Null when the status is gone. */
export async function updateStatus(db: Db, id: string, change: StatusChange): Promise<StatusRow | null> {
  const [row] = await update(db, [
    id,
    change.text,
    change.spoilerText,
    change.sensitive,
    change.language,
    change.mediaIds,
    change.quoteApprovalPolicy,
    change.pollId,
    change.editedAt,
  ])
  return row ?? null
}

const lock = statement<StatusRow>(
  'status_lock',
  `select ${columns(statusColumns)} from statuses where id = $1 and deleted_at is null for update`,
)

/** A status that nobody else edits or deletes before our transaction ends. */
export async function lockStatus(db: Db, id: string): Promise<StatusRow | null> {
  return (await lock(db, [id]))[0] ?? null
}

const softDelete = statement<StatusRow>(
  'status_soft_delete',
  `update statuses set deleted_at = $2, updated_at = now()
   where (id = $1 or reblog_of_id = $1) and deleted_at is null
   returning ${columns(statusColumns)}`,
)

/** Marks a status and the reblogs of it as deleted; returns those that were not. */
export async function softDeleteStatus(db: Db, id: string, at: Date): Promise<StatusRow[]> {
  return softDelete(db, [id, at])
}

const unlink = statement<never>(
  'status_unlink',
  `with unpinned as (delete from status_pins where status_id = $1)
   update statuses set in_reply_to_id = null where in_reply_to_id = $1`,
)

/** Takes a deleted status off profiles and out of the replies to it. */
export async function unlinkStatus(db: Db, id: string): Promise<void> {
  await unlink(db, [id])
}

const namedLock = statement<never>('named_lock', 'select pg_advisory_xact_lock(hashtextextended($1, 0))')

/** Waits until no other transaction holds the name; ours holds it to its end. */
export async function lockName(db: Db, name: string): Promise<void> {
  await namedLock(db, [name])
}

const reblogOf = statement<StatusRow>(
  'reblog_by_account',
  `select ${columns(statusColumns)} from statuses
   where reblog_of_id = $2 and account_id = $1 and deleted_at is null order by id limit 1`,
)

/** The reblog of a status by an account. */
export async function findReblog(db: Db, accountId: string, statusId: string): Promise<StatusRow | null> {
  return (await reblogOf(db, [accountId, statusId]))[0] ?? null
}
