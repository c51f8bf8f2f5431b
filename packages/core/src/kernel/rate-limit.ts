import { createHash } from 'node:crypto'
import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'
import { RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible'
import type { Rate, RateName } from './config/rate-limits.ts'
import type { Ctx } from './context.ts'
import { redisKey } from './redis-keys.ts'

/** A limit by its name; windows start at multiples of their length since 1970, as Mastodon's do. */
interface RateLimit extends Rate {
  name: RateName
}

export interface RateState {
  limit: number
  remaining: number
  resetAt: Date
  exceeded: boolean
}

const limiters = new WeakMap<object, Map<string, RateLimiterRedis>>()

/**
 * Counts one use and says where the asker stands. Counted in Redis, so that all processes share it.
 *
 * @throws Error Redis does not answer; the caller decides whether that closes or opens the door
 */
export async function countUse(ctx: Ctx, name: RateName, key: string): Promise<RateState> {
  const limit = limitOf(ctx, name)
  const { resetAt, secondsLeft } = windowEnd(ctx, limit)
  try {
    const result = await limiterFor(ctx, limit).consume(bounded(key), 1, { customDuration: secondsLeft })
    return { limit: limit.limit, remaining: result.remainingPoints, resetAt, exceeded: false }
  } catch (error) {
    if (error instanceof RateLimiterRes) return { limit: limit.limit, remaining: 0, resetAt, exceeded: true }
    throw error
  }
}

/** Where the asker stands, counting nothing. */
export async function peekUse(ctx: Ctx, name: RateName, key: string): Promise<RateState> {
  const limit = limitOf(ctx, name)
  const { resetAt } = windowEnd(ctx, limit)
  const result = await limiterFor(ctx, limit).get(bounded(key))
  const consumed = result?.consumedPoints ?? 0
  return {
    limit: limit.limit,
    remaining: Math.max(0, limit.limit - consumed),
    resetAt,
    exceeded: consumed >= limit.limit,
  }
}

function limitOf(ctx: Ctx, name: RateName): RateLimit {
  return { name, ...ctx.config.env.RATE_LIMITS[name] }
}

const LONGEST_KEY = 128

/** What a visitor typed may be a megabyte long; a key is not. */
function bounded(key: string): string {
  return key.length <= LONGEST_KEY ? key : createHash('sha256').update(key).digest('hex')
}

function windowEnd(ctx: Ctx, limit: RateLimit): { resetAt: Date; secondsLeft: number } {
  const now = ctx.clock.now().getTime()
  const length = limit.seconds * 1000
  const end = (Math.floor(now / length) + 1) * length
  return { resetAt: new Date(end), secondsLeft: Math.max(1, Math.ceil((end - now) / 1000)) }
}

function limiterFor(ctx: Ctx, limit: RateLimit): RateLimiterRedis {
  const known = limiters.get(ctx.redis) ?? new Map<string, RateLimiterRedis>()
  limiters.set(ctx.redis, known)
  const name = redisKey(ctx, `rate:${limit.name}:${limit.limit}:${limit.seconds}`)
  const limiter =
    known.get(name) ??
    new RateLimiterRedis({
      storeClient: ctx.redis,
      keyPrefix: name,
      points: limit.limit,
      duration: limit.seconds,
    })
  known.set(name, limiter)
  return limiter
}

/** What counts as one asker: an IPv4 address, or the /64 of an IPv6 address, which one host owns. */
export function addressBucket(ip: string): string {
  if (isIP(ip) === 0) return ip
  const address = ipaddr.process(ip)
  if (address.kind() === 'ipv4') return address.toString()
  return `${ipaddr.IPv6.networkAddressFromCIDR(`${address.toString()}/64`).toString()}/64`
}
