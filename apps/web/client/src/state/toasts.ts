import { createStore } from './store.ts'

export interface Toast {
  id: number
  text: string
  isError: boolean
  action?: { label: string; run(): void }
}

export const toasts = createStore<readonly Toast[]>([])

const SHOWN_MS = 6_000
const MAX_SHOWN = 3
let last = 0

export function showToast(text: string, options: { isError?: boolean; action?: Toast['action'] } = {}): void {
  const id = ++last
  const toast = { id, text, isError: options.isError ?? false, action: options.action }
  toasts.set((shown) => [...shown.slice(1 - MAX_SHOWN), toast])
  setTimeout(() => dismissToast(id), options.action ? SHOWN_MS * 1.5 : SHOWN_MS)
}

export function dismissToast(id: number): void {
  toasts.set((shown) =>
    shown.some((toast) => toast.id === id) ? shown.filter((toast) => toast.id !== id) : shown,
  )
}

/** Words for screen readers only. */
export const announcement = createStore('')

export function announce(text: string): void {
  // The same words twice are said twice only when something changes.
  announcement.set((said) => (said === text ? `${text}\u00A0` : text))
}
