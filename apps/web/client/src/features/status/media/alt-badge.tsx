import { useId, useRef } from 'react'
import { placeMenu } from '../../../components/place-menu.ts'
import { useText } from '../../../i18n/text.tsx'

/** Shows the description of a picture to those who see the picture. */
export function AltBadge({ text, lang }: { text: string; lang: string | null }) {
  const say = useText()
  const id = useId()
  const button = useRef<HTMLButtonElement>(null)
  const bubble = useRef<HTMLDivElement>(null)
  const place = () => bubble.current && button.current && placeMenu(bubble.current, button.current)
  return (
    <>
      <button
        ref={button}
        type="button"
        className="alt-badge"
        popoverTarget={id}
        aria-label={say('media.show_description')}
      >
        ALT
      </button>
      {/* A press in the bubble is none on the post. */}
      {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions */}
      <div
        ref={bubble}
        id={id}
        popover="auto"
        className="alt-bubble"
        onToggle={(event) => event.newState === 'open' && place()}
        onClick={(event) => event.stopPropagation()}
      >
        <h3>{say('media.description')}</h3>
        <p dir="auto" lang={lang ?? undefined}>
          {text}
        </p>
      </div>
    </>
  )
}
