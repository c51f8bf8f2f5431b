import { afterUnsuspension } from '@anancus/core/domain/moderation'
import type { afterUnsuspensionJob } from '@anancus/core/jobs'
import type { Handler } from '../handler.ts'

export const handle: Handler<typeof afterUnsuspensionJob> = async (ctx, payload) => {
  await afterUnsuspension(ctx, payload)
}
