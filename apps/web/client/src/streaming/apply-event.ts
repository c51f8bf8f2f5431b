import { forgetAnnouncement, receiveAnnouncement, receiveReaction } from '../state/announcements.ts'
import { importNotifications, importStatus, patchStatus, sameStatusIds, statuses } from '../state/entities.ts'
import { arrive, removeEverywhere } from '../state/feeds/feeds.ts'
import { isSignedIn, myId } from '../state/session.ts'
import { unreadNotifications } from '../state/unread.ts'
import type { StreamMessage } from './messages.ts'
import { tellThreads } from './thread-watch.ts'

/** Makes one event of a stream visible wherever it matters. */
export function applyEvent({ stream, message }: StreamMessage): void {
  switch (message.event) {
    case 'update':
      if (!statuses.get(message.payload.id)) countReply(message.payload.in_reply_to_id)
      importStatus(message.payload)
      arrive(stream === 'user' ? 'home' : stream, message.payload.id)
      return tellThreads(message.payload)
    case 'status.update':
      return importStatus(message.payload)
    case 'delete':
      return forgetStatus(message.payload)
    case 'notification':
      return receiveNotification(message.payload)
    case 'announcement':
      return receiveAnnouncement(message.payload)
    case 'announcement.reaction':
      return receiveReaction(message.payload)
    case 'announcement.delete':
      return forgetAnnouncement(message.payload)
    case 'filters_changed':
      return
  }
}

/** Takes a status and its reblogs off the screen. */
export function forgetStatus(id: string): void {
  const gone = sameStatusIds(id)
  removeEverywhere(gone)
  for (const key of gone) statuses.set(key, undefined)
}

function receiveNotification(notification: Parameters<typeof importNotifications>[0][number]): void {
  importNotifications([notification])
  arrive('notifications:all', notification.id)
  if (notification.type === 'mention' || notification.type === 'quote') {
    arrive('notifications:mentions', notification.id)
    if (notification.status) tellThreads(notification.status)
  }
  if (isSignedIn && notification.account.id !== myId) unreadNotifications.set((count) => count + 1)
}

/** The server sends no event for a count; the reply itself tells it. */
function countReply(repliedTo: string | null): void {
  const status = repliedTo ? statuses.get(repliedTo) : undefined
  if (status) patchStatus(status.id, { replies_count: status.replies_count + 1 })
}
