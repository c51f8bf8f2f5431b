import type { Db } from '../connection.ts'
import {
  type AccountRow,
  accountColumns,
  type MediaAttachmentRow,
  mediaAttachmentColumns,
  type PreviewCardRow,
  previewCardColumns,
} from '../rows.gen.ts'
import { columns, statement } from '../statement.ts'

/** Copies of remote files that lie in our store, and what an operator may have removed or fetched again. */

const MEDIA = columns(mediaAttachmentColumns, 'm')

/** Whether somebody here did something with the status of attachment `m`. */
export const INTERACTED_HERE = `exists (
       select from favourites f join accounts a on a.id = f.account_id and a.domain is null
       where f.status_id = m.status_id
       union all
       select from bookmarks b where b.status_id = m.status_id
       union all
       select from statuses s where s.in_reply_to_id = m.status_id and s.local and s.deleted_at is null
       union all
       select from statuses s where s.reblog_of_id = m.status_id and s.local and s.deleted_at is null
       union all
       select from quotes q join accounts a on a.id = q.account_id and a.domain is null
       where q.quoted_status_id = m.status_id)`

const OLD_MEDIA = `from media_attachments m
   where m.remote_url <> '' and (m.file_file_name is not null or m.thumbnail_file_name is not null)
     and m.created_at <= $1 and (not $3 or m.updated_at <= $1) and not ($2 and ${INTERACTED_HERE})`

const oldMedia = statement<MediaAttachmentRow>(
  'cached_files.media',
  `select ${MEDIA} ${OLD_MEDIA} and m.id > $4 order by m.id limit $5`,
)
const oldMediaCount = statement<{ count: number }>(
  'cached_files.media_count',
  `select count(*)::int as count ${OLD_MEDIA}`,
)

/** Which copies of attachments. */
export interface OldMedia {
  /** Of attachments that came until then. */
  before: Date
  /** Only those that nobody here did anything with. */
  keepInteracted: boolean
  /** Only those that were not fetched again since. */
  untouchedOnly?: boolean
}

/** Attachments of which we hold copies, in the order of their ids, after one of them. */
export async function oldCachedMedia(
  db: Db,
  { before, keepInteracted, untouchedOnly = false }: OldMedia,
  afterId: string,
  limit: number,
): Promise<MediaAttachmentRow[]> {
  return oldMedia(db, [before, keepInteracted, untouchedOnly, afterId, limit])
}

export async function countOldCachedMedia(db: Db, query: OldMedia): Promise<number> {
  const { before, keepInteracted, untouchedOnly = false } = query
  return (await oldMediaCount(db, [before, keepInteracted, untouchedOnly]))[0]?.count ?? 0
}

const dropMedia = statement<never>(
  'cached_files.drop_media',
  `update media_attachments set file_file_name = null, file_content_type = null, file_file_size = null,
     file_updated_at = null, thumbnail_file_name = null, thumbnail_content_type = null, thumbnail_file_size = null,
     thumbnail_updated_at = null, updated_at = now()
   where id = any($1::bigint[]) and remote_url <> ''`,
)

/** Makes remote attachments addresses again, to be fetched when somebody looks. */
export async function dropCachedMedia(db: Db, ids: readonly string[]): Promise<void> {
  await dropMedia(db, [ids])
}

const OLD_PROFILES = `from accounts a
   where a.domain is not null and a.last_webfingered_at <= $1 and a.updated_at <= $1
     and (a.header_file_name is not null or ($2 and a.avatar_file_name is not null))
     and ($3 or not exists (
       select from follows f where f.account_id = a.id
       union all select from follows f where f.target_account_id = a.id))`

const oldProfiles = statement<AccountRow>(
  'cached_files.profiles',
  `select ${columns(accountColumns, 'a')} ${OLD_PROFILES} and a.id > $4 order by a.id limit $5`,
)
const oldProfilesCount = statement<{ count: number }>(
  'cached_files.profiles_count',
  `select count(*)::int as count ${OLD_PROFILES}`,
)

/** Which remote profiles: not heard of since `before`; with avatars or headers alone; without those somebody follows. */
export interface OldProfiles {
  before: Date
  withAvatars: boolean
  includeFollows: boolean
}

/** Remote accounts whose pictures we hold, in the order of their ids, after one of them. */
export async function oldCachedProfiles(
  db: Db,
  { before, withAvatars, includeFollows }: OldProfiles,
  afterId: string,
  limit: number,
): Promise<AccountRow[]> {
  return oldProfiles(db, [before, withAvatars, includeFollows, afterId, limit])
}

export async function countOldCachedProfiles(db: Db, query: OldProfiles): Promise<number> {
  const { before, withAvatars, includeFollows } = query
  return (await oldProfilesCount(db, [before, withAvatars, includeFollows]))[0]?.count ?? 0
}

const dropPictures = statement<never>(
  'cached_files.drop_profiles',
  `update accounts set
     avatar_file_name = case when $2 then null else avatar_file_name end,
     avatar_content_type = case when $2 then null else avatar_content_type end,
     avatar_file_size = case when $2 then null else avatar_file_size end,
     header_file_name = null, header_content_type = null, header_file_size = null, updated_at = now()
   where id = any($1::bigint[]) and domain is not null`,
)

/** Notes that we hold no header, and with `withAvatars` no avatar, of remote accounts. */
export async function dropCachedProfiles(
  db: Db,
  ids: readonly string[],
  withAvatars: boolean,
): Promise<void> {
  await dropPictures(db, [ids, withAvatars])
}

const OLD_CARDS = `from preview_cards c
   where c.image_file_name is not null and c.updated_at < $1 and (not $2 or c.type = 0)`

const oldCards = statement<PreviewCardRow>(
  'cached_files.cards',
  `select ${columns(previewCardColumns, 'c')} ${OLD_CARDS} and c.id > $3 order by c.id limit $4`,
)
const oldCardsCount = statement<{ count: number }>(
  'cached_files.cards_count',
  `select count(*)::int as count ${OLD_CARDS}`,
)

/** Which cards: untouched since `before`; with `linksOnly` no films, photos and the like. */
export interface OldCards {
  before: Date
  linksOnly: boolean
}

/** Preview cards whose pictures we hold, in the order of their ids, after one of them. */
export async function oldCachedCards(
  db: Db,
  { before, linksOnly }: OldCards,
  afterId: string,
  limit: number,
): Promise<PreviewCardRow[]> {
  return oldCards(db, [before, linksOnly, afterId, limit])
}

export async function countOldCachedCards(db: Db, { before, linksOnly }: OldCards): Promise<number> {
  return (await oldCardsCount(db, [before, linksOnly]))[0]?.count ?? 0
}

const dropCards = statement<never>(
  'cached_files.drop_cards',
  `update preview_cards set image_file_name = null, image_content_type = null, image_file_size = null,
     image_updated_at = null
   where id = any($1::bigint[])`,
)

/** Notes that we hold no pictures of cards. */
export async function dropCachedCards(db: Db, ids: readonly string[]): Promise<void> {
  await dropCards(db, [ids])
}

const REFRESHED = `from media_attachments m left join accounts a on a.id = m.account_id
   where m.remote_url <> '' and ($1 or m.file_file_name is null)
     and ($2::bigint is null or m.status_id = $2) and ($3::bigint is null or m.account_id = $3)
     and ($4::text is null or a.domain = $4 or right(a.domain, length($4) + 1) = '.' || $4)
     and ($5::timestamptz is null or m.created_at >= $5)`

const refreshed = statement<MediaAttachmentRow>(
  'cached_files.refreshed',
  `select ${MEDIA} ${REFRESHED} and m.id > $6 order by m.id limit $7`,
)
const refreshedCount = statement<{ count: number }>(
  'cached_files.refreshed_count',
  `select count(*)::int as count ${REFRESHED}`,
)

/** Which remote attachments to fetch again; null leaves one out. Without `isForced` only those we hold no copy of. */
export interface RefreshedMedia {
  isForced: boolean
  statusId: string | null
  accountId: string | null
  domain: string | null
  since: Date | null
}

const refreshedValues = (query: RefreshedMedia) => [
  query.isForced,
  query.statusId,
  query.accountId,
  query.domain,
  query.since,
]

/** Remote attachments that are to be fetched, in the order of their ids, after one of them. */
export async function mediaToRefresh(
  db: Db,
  query: RefreshedMedia,
  afterId: string,
  limit: number,
): Promise<MediaAttachmentRow[]> {
  return refreshed(db, [...refreshedValues(query), afterId, limit])
}

export async function countMediaToRefresh(db: Db, query: RefreshedMedia): Promise<number> {
  return (await refreshedCount(db, refreshedValues(query)))[0]?.count ?? 0
}
