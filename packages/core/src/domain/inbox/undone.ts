import type { Ctx } from '../../kernel/context.ts'
import { redisKey } from '../../kernel/redis-keys.ts'
import { UNDONE_SECONDS } from './limits.ts'

/** An Undo may overtake what it undoes. Kept by actor, so that nobody undoes for another. */
const key = (ctx: Ctx, accountId: string, uri: string) => redisKey(ctx, `undone:${accountId}:${uri}`)

/** Remembers that an activity which has not come yet is to have no effect. */
export async function rememberUndone(ctx: Ctx, accountId: string, uri: string): Promise<void> {
  await ctx.redis.set(key(ctx, accountId, uri), '1', 'EX', UNDONE_SECONDS)
}

/** Whether an activity was undone before it came. */
export async function wasUndone(ctx: Ctx, accountId: string, uri: string | null): Promise<boolean> {
  return uri !== null && (await ctx.redis.exists(key(ctx, accountId, uri))) > 0
}
