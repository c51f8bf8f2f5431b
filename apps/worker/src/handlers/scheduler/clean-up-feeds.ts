import { dropInactiveFeeds } from '@anancus/core/domain/timelines'
import type { cleanUpFeedsJob } from '@anancus/core/jobs'
import type { Handler } from '../handler.ts'

export const handle: Handler<typeof cleanUpFeedsJob> = async (ctx) => {
  await dropInactiveFeeds(ctx)
}
