import type { Db } from '../connection.ts'
import {
  type AnnouncementRow,
  announcementColumns,
  type CustomEmojiRow,
  customEmojiColumns,
} from '../rows.gen.ts'
import { joinedColumns, joinedRow } from '../joined.ts'
import { columns, statement } from '../statement.ts'
import { groupedBy } from '../to-map.ts'

const ALL = columns(announcementColumns)

const published = statement<AnnouncementRow>(
  'published_announcements',
  `select ${ALL} from announcements where published
   order by coalesce(starts_at, scheduled_at, published_at, created_at), id`,
)

/** What is announced now, in the order of the events. */
export async function publishedAnnouncements(db: Db): Promise<AnnouncementRow[]> {
  return published(db, [])
}

const everyOne = statement<AnnouncementRow>(
  'all_announcements',
  `select ${ALL} from announcements order by coalesce(starts_at, scheduled_at, published_at, created_at) desc, id desc`,
)

/** Every announcement, drafts included, the newest event first. */
export async function allAnnouncements(db: Db): Promise<AnnouncementRow[]> {
  return everyOne(db, [])
}

const byId = statement<AnnouncementRow>(
  'announcement_by_id',
  `select ${ALL} from announcements where id = $1`,
)

export async function announcementById(db: Db, id: string): Promise<AnnouncementRow | null> {
  return (await byId(db, [id]))[0] ?? null
}

/** Makes an announcement of any given columns. */
export async function insertAnnouncement(
  db: Db,
  values: Partial<AnnouncementRow> & Pick<AnnouncementRow, 'text'>,
): Promise<AnnouncementRow> {
  const [row] = (await db('announcements')
    .insert(values)
    .returning([...announcementColumns])) as AnnouncementRow[]
  if (!row) throw new Error('The announcement was not inserted.')
  return row
}

/** Changes any columns of an announcement; null when there is none. */
export async function updateAnnouncementRow(
  db: Db,
  id: string,
  values: Partial<AnnouncementRow>,
): Promise<AnnouncementRow | null> {
  const [row] = (await db('announcements')
    .where({ id })
    .update({ ...values, updated_at: db.fn.now() })
    .returning([...announcementColumns])) as AnnouncementRow[]
  return row ?? null
}

const remove = statement<{ id: string }>(
  'delete_announcement',
  'delete from announcements where id = $1 returning id',
)

/** Deletes an announcement with its reactions and marks; false when there was none. */
export async function deleteAnnouncementRow(db: Db, id: string): Promise<boolean> {
  return (await remove(db, [id])).length > 0
}

const due = statement<{ id: string }>(
  'due_announcements',
  'select id from announcements where not published and scheduled_at <= $1 order by scheduled_at, id',
)
const over = statement<{ id: string }>(
  'ended_announcements',
  'select id from announcements where published and ends_at <= $1 order by ends_at, id',
)

/** Announcements that wait for a time that has come. */
export async function dueAnnouncementIds(db: Db, now: Date): Promise<string[]> {
  return (await due(db, [now])).map((row) => row.id)
}

/** Published announcements of what has ended. */
export async function endedAnnouncementIds(db: Db, now: Date): Promise<string[]> {
  return (await over(db, [now])).map((row) => row.id)
}

const reads = statement<{ announcement_id: string }>(
  'read_announcements',
  'select announcement_id from announcement_mutes where account_id = $1 and announcement_id = any($2::bigint[])',
)

/** Which of the announcements an account has read. */
export async function readAnnouncementIds(
  db: Db,
  accountId: string,
  ids: readonly string[],
): Promise<Set<string>> {
  return new Set((await reads(db, [accountId, ids])).map((row) => row.announcement_id))
}

const read = statement(
  'insert_announcement_mute',
  `insert into announcement_mutes (account_id, announcement_id) values ($1, $2) on conflict do nothing`,
)

/** Notes that an account has read an announcement; a second time changes nothing. */
export async function insertAnnouncementMute(db: Db, accountId: string, id: string): Promise<void> {
  await read(db, [accountId, id])
}

/** One reaction and how many gave it. */
export interface ReactionCount {
  announcement_id: string
  name: string
  count: number
  /** Whether the asking account is among them. */
  me: boolean
  emoji: CustomEmojiRow | null
}

const reactions = statement<Record<string, unknown> & Omit<ReactionCount, 'emoji'>>(
  'announcement_reaction_counts',
  `select r.announcement_id, r.name, r.count::int as count, r.me, ${joinedColumns('e', customEmojiColumns)}
   from (
     select announcement_id, name, custom_emoji_id, count(*) as count, min(created_at) as first_at, min(id) as first_id,
       coalesce(bool_or(account_id = $2), false) as me
     from announcement_reactions where announcement_id = any($1::bigint[])
     group by announcement_id, name, custom_emoji_id
   ) r
   left join custom_emojis e on e.id = r.custom_emoji_id
   order by r.announcement_id, r.first_at, r.first_id`,
)

/** The reactions to announcements by id, those first given first. One statement. @param accountId who asks, or null */
export async function reactionCounts(
  db: Db,
  ids: readonly string[],
  accountId: string | null,
): Promise<Map<string, ReactionCount[]>> {
  const rows = (await reactions(db, [ids, accountId])).map(
    (row): ReactionCount => ({
      announcement_id: row.announcement_id,
      name: row.name,
      count: row.count,
      me: row.me,
      emoji: joinedRow<CustomEmojiRow>(row, 'e', customEmojiColumns),
    }),
  )
  return groupedBy(rows, 'announcement_id')
}

const lock = statement('lock_announcement', 'select id from announcements where id = $1 for update')
const names = statement<{ name: string }>(
  'announcement_reaction_names',
  'select distinct name from announcement_reactions where announcement_id = $1',
)

/** The different reactions to an announcement; until the transaction ends nobody else adds one. */
export async function lockedReactionNames(db: Db, id: string): Promise<Set<string>> {
  await lock(db, [id])
  return new Set((await names(db, [id])).map((row) => row.name))
}

const insertReaction = statement<{ id: string }>(
  'insert_announcement_reaction',
  `insert into announcement_reactions (account_id, announcement_id, name, custom_emoji_id) values ($1, $2, $3, $4)
   on conflict do nothing returning id`,
)

/** Adds a reaction; false when the account has given it before. */
export async function insertAnnouncementReaction(
  db: Db,
  values: { accountId: string; announcementId: string; name: string; customEmojiId: string | null },
): Promise<boolean> {
  const { accountId, announcementId, name, customEmojiId } = values
  return (await insertReaction(db, [accountId, announcementId, name, customEmojiId])).length > 0
}

const deleteReaction = statement<{ id: string }>(
  'delete_announcement_reaction',
  'delete from announcement_reactions where account_id = $1 and announcement_id = $2 and name = $3 returning id',
)

/** Takes a reaction back; false when there was none. */
export async function deleteAnnouncementReaction(
  db: Db,
  accountId: string,
  announcementId: string,
  name: string,
): Promise<boolean> {
  return (await deleteReaction(db, [accountId, announcementId, name])).length > 0
}

const shown = statement<{ id: string }>(
  'announceable_status_ids',
  `select s.id from statuses s join accounts a on a.id = s.account_id
   where s.deleted_at is null and s.visibility in (0, 1) and s.reblog_of_id is null and a.suspended_at is null
     and (s.id = any($1::bigint[]) or s.uri = any($2::text[]))`,
)

/** Of the statuses, by id or address, those that everyone may see. */
export async function announceableStatusIds(
  db: Db,
  ids: readonly string[],
  uris: readonly string[],
): Promise<string[]> {
  if (ids.length === 0 && uris.length === 0) return []
  return (await shown(db, [ids, uris])).map((row) => row.id)
}

const active = statement<{ id: string }>(
  'active_local_account_ids',
  `select u.account_id as id from users u join accounts a on a.id = u.account_id
   where u.account_id > $1 and u.confirmed_at is not null and not u.disabled and a.suspended_at is null
     and coalesce(u.current_sign_in_at, u.created_at) > $2
   order by u.account_id limit $3`,
)

/** Accounts of users who were here since a time, by id, above `afterId`. */
export async function activeLocalAccountIds(
  db: Db,
  afterId: string,
  since: Date,
  limit: number,
): Promise<string[]> {
  return (await active(db, [afterId, since, limit])).map((row) => row.id)
}
