import type { Announcement, Notification, Reaction, Status } from '@anancus/core/entities/types'

/** What the server sends through a stream, as far as this client has use for it. */
export type StreamEvent =
  | { event: 'update'; payload: Status }
  | { event: 'status.update'; payload: Status }
  | { event: 'delete'; payload: string }
  | { event: 'notification'; payload: Notification }
  | { event: 'announcement'; payload: Announcement }
  | { event: 'announcement.reaction'; payload: Reaction & { announcement_id: string } }
  | { event: 'announcement.delete'; payload: string }
  | { event: 'filters_changed' }

export interface StreamMessage {
  /** The stream as it was subscribed: `user`, `hashtag:cats`, … */
  stream: string
  message: StreamEvent
}

/** A stream to subscribe; `tag` for hashtags only. */
export interface StreamName {
  stream: 'user' | 'public' | 'public:local' | 'hashtag'
  tag?: string
}

/** The key of a stream is the key of the feed it feeds. */
export function streamKey({ stream, tag }: StreamName): string {
  return tag === undefined ? stream : `${stream}:${tag}`
}

/**
 * Reads one text frame. Null for what is no event: errors, events we do not know, frames nobody can read.
 *
 * @see https://docs.joinmastodon.org/methods/streaming/#events
 */
export function parseMessage(text: string): StreamMessage | null {
  const frame = parseJson(text) as { stream?: unknown; event?: unknown; payload?: unknown } | undefined
  if (!Array.isArray(frame?.stream) || typeof frame.event !== 'string') return null
  const message = eventOf(frame.event, frame.payload)
  return message && { stream: frame.stream.join(':'), message }
}

/** Events whose payload is the JSON of an entity. */
const WITH_ENTITY = new Set([
  'update',
  'status.update',
  'notification',
  'announcement',
  'announcement.reaction',
])

function eventOf(event: string, payload: unknown): StreamEvent | null {
  if (event === 'filters_changed') return { event }
  if (typeof payload !== 'string') return null
  if (event === 'delete' || event === 'announcement.delete') return { event, payload }
  if (!WITH_ENTITY.has(event)) return null
  const entity = parseJson(payload)
  return entity && typeof entity === 'object' ? ({ event, payload: entity } as StreamEvent) : null
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
