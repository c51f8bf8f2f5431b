import { deleteUnconfirmedUsers } from '@anancus/db/queries/users'
import type { Ctx } from '../../kernel/context.ts'
import { CONFIRMATION_LIFETIME_SECONDS } from './limits.ts'

const BATCH = 500

/** Deletes users who let their confirmation link run out, with their accounts: the names are free again. */
export async function cleanUpUsers(ctx: Ctx): Promise<number> {
  const before = new Date(ctx.clock.now().getTime() - CONFIRMATION_LIFETIME_SECONDS * 1000)
  let total = 0
  for (;;) {
    const count = await deleteUnconfirmedUsers(ctx.db, before, BATCH)
    total += count
    if (count < BATCH) return total
  }
}
