import { entryState } from './navigation.ts'

/**
 * Gives what lies over the page an entry of its own in the browser's history, so that going back, the gesture of every
 * phone, takes it away instead of leaving the page.
 */
export function enterOverlay(): void {
  const state = entryState()
  if (!state.overlay) history.pushState({ ...state, overlay: true }, '')
}

/** Leaves that entry, unless a new place has taken it over by then. */
export function leaveOverlay(isStillOpen: () => boolean): void {
  setTimeout(() => {
    if (!isStillOpen() && entryState().overlay) history.back()
  })
}

addEventListener('popstate', () => {
  const top = [...document.querySelectorAll<HTMLDialogElement>('dialog:modal')].at(-1)
  if (!top || entryState().overlay) return
  const mayClose = top.dispatchEvent(new Event('cancel', { cancelable: true }))
  if (mayClose) top.close()
  // It asked back, or another lies below it.
  if (document.querySelector('dialog:modal')) enterOverlay()
})
