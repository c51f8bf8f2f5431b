import { sendReaction } from '@anancus/core/domain/interactions'
import type { sendReactionJob } from '@anancus/core/jobs'
import type { Handler } from '../handler.ts'

export const handle: Handler<typeof sendReactionJob> = async (ctx, payload) => {
  await sendReaction(ctx, payload)
}
