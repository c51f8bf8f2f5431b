import type { Ctx } from '../../kernel/context.ts'

/**
 * Tells Elasticsearch what changed since the last time, the oldest first, in bulk. A change leaves the log when
 * Elasticsearch has taken it: while Elasticsearch is away they gather, and it is asked again after a pause that grows.
 *
 * @returns how many documents were written and taken out; nothing where there is no Elasticsearch, and during a pause
 */
export async function indexChanges(ctx: Ctx): Promise<{ indexed: number; removed: number }> {
  if (!ctx.config.env.ES_ENABLED) return { indexed: 0, removed: 0 }
  // Loaded where it is needed only, as is everything that speaks to Elasticsearch.
  const { tellChanges } = await import('./elasticsearch/index-changes.ts')
  return tellChanges(ctx)
}
