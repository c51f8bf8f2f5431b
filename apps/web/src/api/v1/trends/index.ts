import type { Route } from '../../../http/route.ts'
import { trendingLinks } from './links.ts'
import { trendingStatuses } from './statuses.ts'
import { trendingTags, trends } from './tags.ts'

/** `/api/v1/trends` and all below it. */
export const trendsRoutes: readonly Route[] = [trends, trendingLinks, trendingStatuses, trendingTags]
