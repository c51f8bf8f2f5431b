import { recountStatuses as recountBatch } from '@anancus/db/queries/recounts'
import type { Ctx } from '../../kernel/context.ts'
import { RECOUNT_BATCH } from './limits.ts'

/**
 * Counts the replies, reblogs, favourites and quotes of all statuses again, and returns how many statuses there are. Tells
 * after each batch how many are done. For `tootctl cache recount statuses`.
 */
export async function recountStatuses(ctx: Ctx, onProgress: (done: number) => void): Promise<number> {
  let done = 0
  for (let after: string | null = '0'; after !== null; onProgress(done)) {
    const batch = await recountBatch(ctx.db, after, RECOUNT_BATCH)
    done += batch.rows
    after = batch.last
  }
  return done
}
