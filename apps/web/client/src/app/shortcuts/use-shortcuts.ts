import { useEffect } from 'react'
import { createKeyReader } from './bindings.ts'
import { perform } from './perform.ts'

/** Listens to the keyboard, but never to someone who types, nor behind a dialog. */
export function useShortcuts(): void {
  useEffect(() => {
    const read = createKeyReader()
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey)
        return
      if (isBusy(event.target)) return
      const action = read(event.key, event.timeStamp)
      if (action && perform(action)) event.preventDefault()
    }
    addEventListener('keydown', onKeyDown)
    return () => removeEventListener('keydown', onKeyDown)
  }, [])
}

function isBusy(target: EventTarget | null): boolean {
  if (document.querySelector('dialog:modal')) return true
  if (!(target instanceof HTMLElement)) return false
  return target.isContentEditable || target.matches('input, textarea, select, [role="menu"] *')
}
