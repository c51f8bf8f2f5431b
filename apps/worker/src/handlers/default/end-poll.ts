import { endPoll } from '@anancus/core/domain/statuses'
import type { endPollJob } from '@anancus/core/jobs'
import type { Handler } from '../handler.ts'

export const handle: Handler<typeof endPollJob> = async (ctx, payload) => {
  await endPoll(ctx, payload)
}
