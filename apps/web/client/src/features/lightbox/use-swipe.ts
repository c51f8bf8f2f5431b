import { type PointerEvent, useRef } from 'react'

const FAR_PX = 60

/** Tells sideways swipes (1 forward, −1 back) and downward ones from other touches. */
export function useSwipe(isOff: boolean, onTurn: (direction: 1 | -1) => void, onDown: () => void) {
  const start = useRef<{ x: number; y: number } | null>(null)
  return {
    onPointerDown: (event: PointerEvent) => {
      start.current =
        event.pointerType === 'touch' && event.isPrimary && !isOff
          ? { x: event.clientX, y: event.clientY }
          : null
    },
    onPointerUp: (event: PointerEvent) => {
      const from = start.current
      start.current = null
      if (!from) return
      const x = event.clientX - from.x
      const y = event.clientY - from.y
      if (Math.abs(x) > FAR_PX && Math.abs(x) > Math.abs(y) * 1.5) onTurn(x < 0 ? 1 : -1)
      else if (y > FAR_PX * 1.5 && y > Math.abs(x) * 1.5) onDown()
    },
    onPointerCancel: () => {
      start.current = null
    },
  }
}
