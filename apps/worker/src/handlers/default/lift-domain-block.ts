import { liftDomainBlock } from '@anancus/core/domain/moderation'
import type { liftDomainBlockJob } from '@anancus/core/jobs'
import type { Handler } from '../handler.ts'

export const handle: Handler<typeof liftDomainBlockJob> = async (ctx, payload) => {
  await liftDomainBlock(ctx, payload)
}
