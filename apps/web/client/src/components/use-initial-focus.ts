import { type RefObject, useEffect, useRef } from 'react'

/**
 * Gives the focus to an element once it is there. In a dialog it must come after the dialog is opened, which moves the
 * focus by itself; React's own `autoFocus` comes before.
 */
export function useInitialFocus<T extends HTMLElement>(isWanted = true): RefObject<T | null> {
  const element = useRef<T>(null)
  useEffect(() => {
    if (isWanted) element.current?.focus()
  }, [isWanted])
  return element
}
