import { emojiKey as graphKey, type Graph, shortcodesIn } from '../../graph/index.ts'
import { emojiKey } from '../../kernel/storage/keys.ts'
import type { CustomEmoji } from '../types/index.ts'
import type { CustomEmojiRow } from '@anancus/db'
import type { EmojiPicture } from '@anancus/db/queries/graph/statuses'

/** The custom emojis that a text of an account from `domain` shows, in the order in which they appear. */
export function emojisOf(graph: Graph, text: string, domain: string | null): CustomEmoji[] {
  return shortcodesIn(text).flatMap((shortcode) => {
    const emoji = graph.emojis.get(graphKey(shortcode, domain))
    return (emoji && customEmojiJson(graph, emoji)) ?? []
  })
}

/** An emoji whose picture is not here is not shown: its text says what it means. */
export function customEmojiJson(graph: Pick<Graph, 'fileUrl'>, emoji: CustomEmojiRow): CustomEmoji | null {
  const urls = pictureUrls(graph, emoji)
  if (urls === null) return null
  return { shortcode: emoji.shortcode, ...urls, visible_in_picker: emoji.visible_in_picker }
}

/** Where the picture of an emoji is, moving or still; null where it is not here. */
export function pictureUrls(
  graph: Pick<Graph, 'fileUrl'>,
  emoji: EmojiPicture,
): Pick<CustomEmoji, 'url' | 'static_url'> | null {
  const original = emojiKey(emoji, 'original')
  const still = emojiKey(emoji, 'static')
  if (original === null || still === null) return null
  return { url: graph.fileUrl(original), static_url: graph.fileUrl(still) }
}
