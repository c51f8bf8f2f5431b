import { vacuumBodies } from '@anancus/core/domain/federation'
import { vacuumUploads } from '@anancus/core/domain/media'
import { vacuumTokens } from '@anancus/core/domain/oauth'
import type { vacuumJob } from '@anancus/core/jobs'
import type { Handler } from '../handler.ts'

export const handle: Handler<typeof vacuumJob> = async (ctx) => {
  const uploads = await vacuumUploads(ctx)
  const tokens = await vacuumTokens(ctx)
  const bodies = await vacuumBodies(ctx)
  ctx.log.info({ uploads, tokens, bodies }, 'vacuumed')
}
