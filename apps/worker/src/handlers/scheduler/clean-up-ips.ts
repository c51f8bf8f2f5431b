import { cleanUpIps } from '@anancus/core/domain/moderation'
import type { cleanUpIpsJob } from '@anancus/core/jobs'
import type { Handler } from '../handler.ts'

export const handle: Handler<typeof cleanUpIpsJob> = async (ctx) => {
  await cleanUpIps(ctx)
}
