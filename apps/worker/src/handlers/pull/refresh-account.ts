import { refreshAccount } from '@anancus/core/domain/accounts'
import type { refreshAccountJob } from '@anancus/core/jobs'
import type { Handler } from '../handler.ts'

export const handle: Handler<typeof refreshAccountJob> = async (ctx, payload) => {
  await refreshAccount(ctx, payload)
}
