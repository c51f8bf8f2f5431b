import { publishReaction } from '@anancus/core/domain/instance'
import type { publishReactionJob } from '@anancus/core/jobs'
import type { Handler } from '../handler.ts'

export const handle: Handler<typeof publishReactionJob> = async (ctx, payload) => {
  await publishReaction(ctx, payload)
}
