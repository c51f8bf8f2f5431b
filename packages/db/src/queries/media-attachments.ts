import type { Db } from '../connection.ts'
import { type MediaAttachmentRow, mediaAttachmentColumns } from '../rows.gen.ts'
import { columns, statement } from '../statement.ts'
import { byColumn } from '../to-map.ts'

const MEDIA = columns(mediaAttachmentColumns)

const byId = statement<MediaAttachmentRow>(
  'media_by_id',
  `select ${MEDIA} from media_attachments where id = $1`,
)

/** An attachment, whosever it is. */
export async function mediaById(db: Db, id: string): Promise<MediaAttachmentRow | null> {
  return (await byId(db, [id]))[0] ?? null
}

const unattached = statement<MediaAttachmentRow>(
  'media_unattached_by_ids',
  `select ${MEDIA} from media_attachments
   where id = any($2::bigint[]) and account_id = $1 and status_id is null and scheduled_status_id is null`,
)

/** Uploads of an account that no status has; others' and attached ones are absent. */
export async function unattachedMedia(
  db: Db,
  accountId: string,
  ids: readonly string[],
): Promise<Map<string, MediaAttachmentRow>> {
  if (ids.length === 0) return new Map()
  return byColumn(await unattached(db, [accountId, ids]), 'id')
}

const ofStatus = statement<MediaAttachmentRow>(
  'media_of_status',
  `select ${MEDIA} from media_attachments where status_id = $1 order by id`,
)

/** Everything that hangs on a status, also what an edit has taken out of its order. */
export async function mediaOfStatus(db: Db, statusId: string): Promise<MediaAttachmentRow[]> {
  return ofStatus(db, [statusId])
}

const attach = statement<{ id: string }>(
  'media_attach',
  `update media_attachments set status_id = $2, updated_at = now()
   where id = any($3::bigint[]) and account_id = $1 and (status_id is null or status_id = $2)
     and scheduled_status_id is null returning id`,
)

/** Hangs uploads on a status; returns how many. Fewer than asked means that somebody was faster. */
export async function attachMedia(
  db: Db,
  accountId: string,
  statusId: string,
  ids: readonly string[],
): Promise<number> {
  return ids.length === 0 ? 0 : (await attach(db, [accountId, statusId, ids])).length
}

const detach = statement<never>(
  'media_detach',
  'update media_attachments set status_id = null, updated_at = now() where status_id = $1',
)

/** Frees the uploads of a deleted status to be used again. */
export async function detachMedia(db: Db, statusId: string): Promise<void> {
  await detach(db, [statusId])
}

export interface StoredFile {
  name: string
  contentType: string
  bytes: number
}

const nextId = statement<{ id: string }>('media_next_id', "select timestamp_id('media_attachments') as id")

/** An id for a row whose files, named after it, are stored first. */
export async function nextMediaId(db: Db): Promise<string> {
  return (await nextId(db, []))[0]?.id ?? ''
}

export interface NewMedia {
  id: string
  accountId: string
  /** Index in MEDIA_TYPES. */
  type: number
  processing: number
  shortcode: string
  description: string | null
  blurhash: string | null
  meta: object
  file: StoredFile
  /** The picture that its author gave to a film or a sound. */
  thumbnail: StoredFile | null
}

const insert = statement<MediaAttachmentRow>(
  'media_insert',
  `insert into media_attachments (id, account_id, type, processing, shortcode, description, blurhash, file_meta,
     file_file_name, file_content_type, file_file_size, file_updated_at, file_storage_schema_version,
     thumbnail_file_name, thumbnail_content_type, thumbnail_file_size, thumbnail_updated_at,
     thumbnail_storage_schema_version)
   values ($1, $2, $3, $4, $5, $6, $7, $8::jsonb, $9, $10, $11, now(), 1, $12, $13, $14,
     case when $12::text is not null then now() end, case when $12::text is not null then 1 end)
   returning ${MEDIA}`,
)

export async function insertMedia(db: Db, media: NewMedia): Promise<MediaAttachmentRow> {
  const [row] = await insert(db, [
    media.id,
    media.accountId,
    media.type,
    media.processing,
    media.shortcode,
    media.description,
    media.blurhash,
    JSON.stringify(media.meta),
    media.file.name,
    media.file.contentType,
    media.file.bytes,
    media.thumbnail?.name ?? null,
    media.thumbnail?.contentType ?? null,
    media.thumbnail?.bytes ?? null,
  ])
  return row as MediaAttachmentRow
}

const describe = statement<MediaAttachmentRow>(
  'media_describe',
  `update media_attachments set
     description = case when $2::boolean then $3 else description end,
     file_meta = case when $4::jsonb is null then file_meta
       else coalesce(file_meta, '{}') || jsonb_build_object('focus', $4::jsonb) end,
     updated_at = now()
   where id = $1 returning ${MEDIA}`,
)

/** Changes text and focus of an attachment; undefined leaves what is there. */
export async function describeMedia(
  db: Db,
  id: string,
  change: { description?: string | null | undefined; focus?: { x: number; y: number } | undefined },
): Promise<MediaAttachmentRow | null> {
  const [row] = await describe(db, [
    id,
    change.description !== undefined,
    change.description ?? null,
    change.focus ? JSON.stringify(change.focus) : null,
  ])
  return row ?? null
}

const setFile = statement<MediaAttachmentRow>(
  'media_set_file',
  `update media_attachments set file_file_name = $2, file_content_type = $3, file_file_size = $4,
     file_updated_at = now(), file_storage_schema_version = 1, type = $5,
     blurhash = case when thumbnail_file_name is null then coalesce($6, blurhash) else blurhash end,
     file_meta = coalesce(file_meta, '{}') ||
       case when thumbnail_file_name is null then $7::jsonb else $7::jsonb - 'small' end,
     processing = $8, updated_at = now()
   where id = $1 returning ${MEDIA}`,
)

/** Notes the stored file of an attachment. A thumbnail that is there goes on to say how the attachment looks. */
export async function setMediaFile(
  db: Db,
  id: string,
  stored: { file: StoredFile; type: number; blurhash: string | null; meta: object; processing: number },
): Promise<MediaAttachmentRow | null> {
  const [row] = await setFile(db, [
    id,
    stored.file.name,
    stored.file.contentType,
    stored.file.bytes,
    stored.type,
    stored.blurhash,
    JSON.stringify(stored.meta),
    stored.processing,
  ])
  return row ?? null
}

const setThumbnail = statement<MediaAttachmentRow>(
  'media_set_thumbnail',
  `update media_attachments set thumbnail_file_name = $2, thumbnail_content_type = $3, thumbnail_file_size = $4,
     thumbnail_updated_at = now(), thumbnail_storage_schema_version = 1, blurhash = $5,
     file_meta = coalesce(file_meta, '{}') || $6::jsonb, updated_at = now()
   where id = $1 and (not $7::boolean or thumbnail_file_name is null) returning ${MEDIA}`,
)

/**
 * Notes the stored picture that stands for a film or a sound.
 *
 * @param isOnlyFirst leaves one that is there already
 * @returns null where nothing was changed
 */
export async function setMediaThumbnail(
  db: Db,
  id: string,
  thumbnail: { file: StoredFile; blurhash: string; meta: object },
  isOnlyFirst: boolean,
): Promise<MediaAttachmentRow | null> {
  const { file, blurhash, meta } = thumbnail
  const values = [id, file.name, file.contentType, file.bytes, blurhash, JSON.stringify(meta), isOnlyFirst]
  return (await setThumbnail(db, values))[0] ?? null
}

const setProcessing = statement<never>(
  'media_set_processing',
  'update media_attachments set processing = $2, updated_at = now() where id = $1',
)

/** Notes how far an attachment is. */
export async function setMediaProcessing(db: Db, id: string, processing: number): Promise<void> {
  await setProcessing(db, [id, processing])
}

const remove = statement<MediaAttachmentRow>(
  'media_delete',
  `delete from media_attachments where id = any($1::bigint[]) returning ${MEDIA}`,
)

/** Deletes rows and returns them, for their files to follow. */
export async function deleteMediaRows(db: Db, ids: readonly string[]): Promise<MediaAttachmentRow[]> {
  return ids.length === 0 ? [] : remove(db, [ids])
}

export interface ProfileImage {
  fileName: string
  contentType: string
  bytes: number
}

const setAvatar = statement<never>(
  'account_set_avatar',
  `update accounts set avatar_file_name = $2, avatar_content_type = $3, avatar_file_size = $4,
     avatar_updated_at = $5, avatar_storage_schema_version = 1, updated_at = now() where id = $1`,
)
const setHeader = statement<never>(
  'account_set_header',
  `update accounts set header_file_name = $2, header_content_type = $3, header_file_size = $4,
     header_updated_at = $5, header_storage_schema_version = 1, updated_at = now() where id = $1`,
)

/** Notes the stored picture of a profile; null takes it away. */
export async function setProfileImage(
  db: Db,
  accountId: string,
  kind: 'avatar' | 'header',
  image: ProfileImage | null,
): Promise<void> {
  const set = kind === 'avatar' ? setAvatar : setHeader
  await set(db, [
    accountId,
    image?.fileName ?? null,
    image?.contentType ?? null,
    image?.bytes ?? null,
    image ? new Date() : null,
  ])
}

const storedOfAccount = statement<MediaAttachmentRow>(
  'media_stored_of_account',
  `select ${columns(mediaAttachmentColumns)} from media_attachments
   where account_id = $1 and id > $2 and file_file_name is not null order by id limit $3`,
)

/** Attachments of an account whose files we have, in the order of their ids, after one of them. */
export async function storedMediaOfAccount(
  db: Db,
  accountId: string,
  afterId: string,
  limit: number,
): Promise<MediaAttachmentRow[]> {
  return storedOfAccount(db, [accountId, afterId, limit])
}
