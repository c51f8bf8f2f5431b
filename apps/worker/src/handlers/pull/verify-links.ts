import { verifyLinks } from '@anancus/core/domain/accounts'
import type { verifyLinksJob } from '@anancus/core/jobs'
import type { Handler } from '../handler.ts'

export const handle: Handler<typeof verifyLinksJob> = async (ctx, payload) => {
  await verifyLinks(ctx, payload)
}
