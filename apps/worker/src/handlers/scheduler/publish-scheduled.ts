import { turnAnnouncements } from '@anancus/core/domain/instance'
import { publishScheduled } from '@anancus/core/domain/statuses'
import type { publishScheduledJob } from '@anancus/core/jobs'
import type { Handler } from '../handler.ts'

export const handle: Handler<typeof publishScheduledJob> = async (ctx) => {
  const published = await publishScheduled(ctx)
  const announcements = await turnAnnouncements(ctx)
  if (published + announcements.published + announcements.ended > 0)
    ctx.log.info({ published, announcements }, 'published scheduled statuses and announcements')
}
