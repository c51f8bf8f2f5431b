import {
  type AccountRow,
  type BackupRow,
  type CustomEmojiRow,
  MEDIA_TYPES,
  type MediaAttachmentRow,
  named,
  type PreviewCardRow,
  type SiteUploadRow,
} from '@anancus/db'

/**
 * Where the files of a row lie in the store. The layout is Mastodon's, so that its files can be served where they are:
 * `class/attachment/112/345/678/901/234/567/style/name`, below `cache/` for what came from elsewhere.
 */

const FIRST_LONG_ID = 1_000_000_000n

/** `112345678901234567` → `112/345/678/901/234/567`; short ids are filled up with zeros to nine digits. */
export function idPartition(id: string): string {
  const width = BigInt(id) < FIRST_LONG_ID ? 9 : 12
  return (id.padStart(width, '0').match(/\d{3}/g) ?? []).join('/')
}

/** Version 1 keeps copies of remote files apart; older rows of an imported database may not. */
function cachePrefix(isRemote: boolean, storageVersion: number | null): string {
  return isRemote && (storageVersion ?? 0) >= 1 ? 'cache/' : ''
}

export function withExtension(fileName: string, extension: string): string {
  const dot = fileName.lastIndexOf('.')
  return `${dot > 0 ? fileName.slice(0, dot) : fileName}.${extension}`
}

type MediaFile = Pick<
  MediaAttachmentRow,
  'id' | 'type' | 'remote_url' | 'file_file_name' | 'file_storage_schema_version'
>

/** The file of an attachment, or its preview; null while there is none. */
export function mediaKey(media: MediaFile, style: 'original' | 'small'): string | null {
  if (media.file_file_name === null) return null
  const name = style === 'original' ? media.file_file_name : previewName(media, media.file_file_name)
  if (name === null) return null
  const prefix = cachePrefix(media.remote_url !== '', media.file_storage_schema_version)
  return `${prefix}media_attachments/files/${idPartition(media.id)}/${style}/${name}`
}

/** The preview of a moving picture is a PNG; sound has none. */
function previewName(media: MediaFile, fileName: string): string | null {
  const type = named(MEDIA_TYPES, media.type)
  if (type === 'audio' || type === 'unknown') return null
  return type === 'image' ? fileName : withExtension(fileName, 'png')
}

type MediaThumbnail = Pick<
  MediaAttachmentRow,
  'id' | 'remote_url' | 'thumbnail_file_name' | 'thumbnail_storage_schema_version'
>

/** The picture that an author gave to a film or a sound; null where there is none. */
export function mediaThumbnailKey(media: MediaThumbnail): string | null {
  if (media.thumbnail_file_name === null) return null
  const prefix = cachePrefix(media.remote_url !== '', media.thumbnail_storage_schema_version)
  return `${prefix}media_attachments/thumbnails/${idPartition(media.id)}/original/${media.thumbnail_file_name}`
}

type ProfileImages = Pick<
  AccountRow,
  | 'id'
  | 'domain'
  | 'avatar_file_name'
  | 'avatar_storage_schema_version'
  | 'header_file_name'
  | 'header_storage_schema_version'
>

/** Avatar or header, moving or still (`static`, which GIFs alone have); null where none was set. */
export function profileImageKey(
  account: ProfileImages,
  kind: 'avatar' | 'header',
  style: 'original' | 'static',
): string | null {
  const fileName = account[`${kind}_file_name`]
  if (fileName === null) return null
  const prefix = cachePrefix(account.domain !== null, account[`${kind}_storage_schema_version`])
  const name = style === 'static' ? withExtension(fileName, 'png') : fileName
  return `${prefix}accounts/${kind}s/${idPartition(account.id)}/${style}/${name}`
}

type EmojiImage = Pick<CustomEmojiRow, 'id' | 'domain' | 'image_file_name' | 'image_storage_schema_version'>

/** A custom emoji, moving or still; null while it has no file. */
export function emojiKey(emoji: EmojiImage, style: 'original' | 'static'): string | null {
  if (emoji.image_file_name === null) return null
  const prefix = cachePrefix(emoji.domain !== null, emoji.image_storage_schema_version)
  const name = style === 'static' ? withExtension(emoji.image_file_name, 'png') : emoji.image_file_name
  return `${prefix}custom_emojis/images/${idPartition(emoji.id)}/${style}/${name}`
}

type CardImage = Pick<PreviewCardRow, 'id' | 'image_file_name' | 'image_storage_schema_version'>

/** The picture of a preview card; always a copy of something remote. */
export function cardKey(card: CardImage): string | null {
  if (card.image_file_name === null) return null
  const prefix = cachePrefix(true, card.image_storage_schema_version)
  return `${prefix}preview_cards/images/${idPartition(card.id)}/original/${card.image_file_name}`
}

type SiteFile = Pick<SiteUploadRow, 'id' | 'file_file_name'>

/** A picture of the instance itself, in one of its sizes (`original`, `@1x`, `@2x`, or a width such as `48`). */
export function siteUploadKey(upload: SiteFile, style: string): string | null {
  if (upload.file_file_name === null) return null
  return `site_uploads/files/${idPartition(upload.id)}/${style}/${upload.file_file_name}`
}

/** The archive of an account, for its owner alone; null until it is made. */
export function backupKey(backup: Pick<BackupRow, 'id' | 'dump_file_name'>): string | null {
  if (backup.dump_file_name === null) return null
  return `${BACKUPS}dumps/${idPartition(backup.id)}/original/${backup.dump_file_name}`
}

/** What all keys of archives begin with: nobody but us may read what lies there. */
export const BACKUPS = 'backups/'
