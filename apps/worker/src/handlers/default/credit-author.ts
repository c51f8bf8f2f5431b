import { creditAuthor } from '@anancus/core/domain/previews'
import type { creditAuthorJob } from '@anancus/core/jobs'
import type { Handler } from '../handler.ts'

export const handle: Handler<typeof creditAuthorJob> = async (ctx, payload) => {
  await creditAuthor(ctx, payload)
}
