import type { MediaAttachment } from '@anancus/core/entities/types'
import type { CSSProperties } from 'react'
import { useText } from '../../../i18n/text.tsx'
import { Away } from './away.tsx'
import { PlayerBar } from './player-bar.tsx'
import { usePlayback } from './use-playback.ts'
import './player.css'

interface Props {
  media: MediaAttachment
  /** Shown where the sound has no picture of its own. */
  artwork?: string
  lang: string | null
  autoPlay?: boolean
}

// The API has no captions; what it has, the description, is behind the badge or below.
/* oxlint-disable jsx-a11y/media-has-caption */

const COLOUR = /^#[0-9a-f]{6}$/i

/** A sound with its cover, in the cover's colours. */
export function AudioPlayer({ media, artwork, lang, autoPlay }: Props) {
  const say = useText()
  const { attach, ...playback } = usePlayback(media)
  const picture = media.preview_url ?? artwork
  if (!media.url || playback.isFailed) return <Away media={media} />
  return (
    // Keys of all that is inside.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <section
      className="player audio-player"
      aria-label={say('player.audio')}
      style={coloursOf(media)}
      onKeyDown={playback.onKeyDown}
    >
      {picture && <img src={picture} alt="" loading="lazy" decoding="async" />}
      <div className="audio-side">
        {media.description && (
          <p dir="auto" lang={lang ?? undefined}>
            {media.description}
          </p>
        )}
        <PlayerBar playback={playback} />
      </div>
      <audio ref={attach} src={media.url} preload="none" autoPlay={autoPlay} {...playback.events} />
    </section>
  )
}

function coloursOf({ meta }: MediaAttachment): CSSProperties | undefined {
  const { background = '', foreground = '', accent = '' } = meta?.colors ?? {}
  if (![background, foreground, accent].every((colour) => COLOUR.test(colour))) return undefined
  return {
    '--player-back': background,
    '--player-ink': foreground,
    '--player-accent': accent,
  } as CSSProperties
}
