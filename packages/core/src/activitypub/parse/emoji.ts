import type { Document } from '../vocabulary.ts'
import { imageOf } from './image.ts'
import { dateOf, httpUri, isDocument, listOf, stringOf } from './values.ts'

const SHORTCODE = /^[a-zA-Z0-9_]{2,2048}$/
const MAX_TAGS = 1000
const MAX_EMOJIS = 200

export interface EmojiDraft {
  shortcode: string
  imageUrl: string
  /** Null where the server gives its emojis none. */
  uri: string | null
  updatedAt: Date | null
}

/** The custom emojis among the tags of an object or actor; those without a usable name or image are left out. */
export function emojisOf(tag: unknown): EmojiDraft[] {
  return listOf(tag, MAX_TAGS)
    .filter((item): item is Document => isDocument(item) && item.type === 'Emoji')
    .slice(0, MAX_EMOJIS)
    .flatMap((item) => {
      const shortcode = stringOf(item.name)?.replace(/^:|:$/g, '') ?? ''
      const imageUrl = imageOf(item.icon)?.url
      if (!SHORTCODE.test(shortcode) || !imageUrl) return []
      return [{ shortcode, imageUrl, uri: httpUri(item.id), updatedAt: dateOf(item.updated) }]
    })
}
