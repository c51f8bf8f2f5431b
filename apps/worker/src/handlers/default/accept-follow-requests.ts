import { acceptFollowRequests } from '@anancus/core/domain/relationships'
import type { acceptFollowRequestsJob } from '@anancus/core/jobs'
import type { Handler } from '../handler.ts'

export const handle: Handler<typeof acceptFollowRequestsJob> = async (ctx, payload) => {
  await acceptFollowRequests(ctx, payload)
}
