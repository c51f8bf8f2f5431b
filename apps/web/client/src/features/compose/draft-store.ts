import type { ComposeRequest } from '../../state/overlays.ts'
import { myId } from '../../state/session.ts'
import type { Draft } from './draft.ts'

/** The server forgets uploads nobody used after about a day. */
const MEDIA_LIVE_MS = 20 * 60 * 60 * 1000
const DRAFTS_LIVE_MS = 60 * 24 * 60 * 60 * 1000

interface Kept {
  savedAt: number
  draft: Draft
}

/** Where a draft is kept, or null: what is on the server already can be begun again. */
export function draftKey(request: ComposeRequest): string | null {
  if (request.kind === 'reply' || request.kind === 'quote')
    return keyOf(`${request.kind}-${request.statusId}`)
  if (request.kind === 'new') return keyOf(request.text ? `new-${request.text.trim()}` : 'new')
  return null
}

const PREFIX = 'anancus.draft.'
const keyOf = (name: string) => `${PREFIX}${myId}.${name}`

export function loadDraft(key: string | null, now = Date.now()): Draft | null {
  if (!key) return null
  const kept = read(key)
  if (!kept) return null
  const media = now - kept.savedAt > MEDIA_LIVE_MS ? [] : kept.draft.media
  return { ...kept.draft, media }
}

export function saveDraft(key: string | null, draft: Draft): void {
  if (!key) return
  const media = draft.media.filter((one) => one.attachment)
  const kept: Kept = { savedAt: Date.now(), draft: { ...draft, media } }
  try {
    localStorage.setItem(key, JSON.stringify(kept))
    dropOld(kept.savedAt)
  } catch {
    // A browser that keeps nothing, or is full: the draft lives as long as the page.
  }
}

export function dropDraft(key: string | null): void {
  try {
    if (key) localStorage.removeItem(key)
  } catch {
    // As above.
  }
}

function read(key: string): Kept | null {
  try {
    return JSON.parse(localStorage.getItem(key) ?? 'null')
  } catch {
    return null
  }
}

function dropOld(now: number): void {
  for (const key of Object.keys(localStorage))
    if (key.startsWith(PREFIX) && now - (read(key)?.savedAt ?? 0) > DRAFTS_LIVE_MS)
      localStorage.removeItem(key)
}
