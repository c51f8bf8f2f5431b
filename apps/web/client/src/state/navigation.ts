import { navigate } from 'wouter/use-browser-location'

/** How the reader came to the present place; a return is met where they left, anything else at the top. */
let arrivedBy: 'link' | 'return' = 'return'
let depth = 0

addEventListener('popstate', () => {
  arrivedBy = 'return'
  depth = Math.max(0, depth - 1)
})
// Where to scroll is known better here than by the browser, which does it before anything is on the page.
history.scrollRestoration = 'manual'

export function goTo(path: string, options: { replace?: boolean } = {}): void {
  arrivedBy = 'link'
  if (!options.replace) depth += 1
  navigate(path, { replace: options.replace, state: { key: crypto.getRandomValues(new Uint32Array(1))[0] } })
}

/** Back to where the reader came from inside the app, or home. */
export function goBack(): void {
  if (depth > 0) history.back()
  else goTo('/')
}

export function cameBack(): boolean {
  return arrivedBy === 'return'
}

/** Names this entry of the browser's history; going back to it gives the same name. */
export function entryKey(): string {
  const state = history.state as { key?: number } | null
  return `${location.pathname}${location.search}#${state?.key ?? 'first'}`
}
