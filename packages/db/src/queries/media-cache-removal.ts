import type { Db } from '../connection.ts'
import {
  type AccountRow,
  accountColumns,
  type CustomEmojiRow,
  customEmojiColumns,
  type MediaAttachmentRow,
  mediaAttachmentColumns,
  type PreviewCardRow,
  previewCardColumns,
} from '../rows.gen.ts'
import { columns, statement } from '../statement.ts'

/**
 * Taking copies of remote files out of the cache: the rows whose files go, and then their columns, emptied where they
 * still name the file that went. One that was fetched anew meanwhile stays.
 */

const media = statement<MediaAttachmentRow>(
  'media_cache_removal.media',
  `select ${columns(mediaAttachmentColumns)} from media_attachments where id = any($1::bigint[]) and remote_url <> ''`,
)
const profiles = statement<AccountRow>(
  'media_cache_removal.profiles',
  `select ${columns(accountColumns)} from accounts where id = any($1::bigint[]) and domain is not null`,
)
const emojis = statement<CustomEmojiRow>(
  'media_cache_removal.emojis',
  `select ${columns(customEmojiColumns)} from custom_emojis where id = any($1::bigint[]) and domain is not null`,
)
const cards = statement<PreviewCardRow>(
  'media_cache_removal.cards',
  `select ${columns(previewCardColumns)} from preview_cards where id = any($1::bigint[])`,
)

/** Attachments from elsewhere, of these ids. */
export const cachedMediaByIds = (db: Db, ids: readonly string[]): Promise<MediaAttachmentRow[]> =>
  media(db, [ids])
/** Accounts from elsewhere, of these ids. */
export const cachedProfilesByIds = (db: Db, ids: readonly string[]): Promise<AccountRow[]> =>
  profiles(db, [ids])
/** Emojis from elsewhere, of these ids. */
export const cachedEmojisByIds = (db: Db, ids: readonly string[]): Promise<CustomEmojiRow[]> =>
  emojis(db, [ids])
/** Cards of these ids. */
export const cachedCardsByIds = (db: Db, ids: readonly string[]): Promise<PreviewCardRow[]> =>
  cards(db, [ids])

const emptyMedia = statement<never>(
  'media_cache_removal.empty_media',
  `update media_attachments m set file_file_name = null, file_content_type = null, file_file_size = null,
     file_updated_at = null, thumbnail_file_name = null, thumbnail_content_type = null, thumbnail_file_size = null,
     thumbnail_updated_at = null, updated_at = now()
   from unnest($1::bigint[], $2::text[], $3::text[]) as gone (id, file, thumbnail)
   where m.id = gone.id and m.remote_url <> '' and m.file_file_name is not distinct from gone.file
     and m.thumbnail_file_name is not distinct from gone.thumbnail`,
)

/** Notes that attachments are mere addresses again. */
export async function emptyCachedMedia(db: Db, rows: readonly MediaAttachmentRow[]): Promise<void> {
  const names = [rows.map((row) => row.file_file_name), rows.map((row) => row.thumbnail_file_name)]
  await emptyMedia(db, [rows.map((row) => row.id), ...names])
}

const emptyAvatars = statement<never>(
  'media_cache_removal.empty_avatars',
  `update accounts a set avatar_file_name = null, avatar_content_type = null, avatar_file_size = null
   from unnest($1::bigint[], $2::text[]) as gone (id, file)
   where a.id = gone.id and a.domain is not null and a.avatar_file_name = gone.file`,
)
const emptyHeaders = statement<never>(
  'media_cache_removal.empty_headers',
  `update accounts a set header_file_name = null, header_content_type = null, header_file_size = null
   from unnest($1::bigint[], $2::text[]) as gone (id, file)
   where a.id = gone.id and a.domain is not null and a.header_file_name = gone.file`,
)

/** Notes that we hold no avatars, or no headers, of remote accounts. */
export async function emptyCachedPictures(
  db: Db,
  kind: 'avatar' | 'header',
  rows: readonly AccountRow[],
): Promise<void> {
  const empty = kind === 'avatar' ? emptyAvatars : emptyHeaders
  await empty(db, [rows.map((row) => row.id), rows.map((row) => row[`${kind}_file_name`])])
}

const emptyEmojis = statement<never>(
  'media_cache_removal.empty_emojis',
  `update custom_emojis e set image_file_name = null, image_content_type = null, image_file_size = null,
     -- Never tried: fetched again when its server next mentions it.
     image_updated_at = null
   from unnest($1::bigint[], $2::text[]) as gone (id, file)
   where e.id = gone.id and e.domain is not null and e.image_file_name = gone.file`,
)

/** Notes that we hold no pictures of emojis from elsewhere. */
export async function emptyCachedEmojis(db: Db, rows: readonly CustomEmojiRow[]): Promise<void> {
  await emptyEmojis(db, [rows.map((row) => row.id), rows.map((row) => row.image_file_name)])
}

const emptyCards = statement<never>(
  'media_cache_removal.empty_cards',
  `update preview_cards c set image_file_name = null, image_content_type = null, image_file_size = null,
     image_updated_at = null
   from unnest($1::bigint[], $2::text[]) as gone (id, file)
   where c.id = gone.id and c.image_file_name = gone.file`,
)

/** Notes that we hold no pictures of cards. */
export async function emptyCachedCards(db: Db, rows: readonly PreviewCardRow[]): Promise<void> {
  await emptyCards(db, [rows.map((row) => row.id), rows.map((row) => row.image_file_name)])
}
