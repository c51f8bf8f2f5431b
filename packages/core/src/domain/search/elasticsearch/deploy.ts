import { gatherSearchChanges, isGatheringSearchChanges } from '@anancus/db/queries/search-changes'
import type { Ctx } from '../../../kernel/context.ts'
import { elasticsearchOf, isElasticsearchError } from '../../../kernel/elasticsearch.ts'
import { BadRequestError, UnavailableError } from '../../../kernel/errors.ts'
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

/**
 * Fills the indices of Elasticsearch from the database, each in a new version that takes the place of the old one when it
 * is whole; searches and changes go on meanwhile. A deployment that was cut off goes on where it ended.
 *
 * Without cleaning, what is there is filled up in place; without importing, what is out of date is taken out in place.
 *
 * @throws BadRequestError Elasticsearch is not switched on
 * @throws UnavailableError it does not answer, or refuses; what was done so far is kept
 */
export async function deploySearch(ctx: Ctx, deployment: Deployment): Promise<Written> {
  if (!ctx.config.env.ES_ENABLED)
    throw new BadRequestError('Elasticsearch is not switched on: set ES_ENABLED=true, and ES_HOST.')
  try {
    return await deployAll(ctx, deployment)
  } catch (error) {
    if (!isElasticsearchError(error)) throw error
    const { ES_HOST: host, ES_PORT: port } = ctx.config.env
    throw new UnavailableError(`Elasticsearch at ${host}, port ${port}: ${error.message}`, { cause: error })
  }
}

async function deployAll(ctx: Ctx, deployment: Deployment): Promise<Written> {
  const total: Written = { indexed: 0, removed: 0 }
  // From here on every change is told to what is being filled as well.
  if (!(await isGatheringSearchChanges(ctx.db))) await gatherSearchChanges(ctx.db, true)
  for (const index of INDEX_NAMES) {
    if (deployment.only && !deployment.only.includes(index)) continue
    const written = await deployIndex(ctx, index, deployment)
    total.indexed += written.indexed
    total.removed += written.removed
  }
  return total
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
