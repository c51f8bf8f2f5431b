import { deleteUnavailableHost, insertUnavailableHost } from '@anancus/db/queries/deliveries'
import type { Ctx } from '../../kernel/context.ts'
import { redisKey } from '../../kernel/redis-keys.ts'
import {
  FAILING_DAYS_BEFORE_UNAVAILABLE,
  FAILING_DAYS_TTL_SECONDS,
  FAILURE_COUNT_TTL_SECONDS,
  FAILURES_BEFORE_PAUSE,
  PAUSE_SECONDS,
} from './limits.ts'

/**
 * What we remember of servers that do not answer: an inbox that fails again and again gets pauses, a host that failed
 * on seven days is no longer delivered to, and one sign of life ends both. All keys expire.
 */

const pauseKey = (ctx: Ctx, inbox: string) => redisKey(ctx, `deliveries:paused:${inbox}`)
const failuresKey = (ctx: Ctx, inbox: string) => redisKey(ctx, `deliveries:failures:${inbox}`)
const daysKey = (ctx: Ctx, host: string) => redisKey(ctx, `exhausted_deliveries:${host}`)

/** Seconds until an inbox may be tried again, 0 when it may be now. */
export async function pauseOf(ctx: Ctx, inbox: string): Promise<number> {
  return Math.max(0, await ctx.redis.ttl(pauseKey(ctx, inbox)))
}

/** Lets an inbox alone that asked for it, for all that is to be delivered to it. */
export async function pauseInbox(ctx: Ctx, inbox: string, seconds: number): Promise<void> {
  await ctx.redis.set(pauseKey(ctx, inbox), '1', 'EX', seconds)
}

/** Records a failed delivery. */
export async function recordFailure(ctx: Ctx, inbox: string, host: string): Promise<void> {
  const day = ctx.clock.now().toISOString().slice(0, 10)
  const results = await ctx.redis
    .multi()
    .incr(failuresKey(ctx, inbox))
    .expire(failuresKey(ctx, inbox), FAILURE_COUNT_TTL_SECONDS)
    .sadd(daysKey(ctx, host), day)
    .expire(daysKey(ctx, host), FAILING_DAYS_TTL_SECONDS)
    .scard(daysKey(ctx, host))
    .exec()
  const failures = Number(results?.[0]?.[1] ?? 0)
  const days = Number(results?.[4]?.[1] ?? 0)
  if (failures >= FAILURES_BEFORE_PAUSE) await pauseInbox(ctx, inbox, PAUSE_SECONDS)
  if (days >= FAILING_DAYS_BEFORE_UNAVAILABLE) await insertUnavailableHost(ctx.db, host)
}

/**
 * Notes that a host is alive: it answered a delivery or sent us something signed. Deliveries to it go on. A statement
 * only when the host was counted among the failing.
 *
 * @param isUnavailable whether it is known to stand among the unavailable
 * @param inbox the inbox that answered, whose pause ends
 */
export async function markHostAlive(
  ctx: Ctx,
  host: string,
  isUnavailable = false,
  inbox?: string,
): Promise<void> {
  const keys = inbox === undefined ? [] : [failuresKey(ctx, inbox), pauseKey(ctx, inbox)]
  const counted = await ctx.redis.del(daysKey(ctx, host), ...keys)
  if (counted > 0 || isUnavailable) await deleteUnavailableHost(ctx.db, host)
}
