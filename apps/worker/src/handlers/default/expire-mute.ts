import { expireMute } from '@anancus/core/domain/relationships'
import type { expireMuteJob } from '@anancus/core/jobs'
import type { Handler } from '../handler.ts'

export const handle: Handler<typeof expireMuteJob> = async (ctx, payload) => {
  await expireMute(ctx, payload)
}
