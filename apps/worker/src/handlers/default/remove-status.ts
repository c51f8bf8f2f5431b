import { distributeRemoval } from '@anancus/core/domain/statuses'
import type { removeStatusJob } from '@anancus/core/jobs'
import type { Handler } from '../handler.ts'

export const handle: Handler<typeof removeStatusJob> = async (ctx, payload) => {
  await distributeRemoval(ctx, payload)
}
