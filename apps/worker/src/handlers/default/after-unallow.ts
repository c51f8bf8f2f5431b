import { afterUnallow } from '@anancus/core/domain/moderation'
import type { afterUnallowJob } from '@anancus/core/jobs'
import type { Handler } from '../handler.ts'

export const handle: Handler<typeof afterUnallowJob> = async (ctx, payload) => {
  await afterUnallow(ctx, payload)
}
