import { trimMediaCache } from '@anancus/core/domain/media-cache'
import type { trimMediaCacheJob } from '@anancus/core/jobs'
import type { Handler } from '../handler.ts'

export const handle: Handler<typeof trimMediaCacheJob> = async (ctx) => {
  await trimMediaCache(ctx)
}
