import { mailEveryone } from '@anancus/core/domain/users'
import type { mailEveryoneJob } from '@anancus/core/jobs'
import type { Handler } from '../handler.ts'

export const handle: Handler<typeof mailEveryoneJob> = async (ctx, payload) => {
  await mailEveryone(ctx, payload)
}
