import {
  countOldStatuses,
  deleteConversations,
  deleteStatusRows,
  loneConversationIds,
  oldStatusIds,
  tidyTable,
} from '@anancus/db/queries/old-statuses'
import type { Ctx } from '../../kernel/context.ts'
import { firstIdAt } from '../../kernel/ids.ts'
import { redisKey } from '../../kernel/redis-keys.ts'

/** A conversation is begun before its first status, in the same moment. */
const SETTLED_MS = 3_600_000
/** For so long a run that was broken off is known, in seconds. */
const MEMORY_SECONDS = 30 * 86_400

export interface OldStatusesOptions {
  before: Date
  /** Also those of accounts that somebody here follows. */
  withFollowed: boolean
  batchSize: number
  /** Go on where a run was broken off. */
  isContinued: boolean
  onProgress?: (done: number, total: number) => void
}

/**
 * Deletes statuses of other servers that nothing here refers to, with all that hangs on them but their attachments, which
 * are uploads of nobody then. By the operator; nobody is told.
 *
 * @returns how many were deleted
 */
export async function removeOldStatuses(ctx: Ctx, options: OldStatusesOptions): Promise<number> {
  const memory = redisKey(ctx, 'statuses_remove')
  const query = {
    beforeId: firstIdAt(options.before),
    withFollowed: options.withFollowed,
    afterId: (options.isContinued && (await ctx.redis.get(memory))) || '0',
  }
  const total = await countOldStatuses(ctx.db, query)
  let removed = 0
  for (;;) {
    const ids = await oldStatusIds(ctx.db, query, options.batchSize)
    removed += await deleteStatusRows(ctx.db, ids)
    const last = ids.at(-1)
    if (last === undefined) break
    query.afterId = last
    await ctx.redis.set(memory, last, 'EX', MEMORY_SECONDS)
    options.onProgress?.(removed, Math.max(total, removed))
  }
  await ctx.redis.del(memory)
  return removed
}

/** Deletes conversations that no status belongs to any more; returns how many. */
export async function removeLoneConversations(ctx: Ctx, batchSize: number): Promise<number> {
  const before = new Date(ctx.clock.now().getTime() - SETTLED_MS)
  let removed = 0
  for (let afterId = '0'; ; ) {
    const ids = await loneConversationIds(ctx.db, afterId, before, batchSize)
    removed += await deleteConversations(ctx.db, ids)
    const last = ids.at(-1)
    if (last === undefined) return removed
    afterId = last
  }
}

/** Lets the planner know how large a table is now; with `compress` its files are made small, and it is locked meanwhile. */
export async function tidyAfterRemoval(
  ctx: Ctx,
  table: 'statuses' | 'conversations',
  step: 'analyze' | 'vacuum' | 'reindex',
): Promise<void> {
  await tidyTable(ctx.db, table, step)
}
