import type { Ctx } from '../../kernel/context.ts'
import { redisKey } from '../../kernel/redis-keys.ts'
import { midnight } from './period.ts'

/**
 * Counters in Redis, one a day: of the logins (`activity:logins:<day>`), the interactions, the uses of a hashtag
 * (`activity:tags:<id>:<day>`) and the accounts behind them. `set` counts different members, over several days as well.
 */
export interface DailyCounter {
  kind: 'number' | 'set'
  /** The name of the key of a day, without the prefix of this instance. @param day Unix seconds */
  key(day: number): string
}

export const LOGINS: DailyCounter = { kind: 'set', key: (day) => `activity:logins:${day}` }
export const INTERACTIONS: DailyCounter = { kind: 'number', key: (day) => `activity:interactions:${day}` }
export const tagUses = (tagId: string): DailyCounter => ({
  kind: 'number',
  key: (day) => `activity:tags:${tagId}:${day}`,
})
export const tagAccounts = (tagId: string): DailyCounter => ({
  kind: 'set',
  key: (day) => `activity:tags:${tagId}:${day}:accounts`,
})

export interface CountedDays {
  total: number
  previousTotal: number
  /** In the order of the days. */
  values: number[]
}

/** Reads a counter for some days and the days before them, in one round trip. */
export async function readDays(
  ctx: Ctx,
  counter: DailyCounter,
  days: readonly string[],
  previousDays: readonly string[],
): Promise<CountedDays> {
  if (days.length === 0) return { total: 0, previousTotal: 0, values: [] }
  const keysOf = (list: readonly string[]) =>
    list.map((day) => redisKey(ctx, counter.key(midnight(day).getTime() / 1000)))
  const [own, previous] = [keysOf(days), keysOf(previousDays)]
  if (counter.kind === 'number') {
    const numbers = (await ctx.redis.mget(...own, ...previous)).map(Number)
    const values = numbers.slice(0, own.length)
    return { total: sum(values), previousTotal: sum(numbers.slice(own.length)), values }
  }
  const pipeline = ctx.redis.pipeline()
  pipeline.pfcount(...own).pfcount(...previous)
  for (const key of own) pipeline.pfcount(key)
  const answers = ((await pipeline.exec()) ?? []).map(([error, value]) => {
    if (error) throw error
    return Number(value)
  })
  const [total = 0, previousTotal = 0, ...values] = answers
  return { total, previousTotal, values }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
