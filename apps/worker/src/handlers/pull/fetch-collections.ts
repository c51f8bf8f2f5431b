import { fetchCollections } from '@anancus/core/domain/collections'
import type { fetchCollectionsJob } from '@anancus/core/jobs'
import type { Handler } from '../handler.ts'

export const handle: Handler<typeof fetchCollectionsJob> = async (ctx, payload) => {
  await fetchCollections(ctx, payload)
}
