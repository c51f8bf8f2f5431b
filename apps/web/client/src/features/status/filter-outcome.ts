import type { FilterContext, Status } from '@anancus/core/entities/types'
import { myId } from '../../state/session.ts'

export type FilterOutcome = { action: 'show' } | { action: 'warn' | 'hide'; titles: string[] }

/** What the reader's filters say about a status here. Their own posts are never filtered. */
export function filterOutcome(status: Status, context: FilterContext): FilterOutcome {
  if (status.account.id === myId) return { action: 'show' }
  const active = (status.filtered ?? [])
    .map((result) => result.filter)
    .filter((filter) => filter.context.includes(context))
  const titles = active.map((filter) => filter.title)
  if (active.some((filter) => filter.filter_action === 'hide')) return { action: 'hide', titles }
  return active.some((filter) => filter.filter_action !== 'blur')
    ? { action: 'warn', titles }
    : { action: 'show' }
}
