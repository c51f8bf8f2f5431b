import { verifyQuote } from '@anancus/core/domain/statuses'
import type { verifyQuoteJob } from '@anancus/core/jobs'
import type { Handler } from '../handler.ts'

export const handle: Handler<typeof verifyQuoteJob> = async (ctx, payload) => {
  await verifyQuote(ctx, payload)
}
