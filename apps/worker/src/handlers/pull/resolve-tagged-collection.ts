import { resolveTaggedCollection } from '@anancus/core/domain/statuses'
import type { resolveTaggedCollectionJob } from '@anancus/core/jobs'
import type { Handler } from '../handler.ts'

export const handle: Handler<typeof resolveTaggedCollectionJob> = async (ctx, payload) => {
  await resolveTaggedCollection(ctx, payload)
}
