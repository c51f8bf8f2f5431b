import { isTimeToPublish } from '@anancus/core/domain/calendar'
import type { publishScheduledJob } from '@anancus/core/jobs'
import type { Handler } from '../handler.ts'

export const handle: Handler<typeof publishScheduledJob> = async (ctx) => {
  if (!(await isTimeToPublish(ctx))) return
  const { publishScheduled } = await import('@anancus/core/domain/statuses')
  const { turnAnnouncements } = await import('@anancus/core/domain/instance')
  const published = await publishScheduled(ctx)
  const announcements = await turnAnnouncements(ctx)
  if (published + announcements.published + announcements.ended > 0)
    ctx.log.info({ published, announcements }, 'published scheduled statuses and announcements')
}
