import { fetchFirstReplies } from '@anancus/core/domain/statuses'
import type { fetchFirstRepliesJob } from '@anancus/core/jobs'
import type { Handler } from '../handler.ts'

export const handle: Handler<typeof fetchFirstRepliesJob> = async (ctx, payload) => {
  await fetchFirstReplies(ctx, payload)
}
