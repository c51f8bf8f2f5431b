import { instanceCounts, peerDomains } from '@anancus/db/queries/instance'
import type { Ctx } from '../../kernel/context.ts'

const CACHE_SECONDS = 300
const PEERS_CACHE_SECONDS = 3600

/** Users, their statuses and known servers; up to five minutes old. */
export async function readCounts(ctx: Ctx): Promise<{ users: number; statuses: number; domains: number }> {
  return ctx.cache.fetch('instance:counts', CACHE_SECONDS, () => instanceCounts(ctx.db))
}

/** Every server we know and do not limit; up to an hour old. */
export async function readPeers(ctx: Ctx): Promise<string[]> {
  return ctx.cache.fetch('instance:peers', PEERS_CACHE_SECONDS, () => peerDomains(ctx.db))
}
