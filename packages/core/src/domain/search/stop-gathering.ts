import {
  clearSearchChanges,
  gatherSearchChanges,
  isGatheringSearchChanges,
} from '@anancus/db/queries/search-changes'
import type { Ctx } from '../../kernel/context.ts'

/**
 * Ends the log of changes where Elasticsearch was switched off, so that it does not grow for nobody. Switched on again,
 * Elasticsearch is used after the next `tootctl search deploy`.
 *
 * @returns whether it did
 */
export async function stopGathering(ctx: Ctx): Promise<boolean> {
  if (ctx.config.env.ES_ENABLED || !(await isGatheringSearchChanges(ctx.db))) return false
  await gatherSearchChanges(ctx.db, false)
  await clearSearchChanges(ctx.db)
  return true
}
