import type { Notification } from '@anancus/core/entities/types'
import { importNotifications } from '../state/entities.ts'
import type { FeedSource } from '../state/feeds/feeds.ts'
import type { Cursor } from '../state/feeds/reducer.ts'
import { get, post, requestPage } from './request.ts'

export type NotificationTab = 'all' | 'mentions'

const TYPES: Record<NotificationTab, string[] | undefined> = {
  all: undefined,
  mentions: ['mention', 'quote'],
}

async function notificationPage(tab: NotificationTab, cursor: Cursor) {
  const query = { limit: 40, types: TYPES[tab], ...withoutTypes(cursor) }
  const page = await requestPage<Notification>('/api/v1/notifications', { query })
  importNotifications(page.items)
  return { ids: page.items.map((notification) => notification.id), next: page.next }
}

/** A link repeats `types[]`, of which a cursor can hold only one; the tab knows them all. */
function withoutTypes({ 'types[]': _types, ...rest }: Cursor): Cursor {
  return rest
}

export const notificationSource = (tab: NotificationTab): FeedSource => ({
  key: `notifications:${tab}`,
  load: (cursor) => notificationPage(tab, cursor ?? {}),
  newer: (id) => notificationPage(tab, { min_id: id }),
})

export const fetchUnreadCount = () => get<{ count: number }>('/api/v1/notifications/unread_count')

interface Markers {
  notifications?: { last_read_id: string }
}

export const fetchMarkers = () => get<Markers>('/api/v1/markers', { timeline: ['notifications'] })

export const markNotificationsRead = (lastReadId: string) =>
  post<Markers>('/api/v1/markers', { notifications: { last_read_id: lastReadId } })

export const clearNotifications = () => post<object>('/api/v1/notifications/clear')
