import { deleteOldStatuses } from '@anancus/db/queries/vacuum'
import type { Ctx } from '../../kernel/context.ts'

/** Days for which moderators still see what was deleted. */
const KEPT_DAYS = 30
const DAY_MS = 86_400_000
const BATCH = 500

/** Deletes the rows of statuses that were deleted 30 days ago, in batches. */
export async function purgeDeletedStatuses(ctx: Ctx): Promise<number> {
  const before = new Date(ctx.clock.now().getTime() - KEPT_DAYS * DAY_MS)
  let total = 0
  for (let count = BATCH; count === BATCH; total += count)
    count = await deleteOldStatuses(ctx.db, before, BATCH)
  return total
}
