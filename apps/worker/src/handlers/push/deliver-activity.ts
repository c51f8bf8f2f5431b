import { deliverActivity } from '@anancus/core/domain/federation'
import type { deliverActivityJob } from '@anancus/core/jobs'
import type { Handler } from '../handler.ts'

export const handle: Handler<typeof deliverActivityJob> = async (ctx, payload, run) => {
  await deliverActivity(ctx, payload, run)
}
