import { vacuumBodies } from '@anancus/core/domain/federation'
import { vacuumCachedFiles, vacuumUploads } from '@anancus/core/domain/media'
import { vacuumTokens } from '@anancus/core/domain/oauth'
import { stopGathering } from '@anancus/core/domain/search'
import type { vacuumJob } from '@anancus/core/jobs'
import type { Handler } from '../handler.ts'

export const handle: Handler<typeof vacuumJob> = async (ctx) => {
  const uploads = await vacuumUploads(ctx)
  const copies = await vacuumCachedFiles(ctx)
  const tokens = await vacuumTokens(ctx)
  const bodies = await vacuumBodies(ctx)
  if (await stopGathering(ctx)) ctx.log.info({}, 'ended the log of changes: there is no Elasticsearch')
  ctx.log.info({ uploads, copies, tokens, bodies }, 'vacuumed')
}
