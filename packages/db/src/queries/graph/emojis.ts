import type { Db } from '../../connection.ts'
import { type CustomEmojiRow, customEmojiColumns } from '../../rows.gen.ts'
import { columns, statement } from '../../statement.ts'

/** A shortcode as one server means it; `domain` null is ours. */
export interface EmojiName {
  shortcode: string
  domain: string | null
}

const emojis = statement<CustomEmojiRow>(
  'graph_emojis',
  `select ${columns(customEmojiColumns, 'e')} from custom_emojis e
   join unnest($1::text[], $2::text[]) as named (shortcode, domain)
     on e.shortcode = named.shortcode and e.domain is not distinct from named.domain
   where not e.disabled`,
)

/** Finds the custom emojis that are called so and not disabled. One statement, none for no names. */
export async function emojisByNames(db: Db, names: readonly EmojiName[]): Promise<CustomEmojiRow[]> {
  if (names.length === 0) return []
  return emojis(db, [names.map((name) => name.shortcode), names.map((name) => name.domain)])
}
