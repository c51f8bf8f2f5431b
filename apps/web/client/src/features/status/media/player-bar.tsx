import { LoaderCircle, Pause, Play, Volume2, VolumeX } from 'lucide-react'
import type { CSSProperties, ReactNode } from 'react'
import { IconButton } from '../../../components/button.tsx'
import { useText } from '../../../i18n/text.tsx'
import { clock } from './clock.ts'
import type { Playback } from './use-playback.ts'

const STEP_SECONDS = 0.1

/** What a player is worked with: play, where it is, sound, and what else it has. */
export function PlayerBar({ playback, children }: { playback: Playback; children?: ReactNode }) {
  const say = useText()
  const { isPlaying, isWaiting, isMuted, time, duration } = playback
  const words = say('player.time', { now: clock(time), length: clock(duration) })
  return (
    <div className="player-bar">
      <IconButton
        icon={isWaiting ? LoaderCircle : isPlaying ? Pause : Play}
        className={isWaiting ? 'is-waiting' : ''}
        label={say(isPlaying ? 'player.pause' : 'player.play')}
        onClick={playback.toggle}
      />
      <input
        type="range"
        className="player-seek"
        aria-label={say('player.seek')}
        aria-valuetext={words}
        min={0}
        max={duration || 1}
        step={STEP_SECONDS}
        value={Math.min(time, duration || 1)}
        style={{ '--done': `${duration ? (time / duration) * 100 : 0}%` } as CSSProperties}
        onChange={(event) => playback.seek(event.target.valueAsNumber)}
      />
      <span className="player-time" aria-hidden="true">
        {clock(time)} / {clock(duration)}
      </span>
      <IconButton
        icon={isMuted ? VolumeX : Volume2}
        label={say(isMuted ? 'player.unmute' : 'player.mute')}
        onClick={playback.mute}
      />
      {children}
    </div>
  )
}
