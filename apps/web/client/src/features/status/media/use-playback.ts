import type { MediaAttachment } from '@anancus/core/entities/types'
import { type KeyboardEvent, useRef, useState } from 'react'
import { keyOf } from './player-keys.ts'

export type Playback = Omit<ReturnType<typeof usePlayback>, 'attach'>

/** What plays now; only one thing in the page does. */
let playing: HTMLMediaElement | null = null

/** What a player needs to know of its film or sound, and can do with it. */
export function usePlayback(media: MediaAttachment, onFullScreen?: () => void) {
  const ref = useRef<HTMLMediaElement | null>(null)
  const [isPlaying, setPlaying] = useState(false)
  const [hasStarted, setStarted] = useState(false)
  const [isWaiting, setWaiting] = useState(false)
  const [isFailed, setFailed] = useState(false)
  const [isMuted, setMuted] = useState(false)
  const [time, setTime] = useState(0)
  // Known before a byte of it is loaded.
  const [duration, setDuration] = useState(media.meta?.original?.duration ?? 0)

  const attach = (element: HTMLMediaElement | null) => {
    ref.current = element
  }
  const toggle = () => {
    const element = ref.current
    if (!element) return
    // Refused, or paused again at once: the events below tell what became of it.
    if (element.paused) element.play().catch(() => undefined)
    else element.pause()
  }
  const seek = (to: number) => {
    const element = ref.current
    if (!element) return
    element.currentTime = Math.min(Math.max(0, to), duration || 0)
    setTime(element.currentTime)
  }
  const mute = () => {
    if (ref.current) ref.current.muted = !ref.current.muted
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const key = keyOf(event)
    // A button that has the focus is pressed by the space bar.
    if (!key || (event.key === ' ' && event.target instanceof HTMLButtonElement)) return
    if (key === 'full' && !onFullScreen) return
    event.preventDefault()
    event.stopPropagation()
    if (key === 'toggle') toggle()
    else if (key === 'mute') mute()
    else if (key === 'full') onFullScreen?.()
    else seek((ref.current?.currentTime ?? time) + key)
  }
  const events = {
    onPlay: () => {
      if (playing !== ref.current) playing?.pause()
      playing = ref.current
      setStarted(true)
      setPlaying(true)
    },
    onPause: () => setPlaying(false),
    onWaiting: () => setWaiting(true),
    onPlaying: () => setWaiting(false),
    onCanPlay: () => setWaiting(false),
    onTimeUpdate: () => setTime(ref.current?.currentTime ?? 0),
    onDurationChange: () => {
      const length = ref.current?.duration ?? 0
      if (Number.isFinite(length) && length > 0) setDuration(length)
    },
    onVolumeChange: () => setMuted(ref.current?.muted ?? false),
    onError: () => setFailed(true),
  }
  return {
    attach,
    events,
    onKeyDown,
    toggle,
    seek,
    mute,
    isPlaying,
    hasStarted,
    isWaiting,
    isFailed,
    isMuted,
    time,
    duration,
  }
}
