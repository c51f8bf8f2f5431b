import type { Route } from '../../../../http/route.ts'
import { adminTrendingLinkRoutes } from './links.ts'
import { publisherRoutes } from './links/publishers.ts'
import { adminTrendingStatusRoutes } from './statuses.ts'
import { adminTrendingTagRoutes } from './tags.ts'

/** All below `/api/v1/admin/trends`. */
export const adminTrendsRoutes: readonly Route[] = [
  ...adminTrendingLinkRoutes,
  ...publisherRoutes,
  ...adminTrendingStatusRoutes,
  ...adminTrendingTagRoutes,
]
