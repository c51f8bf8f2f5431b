import { initialState } from './session.ts'
import { createStore } from './store.ts'

export type Theme = 'auto' | 'light' | 'dark'

/** What this browser remembers, apart from the account. */
export interface Preferences {
  theme: Theme
  recentLanguages: string[]
  recentSearches: string[]
}

const KEY = 'anancus.preferences'
const DEFAULTS: Preferences = { theme: 'auto', recentLanguages: [], recentSearches: [] }

export const preferences = createStore<Preferences>(read())
preferences.subscribe(write)

export function savePreferences(patch: Partial<Preferences>): void {
  preferences.set((current) => ({ ...current, ...patch }))
}

function read(): Preferences {
  try {
    return { ...DEFAULTS, ...JSON.parse(localStorage.getItem(KEY) ?? '{}') }
  } catch {
    return DEFAULTS
  }
}

function write(): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(preferences.get()))
  } catch {
    // A browser that keeps nothing for this site: the choice holds until the page goes.
  }
}

/** Puts the chosen theme on the page and keeps it there. */
export function applyTheme(): void {
  const apply = () => {
    const { theme } = preferences.get()
    if (theme === 'auto') delete document.documentElement.dataset.theme
    else document.documentElement.dataset.theme = theme
  }
  apply()
  preferences.subscribe(apply)
}

export function prefersReducedMotion(): boolean {
  return initialState.meta.reduce_motion ?? matchMedia('(prefers-reduced-motion: reduce)').matches
}

/** Whether avatars, emojis and animations move by themselves. */
export function animatesPictures(): boolean {
  return initialState.meta.auto_play_gif ?? !prefersReducedMotion()
}
