import { receiveActivity } from '@anancus/core/domain/inbox'
import type { processActivityJob } from '@anancus/core/jobs'
import type { Handler } from '../handler.ts'

export const handle: Handler<typeof processActivityJob> = async (ctx, payload, run) => {
  await receiveActivity(ctx, payload, run)
}
