import { synchronizeFollowers } from '@anancus/core/domain/inbox'
import type { synchronizeFollowersJob } from '@anancus/core/jobs'
import type { Handler } from '../handler.ts'

export const handle: Handler<typeof synchronizeFollowersJob> = async (ctx, payload) => {
  await synchronizeFollowers(ctx, payload)
}
