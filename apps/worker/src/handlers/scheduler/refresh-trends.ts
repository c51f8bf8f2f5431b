import { refreshTrends } from '@anancus/core/domain/trends'
import type { refreshTrendsJob } from '@anancus/core/jobs'
import type { Handler } from '../handler.ts'

export const handle: Handler<typeof refreshTrendsJob> = async (ctx) => {
  await refreshTrends(ctx)
}
