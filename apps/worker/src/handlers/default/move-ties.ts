import { moveTies } from '@anancus/core/domain/relationships'
import type { moveTiesJob } from '@anancus/core/jobs'
import type { Handler } from '../handler.ts'

export const handle: Handler<typeof moveTiesJob> = async (ctx, payload) => {
  await moveTies(ctx, payload)
}
