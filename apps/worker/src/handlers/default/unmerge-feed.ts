import { unmergeFeed } from '@anancus/core/domain/timelines'
import type { unmergeFeedJob } from '@anancus/core/jobs'
import type { Handler } from '../handler.ts'

export const handle: Handler<typeof unmergeFeedJob> = async (ctx, payload) => {
  await unmergeFeed(ctx, payload)
}
