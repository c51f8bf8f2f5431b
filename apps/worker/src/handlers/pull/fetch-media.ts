import { fetchAttachment } from '@anancus/core/domain/media'
import type { fetchMediaJob } from '@anancus/core/jobs'
import type { Handler } from '../handler.ts'

export const handle: Handler<typeof fetchMediaJob> = async (ctx, payload) => {
  await fetchAttachment(ctx, payload)
}
