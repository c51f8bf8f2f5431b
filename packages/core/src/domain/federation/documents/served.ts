import type { Document } from '../../../activitypub/vocabulary.ts'

/** A document as it is served. */
export interface Served {
  document: Document
  /** Seconds shared caches may keep it, if anybody may see it. */
  maxAgeSeconds: number
  /** Whether anybody may see it. */
  isPublic: boolean
}

const THREE_MINUTES = 180

export function served(document: Document, maxAgeSeconds = THREE_MINUTES, isPublic = true): Served {
  return { document, maxAgeSeconds, isPublic }
}
