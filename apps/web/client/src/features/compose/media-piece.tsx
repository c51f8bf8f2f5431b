import { ChevronLeft, ChevronRight, Clapperboard, ImageIcon, Music2, Pencil, RotateCw, X } from 'lucide-react'
import { Blurhash } from '../../components/blurhash/blurhash.tsx'
import { IconButton } from '../../components/button.tsx'
import { useText } from '../../i18n/text.tsx'
import { positionOf } from '../status/media/shape.ts'
import type { DraftMedia } from './draft.ts'

interface Props {
  one: DraftMedia
  isFirst: boolean
  isLast: boolean
  isDragged: boolean
  onDrag(isHeld: boolean): void
  onOver(): void
  onMove(step: 1 | -1): void
  onRemove(): void
  onRetry(): void
  onDescribe(): void
}

const KINDS = { image: ImageIcon, gifv: ImageIcon, video: Clapperboard, audio: Music2, unknown: ImageIcon }

/** One file of a draft. It is moved by dragging, or with its buttons. */
export function MediaPiece({ one, isFirst, isLast, isDragged, ...on }: Props) {
  const say = useText()
  const { attachment, description } = one
  return (
    // The keyboard and the finger have the buttons.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <li
      className={`piece ${isDragged ? 'is-dragged' : ''}`}
      draggable={!(isFirst && isLast)}
      onDragStart={(event) => {
        event.dataTransfer.effectAllowed = 'move'
        on.onDrag(true)
      }}
      onDragEnter={on.onOver}
      onDragEnd={() => on.onDrag(false)}
    >
      {attachment ? <Picture one={one} /> : <OnItsWay one={one} onRetry={on.onRetry} />}
      <IconButton
        icon={X}
        size={16}
        label={say(attachment || one.failure ? 'upload.remove' : 'upload.cancel')}
        className="piece-button piece-remove"
        onClick={on.onRemove}
      />
      {!(isFirst && isLast) && (
        <span className="piece-moves">
          <IconButton
            icon={ChevronLeft}
            size={16}
            className="piece-button"
            label={say('upload.earlier')}
            disabled={isFirst}
            onClick={() => on.onMove(-1)}
          />
          <IconButton
            icon={ChevronRight}
            size={16}
            className="piece-button"
            label={say('upload.later')}
            disabled={isLast}
            onClick={() => on.onMove(1)}
          />
        </span>
      )}
      {attachment && (
        <button
          type="button"
          className={`piece-alt ${description ? '' : 'is-missing'}`}
          onClick={on.onDescribe}
        >
          <Pencil size={13} aria-hidden="true" />
          {say(description ? 'upload.edit_description' : 'upload.add_description')}
        </button>
      )}
    </li>
  )
}

function Picture({ one: { attachment, description, focus, name } }: { one: DraftMedia }) {
  if (!attachment) return null
  const Kind = KINDS[attachment.type]
  if (!attachment.preview_url)
    return (
      <span className="piece-name">
        <Kind size={26} aria-hidden="true" />
        {name && <span dir="auto">{name}</span>}
      </span>
    )
  return (
    <>
      {attachment.blurhash && <Blurhash hash={attachment.blurhash} />}
      <img
        src={attachment.preview_url}
        alt={description}
        draggable={false}
        style={{ objectPosition: positionOf(focus ?? attachment.meta?.focus) }}
      />
      {(attachment.type === 'video' || attachment.type === 'audio') && (
        <span className="piece-kind">
          <Kind size={26} aria-hidden="true" />
        </span>
      )}
    </>
  )
}

function OnItsWay({ one: { name, progress, failure }, onRetry }: { one: DraftMedia; onRetry(): void }) {
  const say = useText()
  const isSent = progress >= 1
  if (failure)
    return (
      <span className="progress">
        <small role="alert">{failure}</small>
        <button type="button" className="button button-quiet" onClick={onRetry}>
          <RotateCw size={14} aria-hidden="true" />
          {say('upload.retry')}
        </button>
      </span>
    )
  return (
    <span className="progress">
      <span className="progress-name" dir="auto">
        {name}
      </span>
      {/* Without a value it tells that something is done, not how much. */}
      <progress
        aria-label={say('upload.progress', { name: name ?? '' })}
        value={isSent ? undefined : progress}
      />
      <small>{isSent ? say('upload.processing') : `${Math.round(progress * 100)}%`}</small>
    </span>
  )
}
