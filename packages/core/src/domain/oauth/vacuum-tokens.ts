import { deleteEndedGrants, deleteEndedTokens } from '@anancus/db/queries/vacuum'
import type { Ctx } from '../../kernel/context.ts'

/** Kept so long so that clients are told what became of their token. */
const ENDED_FOR_MS = 86_400_000
const BATCH = 1_000

/** Deletes access tokens and authorisation codes that were revoked or ran out more than a day ago. */
export async function vacuumTokens(ctx: Ctx): Promise<number> {
  const before = new Date(ctx.clock.now().getTime() - ENDED_FOR_MS)
  let total = 0
  for (const remove of [deleteEndedTokens, deleteEndedGrants]) {
    for (let count = BATCH; count === BATCH; total += count) count = await remove(ctx.db, before, BATCH)
  }
  return total
}
