import { processMedia } from '@anancus/core/domain/media'
import type { processMediaJob } from '@anancus/core/jobs'
import type { Handler } from '../handler.ts'

export const handle: Handler<typeof processMediaJob> = async (ctx, payload) => {
  await processMedia(ctx, payload)
}
