import type { MediaAttachment } from '@anancus/core/entities/types'
import { Maximize, Minimize, Play } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { IconButton } from '../../../components/button.tsx'
import { useText } from '../../../i18n/text.tsx'
import { Away } from './away.tsx'
import { clock } from './clock.ts'
import { PlayerBar } from './player-bar.tsx'
import { usePlayback } from './use-playback.ts'
import './player.css'

interface Props {
  media: MediaAttachment
  lang: string | null
  autoPlay?: boolean
}

// The API has no captions; what it has, the description, is behind the badge or below.
/* oxlint-disable jsx-a11y/media-has-caption */

/** A film. It waits with its poster until somebody plays it, and loads nothing before. */
export function VideoPlayer({ media, lang, autoPlay }: Props) {
  const say = useText()
  const box = useRef<HTMLElement>(null)
  const [isFull, toggleFull] = useFullScreen(box)
  const { attach, ...playback } = usePlayback(media, toggleFull)
  const { isPlaying, hasStarted, duration } = playback
  if (!media.url || playback.isFailed) return <Away media={media} />
  return (
    // Keys of all that is inside.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <section
      ref={box}
      className={`player video-player ${isPlaying ? 'is-playing' : ''}`}
      aria-label={say('player.video')}
      onKeyDown={playback.onKeyDown}
    >
      {/* The keyboard has the buttons. */}
      {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions */}
      <video
        ref={attach}
        src={media.url}
        poster={media.preview_url ?? undefined}
        preload="none"
        playsInline
        autoPlay={autoPlay}
        title={media.description ?? undefined}
        lang={lang ?? undefined}
        onClick={playback.toggle}
        {...playback.events}
      />
      {hasStarted ? (
        <PlayerBar playback={playback}>
          <IconButton
            icon={isFull ? Minimize : Maximize}
            label={say(isFull ? 'player.leave_full' : 'player.full')}
            onClick={toggleFull}
          />
        </PlayerBar>
      ) : (
        <button
          type="button"
          className="player-start"
          aria-label={say('player.play')}
          onClick={playback.toggle}
        >
          <span>
            <Play size={30} aria-hidden="true" />
          </span>
          {duration > 0 && <small>{clock(duration)}</small>}
        </button>
      )}
    </section>
  )
}

/** Whether a box has the whole screen, and how it gets and leaves it. A phone that has none for boxes gives it to films. */
function useFullScreen(box: { current: HTMLElement | null }): [isFull: boolean, toggle: () => void] {
  const [isFull, setFull] = useState(false)
  useEffect(() => {
    const look = () => setFull(box.current !== null && document.fullscreenElement === box.current)
    document.addEventListener('fullscreenchange', look)
    return () => document.removeEventListener('fullscreenchange', look)
  }, [box])
  const toggle = () => {
    const film: (HTMLVideoElement & { webkitEnterFullscreen?(): void }) | null | undefined =
      box.current?.querySelector('video')
    if (document.fullscreenElement) void document.exitFullscreen()
    else if (box.current?.requestFullscreen) void box.current.requestFullscreen()
    else film?.webkitEnterFullscreen?.()
  }
  return [isFull, toggle]
}
