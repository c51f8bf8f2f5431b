import { isTimeToErase } from '@anancus/core/domain/calendar'
import type { eraseSuspendedJob } from '@anancus/core/jobs'
import type { Handler } from '../handler.ts'

export const handle: Handler<typeof eraseSuspendedJob> = async (ctx) => {
  if (!(await isTimeToErase(ctx))) return
  const { eraseSuspended } = await import('@anancus/core/domain/moderation')
  await eraseSuspended(ctx)
}
