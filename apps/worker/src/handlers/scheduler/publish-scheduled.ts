import { publishScheduled } from '@anancus/core/domain/statuses'
import type { publishScheduledJob } from '@anancus/core/jobs'
import type { Handler } from '../handler.ts'

export const handle: Handler<typeof publishScheduledJob> = async (ctx) => {
  const published = await publishScheduled(ctx)
  if (published > 0) ctx.log.info({ published }, 'published scheduled statuses')
}
