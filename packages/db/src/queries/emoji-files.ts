import type { Db } from '../connection.ts'
import {
  type CustomEmojiCategoryRow,
  type CustomEmojiRow,
  customEmojiCategoryColumns,
  customEmojiColumns,
} from '../rows.gen.ts'
import { columns, statement } from '../statement.ts'

/** Custom emojis with their pictures: ours come from an archive, those of others from their servers. */

const EMOJI = columns(customEmojiColumns)

const byId = statement<CustomEmojiRow>(
  'emoji_files.by_id',
  `select ${EMOJI} from custom_emojis where id = $1`,
)

export async function emojiById(db: Db, id: string): Promise<CustomEmojiRow | null> {
  return (await byId(db, [id]))[0] ?? null
}

const localByShortcode = statement<CustomEmojiRow>(
  'emoji_files.local_by_shortcode',
  `select ${EMOJI} from custom_emojis where domain is null and lower(shortcode) = lower($1) order by id limit 1`,
)

/** An emoji of ours, however its name is written. */
export async function localEmojiByShortcode(db: Db, shortcode: string): Promise<CustomEmojiRow | null> {
  return (await localByShortcode(db, [shortcode]))[0] ?? null
}

const nextId = statement<{ id: string }>(
  'emoji_files.next_id',
  "select nextval(pg_get_serial_sequence('custom_emojis', 'id'))::text as id",
)

/** An id for a row whose files, named after it, are stored first. */
export async function nextEmojiId(db: Db): Promise<string> {
  return (await nextId(db, []))[0]?.id ?? ''
}

export interface EmojiPicture {
  fileName: string
  contentType: string
  bytes: number
}

const saveLocal = statement<CustomEmojiRow>(
  'emoji_files.save_local',
  `insert into custom_emojis (id, shortcode, image_file_name, image_content_type, image_file_size, image_updated_at,
     image_storage_schema_version, visible_in_picker, category_id)
   values ($1, $2, $3, $4, $5, now(), 1, $6, $7)
   on conflict (id) do update set image_file_name = excluded.image_file_name,
     image_content_type = excluded.image_content_type, image_file_size = excluded.image_file_size,
     image_updated_at = now(), image_storage_schema_version = 1, visible_in_picker = excluded.visible_in_picker,
     category_id = excluded.category_id, updated_at = now()
   returning ${EMOJI}`,
)

/** Makes an emoji of ours, or gives one that is there a new picture; its name stays as it is. */
export async function saveLocalEmoji(
  db: Db,
  emoji: {
    id: string
    shortcode: string
    picture: EmojiPicture
    isVisible: boolean
    categoryId: string | null
  },
): Promise<CustomEmojiRow> {
  const { id, shortcode, picture, isVisible, categoryId } = emoji
  const { fileName, contentType, bytes } = picture
  const [row] = await saveLocal(db, [id, shortcode, fileName, contentType, bytes, isVisible, categoryId])
  return row as CustomEmojiRow
}

const setPicture = statement<{ id: string }>(
  'emoji_files.set_picture',
  `update custom_emojis set image_file_name = $3, image_content_type = $4, image_file_size = $5,
     image_updated_at = now(), image_storage_schema_version = 1
   where id = $1 and image_remote_url = $2 returning id`,
)

/**
 * Notes the copy of a remote emoji's picture.
 *
 * @returns false when the emoji is gone, or has another picture by now
 */
export async function setRemoteEmojiPicture(
  db: Db,
  emoji: { id: string; remoteUrl: string; picture: EmojiPicture },
): Promise<boolean> {
  const { fileName, contentType, bytes } = emoji.picture
  return (await setPicture(db, [emoji.id, emoji.remoteUrl, fileName, contentType, bytes])).length > 0
}

const CATEGORY = columns(customEmojiCategoryColumns)

const category = statement<CustomEmojiCategoryRow>(
  'emoji_files.category',
  `select ${CATEGORY} from custom_emoji_categories where name = $1`,
)

export async function emojiCategory(db: Db, name: string): Promise<CustomEmojiCategoryRow | null> {
  return (await category(db, [name]))[0] ?? null
}

const makeCategory = statement<{ id: string }>(
  'emoji_files.make_category',
  `insert into custom_emoji_categories (name) values ($1)
   on conflict (name) do update set updated_at = now() returning id`,
)

/** The id of a category, which is made if there is none. */
export async function makeEmojiCategory(db: Db, name: string): Promise<string> {
  return (await makeCategory(db, [name]))[0]?.id ?? ''
}

const locals = statement<CustomEmojiRow>(
  'emoji_files.locals',
  `select ${EMOJI} from custom_emojis
   where domain is null and image_file_name is not null and ($1::bigint is null or category_id = $1) and id > $2
   order by id limit $3`,
)

/** Emojis of ours, of one category or of all, in the order of their ids, after one of them. */
export async function localEmojis(
  db: Db,
  categoryId: string | null,
  afterId: string,
  limit: number,
): Promise<CustomEmojiRow[]> {
  return locals(db, [categoryId, afterId, limit])
}

const purge = statement<CustomEmojiRow>(
  'emoji_files.purge',
  `delete from custom_emojis where id in (
     select e.id from custom_emojis e
     where (not $1 or e.domain is not null)
       and (not $2 or exists (select from domain_blocks b where b.domain = e.domain and b.severity = 1))
     order by e.id limit $3)
   returning ${EMOJI}`,
)

/** Deletes emojis, at most `limit`: all, those of others, or those of suspended servers. Gives back the rows. */
export async function deleteEmojis(
  db: Db,
  { remoteOnly, suspendedOnly }: { remoteOnly: boolean; suspendedOnly: boolean },
  limit: number,
): Promise<CustomEmojiRow[]> {
  return purge(db, [remoteOnly, suspendedOnly, limit])
}
