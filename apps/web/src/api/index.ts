import type { Route } from '../http/route.ts'

/** Every route of the REST API, alphabetical by path. Each file is named by the path it serves. */
export const apiRoutes: readonly Route[] = []
