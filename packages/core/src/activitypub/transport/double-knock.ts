import { LRUCache } from 'lru-cache'
import type { Ctx } from '../../kernel/context.ts'
import { isRedisReady } from '../../kernel/redis.ts'
import { redisKey } from '../../kernel/redis-keys.ts'

/**
 * Two ways to sign a request: the old draft, which nearly every server reads, and RFC 9421, which some read alone. Where
 * one is refused the other is tried, and what a host took is remembered for it.
 */
export const DIALECTS = ['cavage', 'rfc9421'] as const
export type Dialect = (typeof DIALECTS)[number]

const REMEMBERED_SECONDS = 30 * 24 * 60 * 60
/** A host that took neither is not knocked at twice for this long: it means us, not how we sign. */
const DEAF_SECONDS = 10 * 60
const REFUSALS = new Set([401, 403])
/** What this process knows without asking Redis. */
const LOCAL_MS = 5 * 60 * 1000
const MAX_LOCAL_HOSTS = 10_000
const known = new LRUCache<string, Dialect>({ max: MAX_LOCAL_HOSTS, ttl: LOCAL_MS })

const preferenceKey = (ctx: Ctx, host: string) => redisKey(ctx, `signature_dialect:${host}`)
const deafKey = (ctx: Ctx, host: string) => redisKey(ctx, `signature_refused:${host}`)

/**
 * Makes a request signed the way its host took last, and once more the other way when that is refused (401, 403). No
 * Redis call while this process knows the host.
 *
 * @param attempt makes the request, signed in that dialect
 * @returns the accepted answer, or the first when both were refused
 * @see https://swicg.github.io/activitypub-http-signature/#how-to-upgrade-supported-versions
 */
export async function knockTwice<Answer extends { status: number }>(
  ctx: Ctx,
  host: string,
  attempt: (dialect: Dialect) => Promise<Answer>,
): Promise<Answer> {
  const dialect = await preferenceOf(ctx, host)
  const first = await attempt(dialect)
  if (!REFUSALS.has(first.status) || (await isDeaf(ctx, host))) return first
  const other = dialect === 'cavage' ? 'rfc9421' : 'cavage'
  const second = await attempt(other)
  if (isRefusal(second.status)) {
    await noteDeaf(ctx, host)
    return first
  }
  await remember(ctx, host, other)
  return second
}

/** What does not show that the other signature was believed. */
function isRefusal(status: number): boolean {
  return REFUSALS.has(status) || status === 400 || status >= 500
}

async function preferenceOf(ctx: Ctx, host: string): Promise<Dialect> {
  const key = preferenceKey(ctx, host)
  const local = known.get(key)
  if (local) return local
  const stored = isRedisReady(ctx.redis) ? await ctx.redis.get(key) : null
  const dialect = DIALECTS.find((name) => name === stored) ?? 'cavage'
  known.set(key, dialect)
  return dialect
}

async function remember(ctx: Ctx, host: string, dialect: Dialect): Promise<void> {
  const key = preferenceKey(ctx, host)
  known.set(key, dialect)
  if (isRedisReady(ctx.redis)) await ctx.redis.set(key, dialect, 'EX', REMEMBERED_SECONDS)
}

/** Nobody who can count means no second knock: what is refused twice would be so for ever. */
async function isDeaf(ctx: Ctx, host: string): Promise<boolean> {
  return !isRedisReady(ctx.redis) || (await ctx.redis.exists(deafKey(ctx, host))) > 0
}

async function noteDeaf(ctx: Ctx, host: string): Promise<void> {
  if (isRedisReady(ctx.redis)) await ctx.redis.set(deafKey(ctx, host), '1', 'EX', DEAF_SECONDS)
}
