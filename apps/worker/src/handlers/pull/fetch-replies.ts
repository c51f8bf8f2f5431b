import { fetchReplies } from '@anancus/core/domain/statuses'
import type { fetchRepliesJob } from '@anancus/core/jobs'
import type { Handler } from '../handler.ts'

export const handle: Handler<typeof fetchRepliesJob> = async (ctx, payload) => {
  await fetchReplies(ctx, payload)
}
