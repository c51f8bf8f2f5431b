import type { Announcement, Conversation, Notification, Reaction, Status } from '../entities/types/index.ts'

/** What goes through a channel. Clients get `payload` as a string: JSON of an entity, or a bare id. */
export type StreamingMessage =
  | { event: 'update'; payload: Status }
  | { event: 'status.update'; payload: Status }
  | { event: 'delete'; payload: string }
  | { event: 'conversation'; payload: Conversation }
  | { event: 'notification'; payload: Notification }
  /** Notifications that were put aside are shown now. The payload says nothing. */
  | { event: 'notifications_merged'; payload: '1' }
  /** As the anonymous see it. */
  | { event: 'announcement'; payload: Announcement }
  /** A count of 0: nobody reacts so any more. */
  | { event: 'announcement.reaction'; payload: Reaction & { announcement_id: string } }
  | { event: 'announcement.delete'; payload: string }
  | { event: 'filters_changed' }
  /** Ends every socket of a token or account. Never leaves the server. */
  | { event: 'kill' }
  /** Blocks, mutes, domain blocks or languages of the account changed: the session loads its sets again. */
  | { event: 'relationships_changed' }

export type StreamingEvent = StreamingMessage['event']
