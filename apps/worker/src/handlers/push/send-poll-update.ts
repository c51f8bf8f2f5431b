import { sendPollUpdate } from '@anancus/core/domain/statuses'
import type { sendPollUpdateJob } from '@anancus/core/jobs'
import type { Handler } from '../handler.ts'

export const handle: Handler<typeof sendPollUpdateJob> = async (ctx, payload) => {
  await sendPollUpdate(ctx, payload)
}
