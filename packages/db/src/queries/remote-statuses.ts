import type { Db } from '../connection.ts'
import {
  type AccountRow,
  accountColumns,
  type PollRow,
  pollColumns,
  type StatusRow,
  statusColumns,
} from '../rows.gen.ts'
import { columns, statement } from '../statement.ts'

/** What fetching and receiving write about statuses of other servers. */

const byUri = statement<StatusRow>(
  'remote_statuses.by_uri_with_deleted',
  `select ${columns(statusColumns)} from statuses where uri = $1`,
)

/** A status by its address, even when it is deleted. */
export async function statusByUriWithDeleted(db: Db, uri: string): Promise<StatusRow | null> {
  return (await byUri(db, [uri]))[0] ?? null
}

const addressed = statement<AccountRow>(
  'remote_statuses.addressed_accounts',
  `select ${columns(accountColumns)} from accounts where uri = any($1::text[]) and uri <> ''
   union
   select ${columns(accountColumns)} from accounts
   where domain is null and (id = any($2::bigint[]) or lower(username) = any($3::text[]))`,
)

/** Accounts by the addresses of remote ones, and by ids and lower-case names of ours. One statement. */
export async function accountsByAddresses(
  db: Db,
  wanted: { uris: readonly string[]; localIds: readonly string[]; localNames: readonly string[] },
): Promise<AccountRow[]> {
  const { uris, localIds, localNames } = wanted
  if (uris.length + localIds.length + localNames.length === 0) return []
  return addressed(db, [uris, localIds, localNames])
}

const parts = statement<never>(
  'remote_statuses.set_parts',
  'update statuses set url = $2, poll_id = $3::bigint, edited_at = $4::timestamptz where id = $1',
)

/** Sets what only a remote status has when it is new: the address of its page, its poll, and that it was edited before. */
export async function setRemoteParts(
  db: Db,
  statusId: string,
  values: { url: string | null; pollId: string | null; editedAt: Date | null },
): Promise<void> {
  await parts(db, [statusId, values.url, values.pollId, values.editedAt])
}

const mediaOrder = statement<never>(
  'remote_statuses.set_media_order',
  'update statuses set ordered_media_attachment_ids = $2::bigint[] where id = $1',
)

/** Sets in which order a status shows its media; those not listed are no longer shown. */
export async function setMediaOrder(db: Db, statusId: string, mediaIds: readonly string[]): Promise<void> {
  await mediaOrder(db, [statusId, mediaIds])
}

export interface RemoteMedia {
  remote_url: string
  thumbnail_remote_url: string | null
  type: number
  description: string | null
  blurhash: string | null
  file_content_type: string | null
  file_meta: object | null
}

const insertMedia = statement<{ id: string }>(
  'remote_statuses.insert_media',
  `insert into media_attachments (account_id, status_id, remote_url, thumbnail_remote_url, type, description, blurhash,
     file_content_type, file_meta)
   select $1, $2, m->>'remote_url', m->>'thumbnail_remote_url', (m->>'type')::integer, m->>'description',
     m->>'blurhash', m->>'file_content_type', nullif(m->'file_meta', 'null'::jsonb)
   from jsonb_array_elements($3::jsonb) with ordinality as given (m, place) order by place
   returning id`,
)

/** Adds attachments whose files are elsewhere; ids in the order given. */
export async function insertRemoteMedia(
  db: Db,
  accountId: string,
  statusId: string,
  media: readonly RemoteMedia[],
): Promise<string[]> {
  if (media.length === 0) return []
  return (await insertMedia(db, [accountId, statusId, JSON.stringify(media)])).map((row) => row.id)
}

const updateMedia = statement<never>(
  'remote_statuses.update_media',
  `update media_attachments set description = $2, blurhash = coalesce($3, blurhash),
     file_meta = case when $4::jsonb is null then file_meta
       else jsonb_set(coalesce(file_meta, '{}'), '{focus}', $4::jsonb) end,
     updated_at = now()
   where id = $1`,
)

/** Changes what is said about an attachment; its file stays. */
export async function updateRemoteMedia(
  db: Db,
  id: string,
  said: { description: string | null; blurhash: string | null; focus: { x: number; y: number } | null },
): Promise<void> {
  await updateMedia(db, [id, said.description, said.blurhash, said.focus && JSON.stringify(said.focus)])
}

const moveMedia = statement<never>(
  'remote_statuses.move_media',
  `update media_attachments set remote_url = $2, thumbnail_remote_url = $3, file_meta = coalesce($4::jsonb, file_meta),
     updated_at = now()
   where id = $1 and file_file_name is null`,
)

/** Says where the file of an attachment lies now, unless it is in our store. */
export async function moveRemoteMedia(db: Db, id: string, to: RemoteMedia): Promise<void> {
  const { remote_url: url, thumbnail_remote_url: thumbnail, file_meta: meta } = to
  await moveMedia(db, [id, url, thumbnail, meta && JSON.stringify(meta)])
}

const conversation = statement<{ id: string }>(
  'remote_statuses.conversation_by_uri',
  `insert into conversations (uri) values ($1)
   on conflict (uri) where uri is not null do update set updated_at = conversations.updated_at returning id`,
)

/** The conversation of that name, made when it is new. */
export async function conversationForUri(db: Db, uri: string): Promise<string> {
  return ((await conversation(db, [uri]))[0] as { id: string }).id
}

const ownConversation = statement<{ id: string }>(
  'remote_statuses.own_conversation',
  'select id from conversations where parent_status_id = $1',
)

/** The conversation that a status of ours began, or null. */
export async function conversationBegunBy(db: Db, statusId: string): Promise<string | null> {
  return (await ownConversation(db, [statusId]))[0]?.id ?? null
}

const insertPoll = statement<{ id: string }>(
  'remote_statuses.insert_poll',
  `insert into polls (account_id, status_id, multiple, options, cached_tallies, votes_count, voters_count, expires_at,
     last_fetched_at)
   values ($1, $2, $3, $4::text[], $5::bigint[], (select coalesce(sum(n), 0) from unnest($5::bigint[]) n), $6, $7, now())
   returning id`,
)

export interface RemotePoll {
  multiple: boolean
  options: readonly string[]
  tallies: readonly number[]
  votersCount: number | null
  expiresAt: Date | null
}

export async function insertRemotePoll(
  db: Db,
  accountId: string,
  statusId: string,
  poll: RemotePoll,
): Promise<string> {
  const [row] = await insertPoll(db, [
    accountId,
    statusId,
    poll.multiple,
    poll.options,
    poll.tallies,
    poll.votersCount,
    poll.expiresAt,
  ])
  return (row as { id: string }).id
}

const updatePoll = statement<never>(
  'remote_statuses.update_poll',
  `with kept as (
     select v.choice, v.account_id from poll_votes v join polls p on p.id = v.poll_id
     where p.id = $1 and p.options = $3::text[] and p.multiple = $2
   ), reset as (
     delete from poll_votes using polls
     where poll_votes.poll_id = polls.id and polls.id = $1 and (polls.options <> $3::text[] or polls.multiple <> $2)
   ), told as (
     select i, greatest(n, (select count(*) from kept where choice = i - 1)) as n
     from unnest($4::bigint[]) with ordinality as tally (n, i)
   )
   update polls set multiple = $2, options = $3::text[],
     cached_tallies = (select array_agg(n order by i) from told),
     votes_count = (select coalesce(sum(n), 0) from told),
     voters_count = case when $5::bigint is null then null
       else greatest($5::bigint, (select count(distinct account_id) from kept)) end,
     expires_at = $6, last_fetched_at = now(), updated_at = now(), lock_version = lock_version + 1
   where id = $1`,
)

/**
 * Sets a poll to what its server says, but never below what ours have voted; other options mean other votes.
 */
export async function updateRemotePoll(db: Db, pollId: string, poll: RemotePoll): Promise<void> {
  const { multiple, options, tallies, votersCount, expiresAt } = poll
  await updatePoll(db, [pollId, multiple, options, tallies, votersCount, expiresAt])
}

const edit = statement<StatusRow>(
  'remote_statuses.edit',
  `update statuses set text = $2, spoiler_text = $3, sensitive = $4, language = $5, url = $6, poll_id = $7::bigint,
     ordered_media_attachment_ids = $8::bigint[], edited_at = coalesce($9::timestamptz, edited_at), updated_at = now()
   where id = $1 and deleted_at is null returning ${columns(statusColumns)}`,
)

export interface RemoteEdit {
  text: string
  spoilerText: string
  sensitive: boolean
  language: string | null
  url: string | null
  pollId: string | null
  mediaIds: readonly string[]
  /** Null: nothing that readers see has changed. */
  editedAt: Date | null
}

/** Replaces what an edit can change; null when the status is gone. */
export async function editRemoteStatus(db: Db, id: string, change: RemoteEdit): Promise<StatusRow | null> {
  const [row] = await edit(db, [
    id,
    change.text,
    change.spoilerText,
    change.sensitive,
    change.language,
    change.url,
    change.pollId,
    change.mediaIds.length > 0 ? change.mediaIds : null,
    change.editedAt,
  ])
  return row ?? null
}

const untrusted = statement<never>(
  'remote_statuses.set_untrusted_counts',
  `insert into status_stats as s (status_id, untrusted_favourites_count, untrusted_reblogs_count) values ($1, $2, $3)
   on conflict (status_id) do update set
     untrusted_favourites_count = coalesce($2, s.untrusted_favourites_count),
     untrusted_reblogs_count = coalesce($3, s.untrusted_reblogs_count)`,
)

/** Keeps what another server says about likes and shares of its own status, apart from what we count ourselves. */
export async function setUntrustedCounts(
  db: Db,
  statusId: string,
  told: { favourites: number | null; reblogs: number | null },
): Promise<void> {
  if (told.favourites !== null || told.reblogs !== null)
    await untrusted(db, [statusId, told.favourites, told.reblogs])
}

const link = statement<StatusRow>(
  'remote_statuses.link_parent',
  `update statuses set in_reply_to_id = $2, in_reply_to_account_id = $3, conversation_id = coalesce($4, conversation_id),
     updated_at = now()
   where id = $1 and in_reply_to_id is null and deleted_at is null returning ${columns(statusColumns)}`,
)

/** Hangs a reply under the status it answers, once; null when it hangs there already. */
export async function linkToParent(db: Db, statusId: string, parent: StatusRow): Promise<StatusRow | null> {
  const [row] = await link(db, [statusId, parent.id, parent.account_id, parent.conversation_id])
  return row ?? null
}

const relevance = statement<{ relevant: boolean }>(
  'remote_statuses.author_relevance',
  `select (
     exists (
       select 1 from follows f join accounts a on a.id = f.account_id and a.domain is null
       where f.target_account_id = $1)
     or exists (
       select 1 from statuses s join accounts a on a.id = s.account_id
       where s.uri = $2 and s.deleted_at is null and (a.domain is null or exists (
         select 1 from follows f join accounts l on l.id = f.account_id and l.domain is null
         where f.target_account_id = a.id)))
   ) as relevant`,
)

/**
 * Whether anybody here follows the author, or the parent (null for none) is by somebody of ours or somebody whom one of
 * us follows.
 */
export async function isAuthorRelevant(db: Db, authorId: string, parentUri: string | null): Promise<boolean> {
  return (await relevance(db, [authorId, parentUri]))[0]?.relevant ?? false
}

const localFollower = statement<{ account_id: string }>(
  'remote_statuses.local_follower',
  `select f.account_id from follows f join accounts a on a.id = f.account_id
   where f.target_account_id = $1 and a.domain is null and a.suspended_at is null order by f.id limit 1`,
)

/** A local account that follows somebody: who may fetch what only followers see. */
export async function localFollowerOf(db: Db, accountId: string): Promise<string | null> {
  return (await localFollower(db, [accountId]))[0]?.account_id ?? null
}

const poll = statement<PollRow>(
  'remote_statuses.poll',
  `select ${columns(pollColumns, 'p')} from polls p join statuses s on s.poll_id = p.id where s.id = $1`,
)

/** The poll of a status, or null. */
export async function pollOfStatus(db: Db, statusId: string): Promise<PollRow | null> {
  return (await poll(db, [statusId]))[0] ?? null
}
