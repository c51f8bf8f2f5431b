export type { CachedKind, CacheUse } from '@anancus/db/queries/media-cache'
export { type CacheRunReport, type MediaCache, type NextFile, readMediaCache } from './reads.ts'
export { recountMediaCache } from './recount.ts'
export { type Removed, type RemovedByKind, type Trim, trimMediaCache } from './trim-cache.ts'
