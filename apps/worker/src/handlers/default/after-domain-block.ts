import { afterDomainBlock } from '@anancus/core/domain/relationships'
import type { afterDomainBlockJob } from '@anancus/core/jobs'
import type { Handler } from '../handler.ts'

export const handle: Handler<typeof afterDomainBlockJob> = async (ctx, payload) => {
  await afterDomainBlock(ctx, payload)
}
