import { domainToASCII } from 'node:url'
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

const FOUND_PEERS = 10

/** Finds servers by the beginning of their domain, by name: among those we know, unless a search engine does it. */
export type FindServers = (start: string, limit: number) => Promise<string[]>

/** Servers we know and do not limit whose domain begins so, at most ten, by name; none for an empty text. */
export async function searchPeers(
  ctx: Ctx,
  text: string,
  find: FindServers = (start, limit) => findPeers(ctx, start, limit),
): Promise<string[]> {
  const typed = text.trim().replace(/^@/, '').toLowerCase()
  // A domain that is half typed may be none yet.
  const start = domainToASCII(typed) || typed
  return start === '' ? [] : find(start, FOUND_PEERS)
}

/** Servers we know and do not limit whose domain begins so, by name. */
export async function findPeers(ctx: Ctx, start: string, limit: number): Promise<string[]> {
  const found: string[] = []
  for (const domain of await readPeers(ctx)) {
    if (domain.startsWith(start)) found.push(domain)
    if (found.length === limit) break
  }
  return found
}
