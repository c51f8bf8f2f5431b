import type { Announcement } from '@anancus/core/entities/types'
import { useEffect } from 'react'
import {
  addReaction,
  fetchAnnouncements,
  markAnnouncementRead,
  removeReaction,
} from '../../api/announcements.ts'
import { announcements, patchAnnouncement } from '../../state/announcements.ts'
import { useStore } from '../../state/store.ts'
import { withReaction, withToggled } from '../../state/with-reaction.ts'

/** What is announced; asked for once, then kept up to date by the stream. */
export function useAnnouncements(): readonly Announcement[] {
  const list = useStore(announcements)
  useEffect(() => {
    if (announcements.get() !== null) return
    announcements.set([])
    fetchAnnouncements().then(
      (found) => announcements.set(found),
      // Home is not to fail for it; the next visit asks again.
      () => announcements.set(null),
    )
  }, [])
  return list ?? []
}

/** Notes that one was seen, here and on the server. */
export function markRead({ id, read }: Announcement): void {
  if (read) return
  patchAnnouncement(id, () => ({ read: true }))
  markAnnouncementRead(id).catch(() => patchAnnouncement(id, () => ({ read: false })))
}

/** Gives a reaction or takes it back; shown at once, and undone when the server says no. */
export async function toggleReaction({ id, reactions }: Announcement, name: string): Promise<void> {
  const before = reactions.find((reaction) => reaction.name === name)
  const mine = before?.me === true
  patchAnnouncement(id, (one) => ({ reactions: withToggled(one.reactions, name) }))
  try {
    await (mine ? removeReaction(id, name) : addReaction(id, name))
  } catch (error) {
    const was = before ?? { name, count: 0 }
    patchAnnouncement(id, (one) => ({ reactions: withReaction(one.reactions, was) }))
    throw error
  }
}
