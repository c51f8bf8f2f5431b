import type { CustomEmoji } from '@anancus/core/entities/types'
import { animatesPictures } from '../../state/preferences.ts'
import { splitEmojis } from './emojify.ts'

export function EmojiText({ text, emojis }: { text: string; emojis: readonly CustomEmoji[] }) {
  return splitEmojis(text, emojis).map((piece, at) =>
    typeof piece === 'string' ? (
      piece
    ) : (
      <img
        key={at}
        className="emoji"
        src={animatesPictures() ? piece.url : piece.static_url}
        alt={`:${piece.shortcode}:`}
        title={`:${piece.shortcode}:`}
        draggable={false}
        loading="lazy"
      />
    ),
  )
}
