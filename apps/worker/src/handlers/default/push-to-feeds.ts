import { pushToFeeds } from '@anancus/core/domain/timelines'
import type { pushToFeedsJob } from '@anancus/core/jobs'
import type { Handler } from '../handler.ts'

export const handle: Handler<typeof pushToFeedsJob> = async (ctx, payload) => {
  await pushToFeeds(ctx, payload)
}
