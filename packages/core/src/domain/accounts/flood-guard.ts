import { isDomainKnown } from '@anancus/db/queries/remote-accounts'
import { getDomain } from 'tldts'
import type { Ctx } from '../../kernel/context.ts'
import { isRedisReady } from '../../kernel/redis.ts'
import { redisKey } from '../../kernel/redis-keys.ts'

const NEW_HOSTS_PER_MINUTE = 10
const MINUTE_SECONDS = 60

/**
 * Whether a host is one too many of a domain that makes up hosts: more than ten that we never met before within a
 * minute. Known hosts are never a flood.
 */
export async function isFlood(ctx: Ctx, domain: string): Promise<boolean> {
  if (!isRedisReady(ctx.redis) || (await isDomainKnown(ctx.db, domain))) return false
  const minute = Math.floor(ctx.clock.now().getTime() / 1000 / MINUTE_SECONDS)
  const registrable = getDomain(domain, { allowPrivateDomains: true }) ?? domain
  const key = redisKey(ctx, `new_hosts:${registrable}:${minute}`)
  const results = await ctx.redis
    .multi()
    .sadd(key, domain)
    .expire(key, 2 * MINUTE_SECONDS)
    .scard(key)
    .exec()
  return Number(results?.[2]?.[1] ?? 0) > NEW_HOSTS_PER_MINUTE
}
