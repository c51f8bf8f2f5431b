import { DOMAIN_BLOCK_SEVERITIES, stored } from '@anancus/db'
import { knownDomains } from '@anancus/db/queries/domain-accounts'
import { blockedDomains } from '@anancus/db/queries/domain-moderation'
import type { Ctx } from '../../kernel/context.ts'
import { normalDomain } from './domain-rules.ts'

const MAX_BYTES = 5 * 1024 * 1024
const DEADLINE_MS = 20_000

/** What a server tells of itself; null where it told nothing. */
export type CrawledServer = Record<string, unknown> | null

export interface CrawlOptions {
  /** Where to begin; without it at every server we know. */
  start?: string | undefined
  /** Neither asks nor counts servers that are suspended here. */
  excludeSuspended: boolean
  concurrency: number
  /** Called after each server. */
  onVisit?(visited: number, found: number): void
}

export interface Crawl {
  servers: Map<string, CrawledServer>
  visited: number
  failed: number
}

/**
 * Walks from server to server along the peers they tell, by Mastodon's public API, until there are no more. By the
 * operator: this may take hours and reach tens of thousands of servers.
 */
export async function crawlServers(ctx: Ctx, options: CrawlOptions): Promise<Crawl> {
  const crawl: Crawl = { servers: new Map(), visited: 0, failed: 0 }
  const isLeftOut = await suspendedMatcher(ctx, options)
  const waiting: string[] = []
  const add = (domains: readonly string[]) => {
    for (const domain of domains.map(normalDomain)) {
      if (crawl.servers.has(domain) || isLeftOut(domain) || !/^[a-z0-9.-]+\.[a-z0-9-]+(:\d+)?$/.test(domain))
        continue
      crawl.servers.set(domain, null)
      waiting.push(domain)
    }
  }
  add(options.start ? [options.start] : await knownDomains(ctx.db))
  let running = 0
  await new Promise<void>((resolve, reject) => {
    const next = () => {
      if (running === 0 && waiting.length === 0) resolve()
      while (running < options.concurrency) {
        const domain = waiting.pop()
        if (domain === undefined) return
        running += 1
        visit(ctx, crawl, domain)
          .then(add)
          .finally(() => {
            running -= 1
            crawl.visited += 1
            options.onVisit?.(crawl.visited, crawl.servers.size)
            next()
          })
          .catch(reject)
      }
    }
    next()
  })
  return crawl
}

async function suspendedMatcher(ctx: Ctx, options: CrawlOptions): Promise<(domain: string) => boolean> {
  if (!options.excludeSuspended) return () => false
  const suspended = await blockedDomains(ctx.db, stored(DOMAIN_BLOCK_SEVERITIES, 'suspend'))
  return (domain) => suspended.some((name) => domain === name || domain.endsWith(`.${name}`))
}

/** Asks one server what it is; returns its peers. One that does not answer is counted as failed. */
async function visit(ctx: Ctx, crawl: Crawl, domain: string): Promise<string[]> {
  try {
    const server = await read(ctx, domain, '/api/v1/instance')
    if (isRecord(server)) crawl.servers.set(domain, server)
    const peers = await read(ctx, domain, '/api/v1/instance/peers')
    const activity = await read(ctx, domain, '/api/v1/instance/activity')
    if (isRecord(server) && Array.isArray(activity)) crawl.servers.set(domain, { ...server, activity })
    return Array.isArray(peers) ? peers.filter((peer): peer is string => typeof peer === 'string') : []
  } catch (error) {
    ctx.log.debug({ error, domain }, 'a server was not to be crawled')
    crawl.failed += 1
    return []
  }
}

async function read(ctx: Ctx, domain: string, path: string): Promise<unknown> {
  const response = await ctx.http.request({
    method: 'GET',
    url: `https://${domain}${path}`,
    maxBytes: MAX_BYTES,
    deadlineMs: DEADLINE_MS,
  })
  return response.status === 200 ? JSON.parse(response.body.toString()) : null
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The numbers of a crawl: servers that answered, users, those of the last full week who were there and who joined. */
export function crawlTotals(crawl: Crawl): {
  servers: number
  users: number
  active: number
  joined: number
} {
  const totals = { servers: crawl.servers.size, users: 0, active: 0, joined: 0 }
  for (const server of crawl.servers.values()) {
    if (!server) continue
    const stats = isRecord(server.stats) ? server.stats : {}
    totals.users += countOf(stats.user_count)
    const week = Array.isArray(server.activity) ? server.activity[1] : null
    if (!isRecord(week)) continue
    totals.active += countOf(week.logins)
    totals.joined += countOf(week.registrations)
  }
  return totals
}

function countOf(value: unknown): number {
  const number = Number(value)
  return Number.isSafeInteger(number) && number > 0 ? number : 0
}
