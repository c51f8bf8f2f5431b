import { indexChanges } from '@anancus/core/domain/search'
import type { indexChangesJob } from '@anancus/core/jobs'
import type { Handler } from '../handler.ts'

export const handle: Handler<typeof indexChangesJob> = async (ctx) => {
  const { indexed, removed } = await indexChanges(ctx)
  if (indexed + removed > 0) ctx.log.info({ indexed, removed }, 'told Elasticsearch what changed')
}
