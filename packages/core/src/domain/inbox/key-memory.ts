import { createHash } from 'node:crypto'
import type { Ctx } from '../../kernel/context.ts'
import { isRedisReady } from '../../kernel/redis.ts'
import { redisKey } from '../../kernel/redis-keys.ts'
import { KEY_FETCH_WINDOW_SECONDS, KEY_FETCHES, KEY_REFRESH_SECONDS } from './limits.ts'

/** How often keys were asked for, so that bad signatures cannot make us ask without end. All keys expire. */

function keyOf(ctx: Ctx, kind: string, keyId: string): string {
  const digest = createHash('sha256').update(keyId).digest('base64url')
  return redisKey(ctx, `${kind}:${digest}`)
}

/** Whether a key was fetched anew within the last minutes: one that still does not fit is wrong. */
export async function wasRefreshedLately(ctx: Ctx, keyId: string): Promise<boolean> {
  if (!isRedisReady(ctx.redis)) return false
  return (await ctx.redis.exists(keyOf(ctx, 'key_refreshed', keyId))) > 0
}

export async function noteRefresh(ctx: Ctx, keyId: string): Promise<void> {
  await ctx.redis.set(keyOf(ctx, 'key_refreshed', keyId), '1', 'EX', KEY_REFRESH_SECONDS)
}

/** Counts a request for a key; false when there were enough within the window. */
export async function mayFetchKey(ctx: Ctx, keyId: string): Promise<boolean> {
  const key = keyOf(ctx, 'key_fetches', keyId)
  const results = await ctx.redis.multi().incr(key).expire(key, KEY_FETCH_WINDOW_SECONDS, 'NX').exec()
  return Number(results?.[0]?.[1] ?? 0) <= KEY_FETCHES
}
