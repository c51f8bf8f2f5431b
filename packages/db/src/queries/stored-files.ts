import type { Db } from '../connection.ts'
import { PROCESSING_STATES, stored } from '../enums.ts'
import { statement } from '../statement.ts'

/** Which files belong to which rows, and how much room they take. */

export interface FileOwner {
  /** Table and attachment, as keys begin: `accounts/avatars`. */
  place: string
  id: string
  /** What the row calls the file; null where it has none. */
  name: string | null
  /** Nobody is to see it: its account is suspended, it is for its owner alone, or as it was sent and still in work. */
  is_hidden: boolean
}

/** Rows by their ids, each once for every file it can have. */
export type OwnerIds = Partial<Record<OwnerTable, readonly string[]>>
export type OwnerTable = (typeof OWNER_TABLES)[number]
export const OWNER_TABLES = [
  'media_attachments',
  'accounts',
  'custom_emojis',
  'preview_cards',
  'site_uploads',
  'backups',
] as const

const COMPLETE = stored(PROCESSING_STATES, 'complete')

const owners = statement<FileOwner>(
  'stored_files.owners',
  `select 'media_attachments/files' as place, m.id, m.file_file_name as name,
       a.suspended_at is not null or coalesce(m.processing <> ${COMPLETE}, false) as is_hidden
     from media_attachments m left join accounts a on a.id = m.account_id where m.id = any($1::bigint[])
   union all
   select 'media_attachments/thumbnails', m.id, m.thumbnail_file_name, a.suspended_at is not null
     from media_attachments m left join accounts a on a.id = m.account_id where m.id = any($1::bigint[])
   union all
   select 'accounts/avatars', id, avatar_file_name, suspended_at is not null
     from accounts where id = any($2::bigint[])
   union all
   select 'accounts/headers', id, header_file_name, suspended_at is not null
     from accounts where id = any($2::bigint[])
   union all
   select 'custom_emojis/images', id, image_file_name, false from custom_emojis where id = any($3::bigint[])
   union all
   select 'preview_cards/images', id, image_file_name, false from preview_cards where id = any($4::bigint[])
   union all
   select 'site_uploads/files', id, file_file_name, false from site_uploads where id = any($5::bigint[])
   union all
   select 'backups/dumps', id, dump_file_name, true from backups where id = any($6::bigint[])`,
)

/** The files that rows have. One statement, however many tables. */
export async function fileOwners(db: Db, ids: OwnerIds): Promise<FileOwner[]> {
  return owners(
    db,
    OWNER_TABLES.map((table) => ids[table] ?? []),
  )
}

/** Bytes, as numbers in text. */
export interface StorageUse {
  kind: string
  total: string
  /** Of this server's own; null where that says nothing. */
  local: string | null
}

const use = statement<StorageUse>(
  'stored_files.use',
  `select 'attachments' as kind,
     coalesce(sum(coalesce(m.file_file_size, 0)::bigint + coalesce(m.thumbnail_file_size, 0)), 0)::text as total,
     coalesce(sum(coalesce(m.file_file_size, 0)::bigint + coalesce(m.thumbnail_file_size, 0))
       filter (where a.id is not null and a.domain is null), 0)::text as local
     from media_attachments m left join accounts a on a.id = m.account_id
   union all
   select 'custom_emoji', coalesce(sum(image_file_size), 0)::text,
     coalesce(sum(image_file_size) filter (where domain is null), 0)::text from custom_emojis
   union all
   select 'avatars', coalesce(sum(avatar_file_size), 0)::text,
     coalesce(sum(avatar_file_size) filter (where domain is null), 0)::text from accounts
   union all
   select 'headers', coalesce(sum(header_file_size), 0)::text,
     coalesce(sum(header_file_size) filter (where domain is null), 0)::text from accounts
   union all
   select 'preview_cards', coalesce(sum(image_file_size), 0)::text, null from preview_cards
   union all
   select 'backups', coalesce(sum(dump_file_size), 0)::text, null from backups
   union all
   select 'settings', coalesce(sum(file_file_size), 0)::text, null from site_uploads`,
)

/** How much the files of each kind take, as their rows say. Reads whole tables. */
export async function storageUse(db: Db): Promise<StorageUse[]> {
  return use(db, [])
}
