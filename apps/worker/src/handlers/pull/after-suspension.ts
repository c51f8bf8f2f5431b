import { afterSuspension } from '@anancus/core/domain/moderation'
import type { afterSuspensionJob } from '@anancus/core/jobs'
import type { Handler } from '../handler.ts'

export const handle: Handler<typeof afterSuspensionJob> = async (ctx, payload) => {
  await afterSuspension(ctx, payload)
}
