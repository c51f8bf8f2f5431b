import { resolveThread } from '@anancus/core/domain/statuses'
import type { resolveThreadJob } from '@anancus/core/jobs'
import type { Handler } from '../handler.ts'

export const handle: Handler<typeof resolveThreadJob> = async (ctx, payload) => {
  await resolveThread(ctx, payload)
}
