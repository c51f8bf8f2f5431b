import { eraseAccount } from '@anancus/core/domain/moderation'
import type { eraseAccountJob } from '@anancus/core/jobs'
import type { Handler } from '../handler.ts'

export const handle: Handler<typeof eraseAccountJob> = async (ctx, payload) => {
  await eraseAccount(ctx, payload)
}
