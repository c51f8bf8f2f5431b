import type { CustomEmojiRow } from '@anancus/db'
import { emojiKey as emojiName, type Graph, shortcodesIn } from '../../graph/index.ts'
import { emojiKey } from '../../kernel/storage/keys.ts'
import { tagUrl, type Uris } from '../../kernel/uris.ts'
import type { Document } from '../vocabulary.ts'
import { toWire } from './dates.ts'

/** The custom emojis of ours that a text shows. @see https://codeberg.org/fediverse/fep/src/branch/main/fep/9098 */
export function emojiTags(graph: Graph, uris: Uris, text: string): Document[] {
  return shortcodesIn(text).flatMap((shortcode): Document[] => {
    const emoji = graph.emojis.get(emojiName(shortcode, null))
    const json = emoji ? emojiJson(graph, uris, emoji) : null
    return json === null ? [] : [json]
  })
}

export function emojiJson(house: Pick<Graph, 'fileUrl'>, uris: Uris, emoji: CustomEmojiRow): Document | null {
  const key = emojiKey(emoji, 'original')
  if (key === null) return null
  return {
    id: `${uris.baseUrl}/emojis/${emoji.id}`,
    type: 'Emoji',
    name: `:${emoji.shortcode}:`,
    updated: toWire(emoji.updated_at),
    icon: { type: 'Image', mediaType: emoji.image_content_type ?? 'image/png', url: house.fileUrl(key) },
  }
}

/** `shown` is the name as it is written, `name` the one it is found by. */
export function hashtagJson(uris: Uris, name: string, shown: string): Document {
  return { type: 'Hashtag', href: tagUrl(uris, name), name: `#${shown}` }
}
