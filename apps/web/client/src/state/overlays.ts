import type { Account, Collection, MediaAttachment, Status } from '@anancus/core/entities/types'
import { enterOverlay, leaveOverlay } from './overlay-history.ts'
import { createStore } from './store.ts'

export type ComposeRequest =
  | { kind: 'new'; text?: string }
  | { kind: 'reply'; statusId: string }
  | { kind: 'quote'; statusId: string }
  | { kind: 'edit'; status: Status; text: string; spoilerText: string }
  /** A deleted post to be written anew. */
  | { kind: 'redraft'; status: Status }

/** What lies over the page. */
export type Overlay =
  | { type: 'compose'; request: ComposeRequest }
  | { type: 'lightbox'; media: readonly MediaAttachment[]; index: number; lang: string | null }
  | { type: 'history'; statusId: string }
  | { type: 'embed'; statusId: string }
  | { type: 'settings' }
  | { type: 'shortcuts' }
  | { type: 'navigation' }
  | { type: 'mute'; account: Account }
  | { type: 'block'; account: Account }
  | { type: 'unfollow'; account: Account }
  | { type: 'delete'; status: Status; redraft: boolean }
  | { type: 'edit-profile' }
  /** Null for a new one. */
  | { type: 'collection'; collection: Collection | null }
  /** Signed out, and yet about to act. */
  | { type: 'sign-in' }

export const overlays = createStore<readonly Overlay[]>([])

export function openOverlay(overlay: Overlay): void {
  overlays.set((open) => [...open, overlay])
  enterOverlay()
}

export function closeOverlay(overlay: Overlay): void {
  overlays.set((open) => open.filter((one) => one !== overlay))
  leaveOverlay(() => overlays.get().length > 0)
}

export function openComposer(request: ComposeRequest = { kind: 'new' }): void {
  if (!overlays.get().some((one) => one.type === 'compose')) openOverlay({ type: 'compose', request })
}
