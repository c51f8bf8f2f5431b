import { refreshRecommendations } from '@anancus/core/domain/accounts'
import type { refreshRecommendationsJob } from '@anancus/core/jobs'
import type { Handler } from '../handler.ts'

export const handle: Handler<typeof refreshRecommendationsJob> = async (ctx) => {
  await refreshRecommendations(ctx)
}
