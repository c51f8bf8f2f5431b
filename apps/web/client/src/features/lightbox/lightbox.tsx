import { ChevronLeft, ChevronRight, X, ZoomIn, ZoomOut } from 'lucide-react'
import { type KeyboardEvent, useRef, useState } from 'react'
import { IconButton } from '../../components/button.tsx'
import { useModal } from '../../components/dialog.tsx'
import { useText } from '../../i18n/text.tsx'
import type { Overlay } from '../../state/overlays.ts'
import { Stage } from './stage.tsx'
import { useSwipe } from './use-swipe.ts'
import './lightbox.css'

interface Props {
  overlay: Extract<Overlay, { type: 'lightbox' }>
  onClose(): void
}

/** Pictures as large as the screen. Arrow keys and swipes turn over, a click or `z` shows the real size. */
export function Lightbox({ overlay: { media, index, lang }, onClose }: Props) {
  const say = useText()
  const dialog = useRef<HTMLDialogElement>(null)
  const [at, setAt] = useState(index)
  const [isZoomed, zoom] = useState(false)
  useModal(dialog)
  const current = media[at]
  const turn = (step: number) => {
    const next = at + step
    if (!media[next]) return
    zoom(false)
    setAt(next)
  }
  const isRtl = document.documentElement.dir === 'rtl'
  const swipe = useSwipe(isZoomed, (direction) => turn(isRtl ? -direction : direction), onClose)
  const onKeyDown = (event: KeyboardEvent) => {
    const forward = isRtl ? 'ArrowLeft' : 'ArrowRight'
    const back = isRtl ? 'ArrowRight' : 'ArrowLeft'
    if (event.key === forward) turn(1)
    else if (event.key === back) turn(-1)
    else if (event.key === 'z') zoom((was) => !was)
    else return
    event.preventDefault()
  }
  if (!current) return null
  return (
    <dialog
      ref={dialog}
      className="lightbox"
      aria-label={say('media.viewer')}
      onClose={onClose}
      onKeyDown={onKeyDown}
      {...swipe}
    >
      <Stage
        key={current.id}
        media={current}
        lang={lang}
        isZoomed={isZoomed}
        onZoom={zoom}
        onLeave={onClose}
      />
      <div className="lightbox-top">
        {media.length > 1 && (
          <span aria-live="polite">{say('media.position', { at: at + 1, count: media.length })}</span>
        )}
        <span className="lightbox-tools">
          {current.type === 'image' && (
            <IconButton
              icon={isZoomed ? ZoomOut : ZoomIn}
              label={say(isZoomed ? 'media.fit' : 'media.real_size')}
              onClick={() => zoom(!isZoomed)}
            />
          )}
          <IconButton icon={X} label={say('dialog.close')} onClick={() => dialog.current?.close()} />
        </span>
      </div>
      {at > 0 && (
        <IconButton
          icon={ChevronLeft}
          size={28}
          className="lightbox-back"
          label={say('media.previous')}
          onClick={() => turn(-1)}
        />
      )}
      {at < media.length - 1 && (
        <IconButton
          icon={ChevronRight}
          size={28}
          className="lightbox-on"
          label={say('media.next')}
          onClick={() => turn(1)}
        />
      )}
      {current.description && !isZoomed && (
        <p className="lightbox-words" dir="auto" lang={lang ?? undefined}>
          {current.description}
        </p>
      )}
    </dialog>
  )
}
