import { type AccountRow, firstIdAt } from '@anancus/db'
import { weekCounts } from '@anancus/db/queries/instance'
import type { Ctx } from '../../kernel/context.ts'
import { redisKey } from '../../kernel/redis-keys.ts'
import { afterCommit } from '../../kernel/transaction.ts'
import { isLocal } from '../../kernel/uris.ts'
import { WEEKS_OF_ACTIVITY } from './limits.ts'

const DAY_MS = 24 * 3600 * 1000
const WEEK_MS = 7 * DAY_MS
/** Six months and a little: so far back NodeInfo counts. */
const KEPT_SECONDS = 190 * 24 * 3600
const CACHE_SECONDS = 3600

/** A set too large to keep, counted to within one percent: who was here on a day. */
function dayKey(ctx: Ctx, day: number): string {
  return redisKey(ctx, `activity:logins:${day * (DAY_MS / 1000)}`)
}

function dayOf(time: number): number {
  return Math.floor(time / DAY_MS)
}

/** Counts a user among those who were here today. A count that Redis does not take is lost. */
export async function recordVisit(ctx: Ctx, userId: string): Promise<void> {
  const key = dayKey(ctx, dayOf(ctx.clock.now().getTime()))
  try {
    await ctx.redis.pipeline().pfadd(key, userId).expire(key, KEPT_SECONDS).exec()
  } catch (error) {
    ctx.log.warn({ error }, 'a visit was not counted')
  }
}

/**
 * Counts what somebody of ours did to somebody else's account or status today: a follow, a favourite, a reblog, a reply, a
 * vote. After the commit when inside a transaction; a count that Redis does not take is lost.
 */
export async function countInteraction(ctx: Ctx, account: Pick<AccountRow, 'domain'>): Promise<void> {
  if (isLocal(account)) await afterCommit(ctx, countOne)
}

async function countOne(ctx: Ctx): Promise<void> {
  const day = dayOf(ctx.clock.now().getTime()) * (DAY_MS / 1000)
  const key = redisKey(ctx, `activity:interactions:${day}`)
  try {
    await ctx.redis.pipeline().incr(key).expire(key, KEPT_SECONDS).exec()
  } catch (error) {
    ctx.log.warn({ error }, 'an interaction was not counted')
  }
}

/** How many users were here in the last days, today included; 0 while Redis is away. */
export async function activeUsers(ctx: Ctx, days: number): Promise<number> {
  const today = dayOf(ctx.clock.now().getTime())
  return countVisitors(
    ctx,
    Array.from({ length: days }, (_, index) => today - index),
  )
}

async function countVisitors(ctx: Ctx, days: readonly number[]): Promise<number> {
  try {
    return await ctx.redis.pfcount(...days.map((day) => dayKey(ctx, day)))
  } catch (error) {
    ctx.log.warn({ error }, 'visits could not be counted')
    return 0
  }
}

export interface WeekOfActivity {
  week: string
  statuses: string
  logins: string
  registrations: string
}

const MONDAY_OFFSET_DAYS = 4 // 1970 began on a Thursday

/** The last twelve weeks, this one first: numbers as text, as the API has them. Cached for an hour. */
export async function readActivity(ctx: Ctx): Promise<WeekOfActivity[]> {
  return ctx.cache.fetch('instance:activity', CACHE_SECONDS, async () => {
    const today = dayOf(ctx.clock.now().getTime())
    const monday = today - ((today - MONDAY_OFFSET_DAYS) % 7)
    const weeks = Array.from({ length: WEEKS_OF_ACTIVITY }, (_, index) => (monday - index * 7) * DAY_MS)
    const first = new Date(weeks.at(-1) ?? 0)
    const counts = await weekCounts(ctx.db, first, firstIdAt(first))
    return Promise.all(
      weeks.map(async (start) => ({
        week: String(start / 1000),
        statuses: String(counts.statuses.get(start) ?? 0),
        logins: String(await countVisitors(ctx, daysOfWeek(start))),
        registrations: String(counts.registrations.get(start) ?? 0),
      })),
    )
  })
}

function daysOfWeek(start: number): number[] {
  return Array.from({ length: WEEK_MS / DAY_MS }, (_, index) => dayOf(start) + index)
}
