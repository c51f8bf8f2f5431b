import type { Graph, ViewerFilterRow } from '../../graph/index.ts'
import { matchFilter } from '../../policies/filter.ts'
import type { Filter, FilterContext, FilterResult } from '../types/index.ts'
import { toIso } from './dates.ts'

const ACTIONS = ['warn', 'hide', 'blur'] as const

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

export function filterJson(filter: ViewerFilterRow): Filter {
  return {
    id: filter.id,
    title: filter.phrase,
    context: filter.context as FilterContext[],
    expires_at: toIso(filter.expires_at),
    filter_action: ACTIONS[filter.action] ?? 'warn',
  }
}
