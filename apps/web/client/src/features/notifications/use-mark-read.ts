import { useEffect, useState } from 'react'
import { fetchMarkers, markNotificationsRead } from '../../api/notifications.ts'
import { type FeedSource, useFeed } from '../../state/feeds/feeds.ts'
import { unreadNotifications } from '../../state/unread.ts'

/**
 * Tells the server what has been seen, and answers up to where it had been when the screen was opened: what came after
 * is marked as new.
 */
export function useMarkRead(source: FeedSource): string | null {
  const { ids, phase } = useFeed(source.key)
  const newest = phase === 'ready' ? ids[0] : undefined
  const [readUpTo, setReadUpTo] = useState<string | null>(null)
  const [isKnown, setKnown] = useState(false)
  useEffect(() => {
    let isHere = true
    fetchMarkers()
      .then(({ notifications }) => isHere && setReadUpTo(notifications?.last_read_id ?? '0'))
      // Without it nothing is marked as new.
      .catch(() => undefined)
      .finally(() => isHere && setKnown(true))
    return () => {
      isHere = false
    }
  }, [])
  useEffect(() => {
    if (!newest || !isKnown || source.key !== 'notifications:all') return
    const markWhenSeen = () => {
      if (document.visibilityState !== 'visible') return
      unreadNotifications.set(0)
      // The badge comes back at the next visit if this fails.
      markNotificationsRead(newest).catch(() => undefined)
      document.removeEventListener('visibilitychange', markWhenSeen)
    }
    document.addEventListener('visibilitychange', markWhenSeen)
    markWhenSeen()
    return () => document.removeEventListener('visibilitychange', markWhenSeen)
  }, [newest, isKnown, source])
  return readUpTo
}
