import { FILTER_ACTIONS, stored } from '@anancus/db'
import type { FilterContext, FilterKeyword, FilterStatus, OwnFilter, V1Filter } from '../types/index.ts'
import { toIso } from './dates.ts'
import { type FilterRow, filterJson } from './filter-result.ts'

const HIDE = stored(FILTER_ACTIONS, 'hide')

/**
 * A filter as its owner sees it.
 *
 * @see https://docs.joinmastodon.org/entities/Filter/
 */
export function ownFilterJson(
  filter: FilterRow & { keywords: FilterKeyword[]; statuses: FilterStatus[] },
): OwnFilter {
  return { ...filterJson(filter), keywords: filter.keywords, statuses: filter.statuses }
}

/** @see https://docs.joinmastodon.org/entities/V1_Filter/ */
export function v1FilterJson(filter: FilterRow, keyword: FilterKeyword): V1Filter {
  return {
    id: keyword.id,
    phrase: keyword.keyword,
    context: filter.context as FilterContext[],
    whole_word: keyword.whole_word,
    expires_at: toIso(filter.expires_at),
    irreversible: filter.action === HIDE,
  }
}
