import type { Ctx } from '../../kernel/context.ts'
import { isElasticsearchError } from '../../kernel/elasticsearch.ts'
import { BadRequestError, UnavailableError } from '../../kernel/errors.ts'
import type { Deployment } from './elasticsearch/deployment.ts'

/**
 * Fills the indices of Elasticsearch from the database, each in a new version that takes the place of the old one when it
 * is whole; searches and changes go on meanwhile. A deployment that was cut off goes on where it ended.
 *
 * Without cleaning, what is there is filled up in place; without importing, what is out of date is taken out in place.
 *
 * @throws BadRequestError Elasticsearch is not switched on
 * @throws UnavailableError it does not answer, or refuses; what was done so far is kept
 */
export async function deploySearch(
  ctx: Ctx,
  deployment: Deployment,
): Promise<{ indexed: number; removed: number }> {
  const { ES_ENABLED: isEnabled, ES_HOST: host, ES_PORT: port } = ctx.config.env
  if (!isEnabled)
    throw new BadRequestError('Elasticsearch is not switched on: set ES_ENABLED=true, and ES_HOST.')
  const { deployIndices } = await import('./elasticsearch/deploy.ts')
  try {
    return await deployIndices(ctx, deployment)
  } catch (error) {
    if (!isElasticsearchError(error)) throw error
    throw new UnavailableError(`Elasticsearch at ${host}, port ${port}: ${error.message}`, { cause: error })
  }
}
