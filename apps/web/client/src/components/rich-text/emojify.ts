import type { CustomEmoji } from '@anancus/core/entities/types'

export type EmojiPiece = string | CustomEmoji

/**
 * Splits text at the shortcodes that have a picture. As in Mastodon a shortcode stands alone: not inside a word, nor
 * glued to the colon of another.
 */
export function splitEmojis(text: string, emojis: readonly CustomEmoji[]): EmojiPiece[] {
  if (emojis.length === 0 || !text.includes(':')) return [text]
  const pieces: EmojiPiece[] = []
  let from = 0
  for (const found of text.matchAll(/(?<![\p{L}\p{N}_:]):([A-Za-z0-9_]{2,}):(?![\p{L}\p{N}_:])/gu)) {
    const emoji = emojis.find((known) => known.shortcode === found[1])
    if (!emoji) continue
    if (found.index > from) pieces.push(text.slice(from, found.index))
    pieces.push(emoji)
    from = found.index + found[0].length
  }
  if (from < text.length) pieces.push(text.slice(from))
  return pieces
}
