import { followRedirect } from '@anancus/core/domain/accounts'
import type { followRedirectJob } from '@anancus/core/jobs'
import type { Handler } from '../handler.ts'

export const handle: Handler<typeof followRedirectJob> = async (ctx, payload) => {
  await followRedirect(ctx, payload)
}
