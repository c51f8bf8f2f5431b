import { buildListFeed } from '@anancus/core/domain/timelines'
import type { buildListFeedJob } from '@anancus/core/jobs'
import type { Handler } from '../handler.ts'

export const handle: Handler<typeof buildListFeedJob> = async (ctx, payload) => {
  await buildListFeed(ctx, payload)
}
