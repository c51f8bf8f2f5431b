import { autoCloseRegistrations } from '@anancus/core/domain/users'
import type { autoCloseRegistrationsJob } from '@anancus/core/jobs'
import type { Handler } from '../handler.ts'

export const handle: Handler<typeof autoCloseRegistrationsJob> = async (ctx) => {
  if (await autoCloseRegistrations(ctx))
    ctx.log.warn({}, 'no moderator around: registrations need approval now')
}
