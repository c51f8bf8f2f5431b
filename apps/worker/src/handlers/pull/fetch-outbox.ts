import { fetchOutbox } from '@anancus/core/domain/statuses'
import type { fetchOutboxJob } from '@anancus/core/jobs'
import type { Handler } from '../handler.ts'

export const handle: Handler<typeof fetchOutboxJob> = async (ctx, payload) => {
  await fetchOutbox(ctx, payload)
}
