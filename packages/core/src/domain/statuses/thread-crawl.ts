import type { StatusRow } from '@anancus/db'
import { countRefresh } from '../../kernel/async-refresh.ts'
import type { Ctx } from '../../kernel/context.ts'
import { RemoteServerError } from '../../kernel/errors.ts'
import { type FetchBudget, fetchBudget } from '../accounts/index.ts'
import { REPLIES_FETCH } from './limits.ts'

/** One walk through a thread on other servers, and how far it may still go. */
export interface Crawl {
  subject: string
  budget: FetchBudget
  deadlineAt: number
  /** Addresses that have been looked at. */
  seen: Set<string>
  /** Statuses whose answers are still to be read. */
  waiting: StatusRow[]
  found: number
}

export function newCrawl(root: StatusRow, subject: string): Crawl {
  return {
    subject,
    budget: fetchBudget(REPLIES_FETCH.requests),
    deadlineAt: Date.now() + REPLIES_FETCH.deadlineMs,
    seen: new Set(),
    waiting: [root],
    found: 0,
  }
}

export function mayGoOn(crawled: Crawl): boolean {
  return crawled.found < REPLIES_FETCH.total && crawled.budget.left > 0 && Date.now() < crawled.deadlineAt
}

/** How much of one collection a walk reads. */
export function boundsOf(crawled: Crawl) {
  const { each: items, pages } = REPLIES_FETCH
  return { items, pages, budget: crawled.budget, deadlineAt: crawled.deadlineAt }
}

/** Notes a status that was not here before, for whoever waits. */
export async function countFound(ctx: Ctx, crawled: Crawl): Promise<void> {
  crawled.found += 1
  await countRefresh(ctx, crawled.subject)
}

/** A server that does not answer costs its own part of the thread only. */
export async function patiently<T>(ctx: Ctx, uri: string, work: () => Promise<T>): Promise<T | null> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof RemoteServerError)) throw error
    ctx.log.info({ error, uri }, 'a part of a thread could not be fetched')
    return null
  }
}
