import type { Route } from '../../../http/route.ts'
import { filters, makeFilter, removeFilter, showFilter, updateFilter } from '../filters.ts'
import { filterKeywordRoutes } from './keywords.ts'
import { filteredStatusRoutes } from './statuses.ts'

/** `/api/v2/filters` and all below it. */
export const filterRoutes: readonly Route[] = [
  filters,
  makeFilter,
  showFilter,
  updateFilter,
  removeFilter,
  ...filterKeywordRoutes,
  ...filteredStatusRoutes,
]
