import { buildFeed } from '@anancus/core/domain/timelines'
import type { buildFeedJob } from '@anancus/core/jobs'
import type { Handler } from '../handler.ts'

export const handle: Handler<typeof buildFeedJob> = async (ctx, payload) => {
  await buildFeed(ctx, payload)
}
