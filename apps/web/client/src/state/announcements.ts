import type { Announcement, Reaction } from '@anancus/core/entities/types'
import { createStore } from './store.ts'
import { withReaction } from './with-reaction.ts'

/** What the server announces; null until it was asked. */
export const announcements = createStore<readonly Announcement[] | null>(null)

/** Notes a new or changed announcement. A stream tells it to everyone: what is ours (read, our reactions) stays. */
export function receiveAnnouncement(incoming: Announcement): void {
  announcements.set((list) => list && withAnnouncement(list, incoming))
}

export function withAnnouncement(list: readonly Announcement[], incoming: Announcement): Announcement[] {
  const known = list.find(({ id }) => id === incoming.id)
  if (!known) return [...list, { ...incoming, read: false }]
  const reactions = incoming.reactions.map((reaction) => ({
    ...reaction,
    me: known.reactions.some(({ name, me }) => name === reaction.name && me === true),
  }))
  const merged = { ...incoming, read: known.read ?? false, reactions }
  return list.map((one) => (one.id === incoming.id ? merged : one))
}

export function forgetAnnouncement(id: string): void {
  announcements.set((list) => list && list.filter((one) => one.id !== id))
}

/** Notes how often a reaction was given; a count of 0 takes it away. */
export function receiveReaction({
  announcement_id: id,
  ...reaction
}: Reaction & { announcement_id: string }): void {
  patchAnnouncement(id, ({ reactions }) => ({ reactions: withReaction(reactions, reaction) }))
}

export function patchAnnouncement(id: string, change: (one: Announcement) => Partial<Announcement>): void {
  announcements.set((list) => list && list.map((one) => (one.id === id ? { ...one, ...change(one) } : one)))
}
