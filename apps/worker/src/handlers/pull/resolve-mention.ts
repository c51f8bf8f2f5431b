import { resolveMention } from '@anancus/core/domain/statuses'
import type { resolveMentionJob } from '@anancus/core/jobs'
import type { Handler } from '../handler.ts'

export const handle: Handler<typeof resolveMentionJob> = async (ctx, payload) => {
  await resolveMention(ctx, payload)
}
