import { navigate } from 'wouter/use-browser-location'

/** What this page keeps with an entry of the browser's history. */
interface EntryState {
  key: string
  /** How many entries before it are of this app. */
  depth: number
  /** Something lies over the page; going back takes that away first. */
  overlay?: boolean
}

/** How the reader came to the present place; a return is met where they left, anything else at the top. */
let arrivedBy: 'link' | 'return' = isFirstVisit() ? 'link' : 'return'

addEventListener('popstate', () => {
  arrivedBy = 'return'
})
// Where to scroll is known better here than by the browser, which does it before anything is on the page.
history.scrollRestoration = 'manual'
leaveOverlayOfLastLife()

export function entryState(): EntryState {
  return (history.state as EntryState | null) ?? { key: 'first', depth: 0 }
}

export function goTo(path: string, options: { replace?: boolean } = {}): void {
  const { depth, overlay } = entryState()
  arrivedBy = 'link'
  const state: EntryState = { key: newKey(), depth: options.replace ? depth : depth + 1 }
  // The entry of an overlay leads nowhere once it is closed: the next place takes it over.
  navigate(path, { replace: options.replace || overlay, state })
}

/** Back to where the reader came from inside the app, or home. */
export function goBack(): void {
  if (entryState().depth > 0) history.back()
  else goTo('/')
}

export function cameBack(): boolean {
  return arrivedBy === 'return'
}

/** Names this entry of the browser's history; going back to it gives the same name. */
export function entryKey(): string {
  return `${location.pathname}${location.search}#${entryState().key}`
}

/** Whether the browser loads this address anew, not once more or on the way back. */
function isFirstVisit(): boolean {
  const [load] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
  return load?.type === 'navigate'
}

/** A page that was reloaded has nothing lying over it. */
function leaveOverlayOfLastLife(): void {
  const { overlay: _overlay, ...state } = entryState()
  history.replaceState(state, '')
}

function newKey(): string {
  return crypto.getRandomValues(new Uint32Array(1))[0]?.toString(36) ?? ''
}
