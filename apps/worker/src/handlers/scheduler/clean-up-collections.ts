import { cleanUpCollections } from '@anancus/core/domain/collections'
import type { cleanUpCollectionsJob } from '@anancus/core/jobs'
import type { Handler } from '../handler.ts'

export const handle: Handler<typeof cleanUpCollectionsJob> = async (ctx) => {
  await cleanUpCollections(ctx)
}
