import { clearDomainMedia } from '@anancus/core/domain/moderation'
import type { clearDomainMediaJob } from '@anancus/core/jobs'
import type { Handler } from '../handler.ts'

export const handle: Handler<typeof clearDomainMediaJob> = async (ctx, payload) => {
  await clearDomainMedia(ctx, payload)
}
