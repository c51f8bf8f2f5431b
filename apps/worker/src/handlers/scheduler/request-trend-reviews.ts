import { requestReviews } from '@anancus/core/domain/trends'
import type { requestTrendReviewsJob } from '@anancus/core/jobs'
import type { Handler } from '../handler.ts'

export const handle: Handler<typeof requestTrendReviewsJob> = async (ctx) => {
  await requestReviews(ctx)
}
