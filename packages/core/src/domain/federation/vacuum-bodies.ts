import { deleteDeliveredBodies } from '@anancus/db/queries/vacuum'
import type { Ctx } from '../../kernel/context.ts'

/** Longer than a delivery is tried. */
const KEPT_MS = 7 * 86_400_000
const BATCH = 1_000

/** Deletes the bodies of activities that no delivery waits for any more. */
export async function vacuumBodies(ctx: Ctx): Promise<number> {
  const before = new Date(ctx.clock.now().getTime() - KEPT_MS)
  let total = 0
  for (let count = BATCH; count === BATCH; total += count)
    count = await deleteDeliveredBodies(ctx.db, before, BATCH)
  return total
}
