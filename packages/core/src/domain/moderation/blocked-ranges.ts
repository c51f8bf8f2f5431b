import { BlockList, isIP } from 'node:net'
import { rangesOfSeverity } from '@anancus/db/queries/admin-blocks'
import type { Ctx } from '../../kernel/context.ts'
import { IP_SEVERITIES } from './ip-block-values.ts'

/** Invalidated by every change of an IP rule. */
const CACHE_KEY = 'blocked_ips'
const CACHE_SECONDS = 600
/** How long a process goes by what it knows. */
const FRESH_MS = 5_000

interface Range {
  cidr: string
  /** ISO 8601. */
  expiresAt: string | null
}

/** Forgets the ranges in Redis: every process takes the new ones within five seconds. */
export async function forgetBlockedRanges(ctx: Ctx): Promise<void> {
  await ctx.cache.delete(CACHE_KEY)
}

/** Tells whether an address may come here at all. */
export interface AddressGate {
  isRefused(ip: string): Promise<boolean>
}

/**
 * The `no_access` rules of this server in the memory of a process. An answer costs no statement and no Redis call: what is
 * older than five seconds is still used while the newer is fetched, from Redis, and from the database once in ten minutes.
 * Only the first answer of a process waits. While neither is there the last known rules hold.
 */
export function addressGate(ctx: Ctx): AddressGate {
  let known: { list: BlockList; at: number } | null = null
  let running: Promise<BlockList> | null = null
  const refresh = (): Promise<BlockList> => {
    running ??= load(ctx)
      .then((list) => {
        known = { list, at: ctx.clock.now().getTime() }
        return list
      })
      .finally(() => {
        running = null
      })
    return running
  }
  const current = async (): Promise<BlockList> => {
    if (!known) return refresh()
    if (ctx.clock.now().getTime() - known.at >= FRESH_MS) {
      known.at = ctx.clock.now().getTime()
      refresh().catch((error) => ctx.log.warn({ error }, 'IP rules could not be refreshed'))
    }
    return known.list
  }
  return {
    isRefused: async (ip) => {
      const family = isIP(ip)
      return family !== 0 && (await current()).check(ip, family === 4 ? 'ipv4' : 'ipv6')
    },
  }
}

async function load(ctx: Ctx): Promise<BlockList> {
  const ranges = await ctx.cache.fetch(CACHE_KEY, CACHE_SECONDS, () => readRanges(ctx))
  const now = ctx.clock.now().toISOString()
  const list = new BlockList()
  for (const { cidr, expiresAt } of ranges) {
    if (expiresAt !== null && expiresAt <= now) continue
    const [address = '', prefix] = cidr.split('/')
    list.addSubnet(address, Number(prefix), isIP(address) === 4 ? 'ipv4' : 'ipv6')
  }
  return list
}

async function readRanges(ctx: Ctx): Promise<Range[]> {
  return (await rangesOfSeverity(ctx.db, IP_SEVERITIES.no_access)).map((row) => ({
    cidr: row.cidr,
    expiresAt: row.expires_at?.toISOString() ?? null,
  }))
}
