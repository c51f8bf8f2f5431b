import { mergeFeed } from '@anancus/core/domain/timelines'
import type { mergeFeedJob } from '@anancus/core/jobs'
import type { Handler } from '../handler.ts'

export const handle: Handler<typeof mergeFeedJob> = async (ctx, payload) => {
  await mergeFeed(ctx, payload)
}
