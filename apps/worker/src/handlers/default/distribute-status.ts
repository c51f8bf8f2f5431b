import { distributeStatus } from '@anancus/core/domain/statuses'
import type { distributeStatusJob } from '@anancus/core/jobs'
import type { Handler } from '../handler.ts'

export const handle: Handler<typeof distributeStatusJob> = async (ctx, payload) => {
  await distributeStatus(ctx, payload)
}
