import { AS, type Document } from '../vocabulary.ts'
import { httpUri, idOf, isDocument, listOf, typesOf } from './values.ts'

/** The frame of an activity. `object` stays what it came as: a string, an object or a list. */
export interface ActivityDraft {
  /** Null where the server gives this kind none (Mastodon's Add and Remove). */
  id: string | null
  type: string
  /** Null: whoever signed it. */
  actor: string | null
  object: unknown
  document: Document
}

/**
 * Reads the frame of an activity.
 *
 * @returns null when it is none: no ActivityStreams context, no type, an id that is not http(s)
 */
export function parseActivity(document: Document): ActivityDraft | null {
  const [type] = typesOf(document)
  if (type === undefined || !hasContext(document)) return null
  const id = document.id === undefined || document.id === null ? null : httpUri(document.id)
  if (id === null && document.id !== undefined && document.id !== null) return null
  return { id, type, actor: idOf(document.actor), object: document.object, document }
}

/** Whether a document says that it is ActivityStreams: its context is, or lists, exactly that name. */
export function hasContext(document: Document): boolean {
  return listOf(document['@context'], 100).includes(AS)
}

/** The objects of an activity, one by one: some servers send several in one. */
export function objectsOf(activity: ActivityDraft, limit: number): unknown[] {
  return listOf(activity.object, limit)
}

/** The embedded object, or null when there is only its id. */
export function embeddedObject(activity: ActivityDraft): Document | null {
  return isDocument(activity.object) ? activity.object : null
}
