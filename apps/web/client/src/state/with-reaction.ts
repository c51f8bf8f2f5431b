import type { Reaction } from '@anancus/core/entities/types'

/** Reactions with one of them as it is now; a count of 0 takes it away. */
export function withReaction(reactions: readonly Reaction[], incoming: Reaction): Reaction[] {
  if (incoming.count <= 0) return reactions.filter(({ name }) => name !== incoming.name)
  if (!reactions.some(({ name }) => name === incoming.name)) return [...reactions, { me: false, ...incoming }]
  return reactions.map((one) => (one.name === incoming.name ? { ...one, ...incoming } : one))
}

/** Reactions after one of them was given by the viewer, or taken back if it had been. */
export function withToggled(reactions: readonly Reaction[], name: string): Reaction[] {
  const before = reactions.find((reaction) => reaction.name === name)
  const mine = before?.me === true
  return withReaction(reactions, { name, count: (before?.count ?? 0) + (mine ? -1 : 1), me: !mine })
}
