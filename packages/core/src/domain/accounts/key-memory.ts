import { createHash } from 'node:crypto'
import type { Ctx } from '../../kernel/context.ts'
import { isRedisReady } from '../../kernel/redis.ts'
import { redisKey } from '../../kernel/redis-keys.ts'

/** A key that could not be found is asked for again this often within the window. */
const KEY_FETCHES = 3
export const KEY_FETCH_WINDOW_SECONDS = 10 * 60
/** A key that did not fit is fetched anew at most this often. */
const KEY_REFRESH_SECONDS = 5 * 60

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
  if (!isRedisReady(ctx.redis)) return
  await ctx.redis.set(keyOf(ctx, 'key_refreshed', keyId), '1', 'EX', KEY_REFRESH_SECONDS)
}

/** Counts a request for a key; false when there were enough within the window, or while nobody can count. */
export async function mayFetchKey(ctx: Ctx, keyId: string): Promise<boolean> {
  if (!isRedisReady(ctx.redis)) return false
  const key = keyOf(ctx, 'key_fetches', keyId)
  const results = await ctx.redis.multi().incr(key).expire(key, KEY_FETCH_WINDOW_SECONDS, 'NX').exec()
  return Number(results?.[0]?.[1] ?? 0) <= KEY_FETCHES
}
