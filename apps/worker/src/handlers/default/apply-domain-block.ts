import { applyDomainBlock } from '@anancus/core/domain/moderation'
import type { applyDomainBlockJob } from '@anancus/core/jobs'
import type { Handler } from '../handler.ts'

export const handle: Handler<typeof applyDomainBlockJob> = async (ctx, payload) => {
  await applyDomainBlock(ctx, payload)
}
