import { afterBlock } from '@anancus/core/domain/relationships'
import type { afterBlockJob } from '@anancus/core/jobs'
import type { Handler } from '../handler.ts'

export const handle: Handler<typeof afterBlockJob> = async (ctx, payload) => {
  await afterBlock(ctx, payload)
}
