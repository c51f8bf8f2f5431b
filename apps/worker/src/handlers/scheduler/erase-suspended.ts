import { eraseSuspended } from '@anancus/core/domain/moderation'
import type { eraseSuspendedJob } from '@anancus/core/jobs'
import type { Handler } from '../handler.ts'

export const handle: Handler<typeof eraseSuspendedJob> = async (ctx) => {
  await eraseSuspended(ctx)
}
