import { useLayoutEffect, useRef } from 'react'
import { cameBack } from '../../state/navigation.ts'

/**
 * Keeps the post in question where it is on the screen while what stands above it comes in: to whoever opened the
 * thread it stays under the heading, to whoever scrolled already it does not move.
 */
export function useKeptInPlace(id: string, above: number) {
  const element = useRef<HTMLDivElement>(null)
  const before = useRef<{ id: string; above: number; top: number } | null>(null)
  useLayoutEffect(() => {
    const box = element.current
    if (!box) return
    const top = box.offsetTop
    const known = before.current
    if (known?.id === id && known.above !== above) {
      const isFirst = known.above === 0
      if (!(isFirst && cameBack())) scrollBy({ top: top - known.top, behavior: 'instant' })
    }
    before.current = { id, above, top: box.offsetTop }
  }, [id, above])
  return element
}
