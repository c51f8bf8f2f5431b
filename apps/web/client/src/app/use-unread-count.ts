import { useEffect } from 'react'
import { fetchUnreadCount } from '../api/notifications.ts'
import { isSignedIn } from '../state/session.ts'
import { unreadNotifications } from '../state/unread.ts'

/** Asks once how many notifications came since the last visit; the stream counts on from there. */
export function useUnreadCount(): void {
  useEffect(() => {
    if (!isSignedIn) return
    fetchUnreadCount().then(
      ({ count }) => unreadNotifications.set(count),
      // A badge that is missing for once does no harm.
      () => undefined,
    )
  }, [])
}
