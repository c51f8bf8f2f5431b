import { refollow } from '@anancus/core/domain/relationships'
import type { refollowJob } from '@anancus/core/jobs'
import type { Handler } from '../handler.ts'

export const handle: Handler<typeof refollowJob> = async (ctx, payload) => {
  await refollow(ctx, payload)
}
