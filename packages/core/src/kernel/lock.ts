import { randomUUID } from 'node:crypto'
import type { Ctx } from './context.ts'
import { RaceError } from './errors.ts'
import { redisKey } from './redis-keys.ts'

const RELEASE = `if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end return 0`
const RETRY_EVERY_MS = 50

/**
 * Runs `work` while nobody else runs under the same name, in any process. For remote work that must not be done twice
 * at once; races between rows belong to unique indexes. While Redis is away the work runs unlocked.
 *
 * @param ttlMs longest time the lock is held, should this process die
 * @param options.waitMs how long to wait for another holder (default: not at all)
 * @throws RaceError somebody else holds it
 */
export async function withLock<T>(
  ctx: Ctx,
  name: string,
  ttlMs: number,
  work: () => Promise<T>,
  options: { waitMs?: number } = {},
): Promise<T> {
  const key = redisKey(ctx, `lock:${name}`)
  const holder = randomUUID()
  if (!(await take(ctx, key, holder, ttlMs, options.waitMs ?? 0))) throw new RaceError(`${name} is locked`)
  try {
    return await work()
  } finally {
    await release(ctx, key, holder)
  }
}

async function take(ctx: Ctx, key: string, holder: string, ttlMs: number, waitMs: number): Promise<boolean> {
  const deadline = Date.now() + waitMs
  for (;;) {
    try {
      if (await ctx.redis.set(key, holder, 'PX', ttlMs, 'NX')) return true
    } catch (error) {
      ctx.log.warn({ error, key }, 'working without a lock: Redis is away')
      return true
    }
    if (Date.now() >= deadline) return false
    await new Promise((resolve) => setTimeout(resolve, RETRY_EVERY_MS))
  }
}

async function release(ctx: Ctx, key: string, holder: string): Promise<void> {
  try {
    await ctx.redis.eval(RELEASE, 1, key, holder)
  } catch (error) {
    ctx.log.debug({ error, key }, 'lock left to expire')
  }
}
