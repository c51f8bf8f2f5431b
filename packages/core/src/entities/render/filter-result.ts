import { type CustomFilterRow, FILTER_ACTIONS } from '@anancus/db'
import type { Graph } from '../../graph/index.ts'
import { matchFilter } from '../../policies/filter.ts'
import type { Filter, FilterContext, FilterResult } from '../types/index.ts'
import { toIso } from './dates.ts'

/**
 * The viewer's filters that match a status; those of a reblog are those of what it reblogs.
 *
 * @see https://docs.joinmastodon.org/entities/FilterResult/
 */
export function filterResultsJson(graph: Graph, statusId: string): FilterResult[] {
  return graph.filters.flatMap((filter) => {
    const match = matchFilter(graph, filter, statusId)
    if (!match) return []
    return { filter: filterJson(filter), keyword_matches: match.keywords, status_matches: match.statuses }
  })
}

/** What every form of a filter is made of. */
export type FilterRow = Pick<CustomFilterRow, 'id' | 'phrase' | 'context' | 'action' | 'expires_at'>

export function filterJson(filter: FilterRow): Filter {
  return {
    id: filter.id,
    title: filter.phrase,
    context: filter.context as FilterContext[],
    expires_at: toIso(filter.expires_at),
    filter_action: FILTER_ACTIONS[filter.action] ?? 'warn',
  }
}
