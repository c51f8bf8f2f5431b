import type { Db } from '../connection.ts'
import { pagedStatement, type Window } from '../pagination.ts'
import {
  type AccountRow,
  accountColumns,
  type CustomEmojiRow,
  customEmojiColumns,
  type StatusRow,
  statusColumns,
} from '../rows.gen.ts'
import { columns, statement } from '../statement.ts'

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
  /** Where the author of what it answers or reblogs approved it. */
  approval_uri: string | null
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
     c.parent_status_id, c.created_at as conversation_created_at, approval.approval_uri,
     array(
       select r.id from statuses r
       where r.in_reply_to_id = s.id and r.account_id = s.account_id and r.visibility in (0, 1)
         and r.deleted_at is null
       order by r.id limit ${SELF_REPLIES}
     ) as self_replies
   from wanted join statuses s on s.id = wanted.id
   left join conversations c on c.id = s.conversation_id
   left join status_approvals approval on approval.status_id = s.id and approval.accepted_at is not null`,
)

/** Parent, conversation and first self-replies of statuses and of what they reblog. One statement. */
export async function noteExtrasByIds(db: Db, ids: readonly string[]): Promise<NoteExtrasRow[]> {
  return ids.length === 0 ? [] : noteExtras(db, [ids])
}

export interface LocalActorRow extends AccountRow {
  user_confirmed: boolean | null
  user_approved: boolean | null
  /** A suspension that can still be taken back has one. */
  has_deletion_request: boolean
}

const localActor = statement<LocalActorRow>(
  'documents.local_actor',
  `select ${columns(accountColumns, 'a')}, case when u.id is not null then u.confirmed_at is not null end as user_confirmed, u.approved as user_approved,
     exists (select 1 from account_deletion_requests d where d.account_id = a.id) as has_deletion_request
   from accounts a left join users u on u.account_id = a.id
   where a.domain is null and (a.id = $1::bigint or lower(a.username) = lower($2)) limit 1`,
)

/** A local account by its id or its name, with what says whether it may be shown. */
export async function localActorRow(
  db: Db,
  id: string | null,
  username: string | null,
): Promise<LocalActorRow | null> {
  return (await localActor(db, [id, username]))[0] ?? null
}

const VISIBLE_TO = `(s.visibility in (0, 1)
    or (s.visibility = 2 and exists (
      select 1 from follows f where f.account_id = $5 and f.target_account_id = s.account_id))
    or exists (select 1 from mentions m where m.status_id = s.id and m.account_id = $5))`

const outbox = pagedStatement<{ id: string }>(
  'documents.outbox',
  (order) => `select s.id from statuses s
   where s.account_id = $4 and s.id < $1 and s.id > $2 and s.deleted_at is null and ${VISIBLE_TO}
     and (s.reblog_of_id is null or exists (
       select 1 from statuses o where o.id = s.reblog_of_id and o.deleted_at is null))
   order by s.id ${order} limit $3`,
)

/** The statuses and reblogs of an account that `askerId` (null: anybody) may see, newest first. */
export async function outboxIds(
  db: Db,
  window: Window,
  accountId: string,
  askerId: string | null,
): Promise<string[]> {
  return (await outbox(db, window, [accountId, askerId])).map((row) => row.id)
}

type Addressed = Pick<AccountRow, 'id' | 'username' | 'domain' | 'id_scheme' | 'uri' | 'url'>
const ADDRESSED = 'a.id, a.username, a.domain, a.id_scheme, a.uri, a.url'

const followers = statement<Addressed>(
  'documents.followers',
  `select ${ADDRESSED} from follows f join accounts a on a.id = f.account_id
   where f.target_account_id = $1 and a.suspended_at is null order by f.id desc limit $2 offset $3`,
)
const following = statement<Addressed>(
  'documents.following',
  `select ${ADDRESSED} from follows f join accounts a on a.id = f.target_account_id
   where f.account_id = $1 and a.suspended_at is null order by f.id desc limit $2 offset $3`,
)

/** One page of the followers of an account, or of those it follows, newest first. Pages count from 1. */
export async function followPage(
  db: Db,
  kind: 'followers' | 'following',
  accountId: string,
  page: number,
  size: number,
): Promise<Addressed[]> {
  const read = kind === 'followers' ? followers : following
  return read(db, [accountId, size, (page - 1) * size])
}

const counts = statement<{ followers: string; following: string; statuses: string }>(
  'documents.counts',
  `select followers_count as followers, following_count as following, statuses_count as statuses
   from account_stats where account_id = $1`,
)

/** The counters of an account. */
export async function accountCounters(
  db: Db,
  accountId: string,
): Promise<{ followers: number; following: number; statuses: number }> {
  const [row] = await counts(db, [accountId])
  return {
    followers: Number(row?.followers ?? 0),
    following: Number(row?.following ?? 0),
    statuses: Number(row?.statuses ?? 0),
  }
}

const pinned = statement<{ id: string; visibility: number }>(
  'documents.pinned',
  `select s.id, s.visibility from status_pins p join statuses s on s.id = p.status_id
   where p.account_id = $1 and s.deleted_at is null and s.visibility in (0, 1, 2) order by p.id desc`,
)

/** The statuses an account pinned, the newest pin first. */
export async function pinnedStatuses(
  db: Db,
  accountId: string,
): Promise<{ id: string; visibility: number }[]> {
  return pinned(db, [accountId])
}

const featuredTags = statement<{ name: string; display_name: string | null }>(
  'documents.featured_tags',
  `select t.name, coalesce(f.name, t.display_name) as display_name
   from featured_tags f join tags t on t.id = f.tag_id where f.account_id = $1 order by f.id`,
)

export async function featuredTagNames(
  db: Db,
  accountId: string,
): Promise<{ name: string; display_name: string | null }[]> {
  return featuredTags(db, [accountId])
}

const replies = statement<{ id: string; uri: string | null; local: boolean }>(
  'documents.replies',
  `select s.id, s.uri, s.local from statuses s join accounts a on a.id = s.account_id
   where s.in_reply_to_id = $1 and s.deleted_at is null and s.visibility in (0, 1) and s.id > $2
     and a.suspended_at is null and (s.account_id = $3) = $4
   order by s.id limit $5`,
)

/** Public replies to a status after an id, oldest first: its author's own, or everybody else's. */
export async function replyPage(
  db: Db,
  statusId: string,
  options: { minId: string; authorId: string; own: boolean; limit: number },
): Promise<{ id: string; uri: string | null; local: boolean }[]> {
  return replies(db, [statusId, options.minId, options.authorId, options.own, options.limit])
}

const conversation = statement<{ id: string; parent_account_id: string; parent_status_id: string }>(
  'documents.conversation',
  `select id, parent_account_id, parent_status_id from conversations
   where parent_account_id = $1 and parent_status_id = $2`,
)

/** A conversation that began here, by who began it with what. */
export async function ownConversation(
  db: Db,
  accountId: string,
  statusId: string,
): Promise<{ id: string; parent_account_id: string; parent_status_id: string } | null> {
  return (await conversation(db, [accountId, statusId]))[0] ?? null
}

const members = statement<{ id: string; uri: string | null; local: boolean }>(
  'documents.conversation_items',
  `select s.id, s.uri, s.local from statuses s join accounts a on a.id = s.account_id
   where s.conversation_id = $1 and s.id > $2 and s.deleted_at is null and s.visibility in (0, 1)
     and s.reblog_of_id is null and a.suspended_at is null
   order by s.id limit $3`,
)

/** The public statuses of a conversation after an id, oldest first. */
export async function conversationPage(
  db: Db,
  conversationId: string,
  minId: string,
  limit: number,
): Promise<{ id: string; uri: string | null; local: boolean }[]> {
  return members(db, [conversationId, minId, limit])
}

const emoji = statement<CustomEmojiRow>(
  'documents.emoji',
  `select ${columns(customEmojiColumns)} from custom_emojis where id = $1 and domain is null and not disabled`,
)

/** A custom emoji of ours. */
export async function ownEmoji(db: Db, id: string): Promise<CustomEmojiRow | null> {
  return (await emoji(db, [id]))[0] ?? null
}

const deletedStatus = statement<StatusRow>(
  'documents.status_with_deleted',
  `select ${columns(statusColumns)} from statuses where id = $1 and account_id = $2 and local`,
)

/** A local status of an account, even when it is deleted. */
export async function ownStatusWithDeleted(db: Db, id: string, accountId: string): Promise<StatusRow | null> {
  return (await deletedStatus(db, [id, accountId]))[0] ?? null
}

const blocked = statement<{ blocked: boolean }>(
  'documents.is_blocked',
  `select exists (select 1 from blocks where account_id = $1 and target_account_id = $2)
     or exists (select 1 from account_domain_blocks where account_id = $1 and domain = $3) as blocked`,
)

/** Whether an account blocks another, or hides its server. */
export async function isBlockedByAccount(
  db: Db,
  accountId: string,
  otherId: string,
  domain: string | null,
): Promise<boolean> {
  return (await blocked(db, [accountId, otherId, domain]))[0]?.blocked ?? false
}
