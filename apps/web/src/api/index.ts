import type { Route } from '../http/route.ts'
import { streaming } from './v1/streaming.ts'
import { homeTimeline } from './v1/timelines/home.ts'
import { publicTimeline } from './v1/timelines/public.ts'
import { tagTimeline } from './v1/timelines/tag.ts'
import { showAsyncRefresh } from './v1_alpha/async_refreshes.ts'

/** Every route of the REST API, alphabetical by path. Each file is named by the path it serves. */
export const apiRoutes: readonly Route[] = [
  streaming,
  homeTimeline,
  publicTimeline,
  tagTimeline,
  showAsyncRefresh,
]
