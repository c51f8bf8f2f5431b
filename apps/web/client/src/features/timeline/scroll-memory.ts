import { useLayoutEffect, useRef, useState } from 'react'
import type { CacheSnapshot, WindowVirtualizerHandle } from 'virtua'
import { cameBack, entryKey } from '../../state/navigation.ts'

interface Place {
  scrollY: number
  count: number
  cache: CacheSnapshot
}

const places = new Map<string, Place>()
const MAX_PLACES = 30

/** Where the reader left this list, if they came back to it and it is still the same length. */
export function recallPlace(count: number): Place | undefined {
  const place = cameBack() ? places.get(entryKey()) : undefined
  return place?.count === count ? place : undefined
}

/** Remembers the place on the way out, under the entry of the history the list belongs to. */
export function useRememberPlace(handle: { current: WindowVirtualizerHandle | null }, count: number): void {
  const [key] = useState(entryKey)
  const seen = useRef({ scrollY: 0, count })
  useLayoutEffect(() => {
    seen.current.count = count
  }, [count])
  useLayoutEffect(() => {
    const look = () => {
      seen.current.scrollY = scrollY
    }
    const list = handle.current
    const place = seen.current
    addEventListener('scroll', look, { passive: true })
    return () => {
      removeEventListener('scroll', look)
      if (list) remember(key, { ...place, cache: list.cache })
    }
  }, [handle, key])
}

function remember(key: string, place: Place): void {
  places.delete(key)
  places.set(key, place)
  const oldest = places.keys().next().value
  if (places.size > MAX_PLACES && oldest !== undefined) places.delete(oldest)
}
