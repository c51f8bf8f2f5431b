import { fetchProfileImages } from '@anancus/core/domain/media'
import type { fetchProfileImagesJob } from '@anancus/core/jobs'
import type { Handler } from '../handler.ts'

export const handle: Handler<typeof fetchProfileImagesJob> = async (ctx, payload) => {
  await fetchProfileImages(ctx, payload)
}
