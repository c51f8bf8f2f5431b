import type { PointerEvent } from 'react'
import { useText } from '../../i18n/text.tsx'
import { type Focus, pointAt } from './focus.ts'

interface Props {
  src: string
  value: Focus
  onChange(focus: Focus): void
}

/** A picture with a mark on what stays in sight when it is cropped. */
export function FocalPoint({ src, value: { x, y }, onChange }: Props) {
  const say = useText()
  const follow = (event: PointerEvent<HTMLElement>) => {
    if (event.type === 'pointerdown') event.currentTarget.setPointerCapture(event.pointerId)
    else if (!event.currentTarget.hasPointerCapture(event.pointerId)) return
    onChange(pointAt(event.clientX, event.clientY, event.currentTarget.getBoundingClientRect()))
  }
  return (
    <fieldset className="focal">
      <legend className="focal-words">{say('describe.focus')}</legend>
      {/* The keyboard has the two sliders. */}
      <div className="focal-picture" onPointerDown={follow} onPointerMove={follow}>
        <img src={src} alt="" draggable={false} />
        <span
          className="focal-mark"
          style={{ left: `${((x + 1) / 2) * 100}%`, top: `${((1 - y) / 2) * 100}%` }}
        />
        <Axis label={say('describe.focus_across')} value={x} onChange={(next) => onChange({ x: next, y })} />
        <Axis label={say('describe.focus_up')} value={y} onChange={(next) => onChange({ x, y: next })} />
      </div>
    </fieldset>
  )
}

function Axis({ label, value, onChange }: { label: string; value: number; onChange(value: number): void }) {
  return (
    <input
      type="range"
      className="focal-axis"
      aria-label={label}
      min={-1}
      max={1}
      step={0.05}
      value={value}
      onChange={(event) => onChange(event.target.valueAsNumber)}
    />
  )
}
