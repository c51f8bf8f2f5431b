import { gatherSearchChanges, isGatheringSearchChanges } from '@anancus/db/queries/search-changes'
import type { Ctx } from '../../../kernel/context.ts'
import { elasticsearchOf } from '../../../kernel/elasticsearch.ts'
import { UnavailableError } from '../../../kernel/errors.ts'
import { GATHER_ATTEMPTS, GATHER_PAUSE_MS } from '../limits.ts'
import { cleanIndex } from './clean.ts'
import type { Deployment } from './deployment.ts'
import { fillIndex } from './fill.ts'
import { INDEX_NAMES, type IndexName } from './indices.ts'
import {
  abandonBuilding,
  buildingOf,
  hasCurrentShape,
  makeLive,
  switchOver,
  updateShape,
} from './versions.ts'
import type { Written } from './write.ts'

/** @see https://www.postgresql.org/docs/current/errcodes-appendix.html */
const LOCK_NOT_AVAILABLE = '55P03'

/** What `deploySearch` does where Elasticsearch is switched on. */
export async function deployIndices(ctx: Ctx, deployment: Deployment): Promise<Written> {
  const total: Written = { indexed: 0, removed: 0 }
  // From here on every change is told to what is being filled as well.
  await gather(ctx)
  for (const index of INDEX_NAMES) {
    if (deployment.only && !deployment.only.includes(index)) continue
    const written = await deployIndex(ctx, index, deployment)
    total.indexed += written.indexed
    total.removed += written.removed
  }
  return total
}

/** Turns the log of changes on; a table that somebody writes to for seconds is asked again. */
async function gather(ctx: Ctx): Promise<void> {
  for (let attempt = 1; !(await isGatheringSearchChanges(ctx.db)); attempt++) {
    try {
      await gatherSearchChanges(ctx.db, true)
    } catch (error) {
      if ((error as { code?: string }).code !== LOCK_NOT_AVAILABLE) throw error
      if (attempt === GATHER_ATTEMPTS)
        throw new UnavailableError('A table is written to without a pause; try again later.', {
          cause: error,
        })
      ctx.log.info({ attempt }, 'a table is busy; it is asked again')
      await new Promise((resolve) => setTimeout(resolve, GATHER_PAUSE_MS))
    }
  }
}

async function deployIndex(ctx: Ctx, index: IndexName, deployment: Deployment): Promise<Written> {
  const { isImporting, isCleaning, isMappingOnly, isStartingAnew } = deployment
  const client = await elasticsearchOf(ctx.config)
  if (isStartingAnew) await abandonBuilding(ctx, client, index)
  if (isMappingOnly) {
    await updateShape(ctx, client, index)
    return { indexed: 0, removed: 0 }
  }
  const isCurrent = await hasCurrentShape(ctx, client, index)
  if (isImporting && (isCleaning || !isCurrent)) {
    const building = await buildingOf(ctx, client, index)
    const written = await fillIndex(ctx, client, index, building, deployment)
    await switchOver(ctx, client, index, building.name)
    return written
  }
  await makeLive(ctx, client, index)
  if (isImporting) return fillIndex(ctx, client, index, null, deployment)
  return isCleaning ? cleanIndex(ctx, client, index, deployment) : { indexed: 0, removed: 0 }
}
