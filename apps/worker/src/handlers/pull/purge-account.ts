import { purgeAccount } from '@anancus/core/domain/moderation'
import type { purgeAccountJob } from '@anancus/core/jobs'
import type { Handler } from '../handler.ts'

export const handle: Handler<typeof purgeAccountJob> = async (ctx, payload) => {
  await purgeAccount(ctx, payload)
}
