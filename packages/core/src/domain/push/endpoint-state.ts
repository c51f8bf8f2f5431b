import type { Ctx } from '../../kernel/context.ts'
import { redisKey } from '../../kernel/redis-keys.ts'
import { DEAD_AFTER_DAYS } from './limits.ts'

const DAY_MS = 24 * 3600 * 1000
const REMEMBERED_DAYS = 4 * DEAD_AFTER_DAYS

/** Since when every push to a subscription has failed. Kept while pushes are tried now and then. */
const failingKey = (ctx: Ctx, id: string) => redisKey(ctx, `push:failing:${id}`)

/** Notes that a push did not go through. @returns whether the subscription has been dead for so long that it may go */
export async function notePushFailure(ctx: Ctx, id: string): Promise<boolean> {
  const now = ctx.clock.now().getTime()
  const key = failingKey(ctx, id)
  await ctx.redis.set(key, String(now), 'PX', REMEMBERED_DAYS * DAY_MS, 'NX')
  const since = Number((await ctx.redis.get(key)) ?? now)
  return now - since >= DEAD_AFTER_DAYS * DAY_MS
}

export async function notePushSuccess(ctx: Ctx, id: string): Promise<void> {
  await ctx.redis.del(failingKey(ctx, id))
}
