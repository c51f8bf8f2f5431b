import { isGatheringSearchChanges } from '@anancus/db/queries/search-changes'
import type { Config } from '../../../kernel/config.ts'
import type { Ctx } from '../../../kernel/context.ts'
import { isElasticsearchError } from '../../../kernel/elasticsearch.ts'
import { counter } from '../../../kernel/metrics.ts'
import type { SearchEngine } from '../engine.ts'
import { DEPLOYED_KNOWN_MS, ENGINE_REST_MS } from '../limits.ts'
import { postgresEngine } from './postgres.ts'

const fallbacks = counter(
  'anancus_search_fallbacks_total',
  'Searches that Elasticsearch could not answer and PostgreSQL did.',
)

interface State {
  /** Until when Elasticsearch is not asked, as it did not answer. */
  restsUntil: number
  /** Whether it was filled and is kept up to date, as last looked. */
  isDeployed: boolean
  lookedAt: number
}

const states = new WeakMap<Config, State>()

/**
 * Asks Elasticsearch where it is switched on and filled, else the database. One that does not answer is left alone for a
 * while, and the database answers instead: a search is never refused because of it.
 */
export async function ask<Answer>(
  ctx: Ctx,
  question: (engine: SearchEngine) => Promise<Answer>,
): Promise<Answer> {
  if (!ctx.config.env.ES_ENABLED) return question(postgresEngine)
  const state = stateOf(ctx.config)
  if (state.restsUntil > Date.now() || !(await isDeployed(ctx, state))) return question(postgresEngine)
  try {
    const { elasticsearchEngine } = await import('./elasticsearch.ts')
    return await question(elasticsearchEngine)
  } catch (error) {
    if (!isElasticsearchError(error)) throw error
    state.restsUntil = Date.now() + ENGINE_REST_MS
    fallbacks.inc()
    ctx.log.warn({ error }, 'Elasticsearch did not answer a search; PostgreSQL does, for a while')
    return question(postgresEngine)
  }
}

function stateOf(config: Config): State {
  const known = states.get(config) ?? { restsUntil: 0, isDeployed: false, lookedAt: 0 }
  states.set(config, known)
  return known
}

/** The log of changes is on from the first `tootctl search deploy` on, and off where the setting was off meanwhile. */
async function isDeployed(ctx: Ctx, state: State): Promise<boolean> {
  if (Date.now() - state.lookedAt < DEPLOYED_KNOWN_MS) return state.isDeployed
  state.isDeployed = await isGatheringSearchChanges(ctx.db)
  state.lookedAt = Date.now()
  return state.isDeployed
}
