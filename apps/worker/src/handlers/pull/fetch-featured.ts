import { fetchFeatured } from '@anancus/core/domain/statuses'
import type { fetchFeaturedJob } from '@anancus/core/jobs'
import type { Handler } from '../handler.ts'

export const handle: Handler<typeof fetchFeaturedJob> = async (ctx, payload) => {
  await fetchFeatured(ctx, payload)
}
