import type { Ctx } from '../../kernel/context.ts'
import { redisKey } from '../../kernel/redis-keys.ts'
import { USED_KEPT_SECONDS, USES_KEPT_SECONDS } from './limits.ts'

/** What can trend. */
export type TrendKind = 'tags' | 'links' | 'statuses'

const DAY_MS = 24 * 60 * 60 * 1000

/** Unix seconds of the beginning of a day, UTC. */
export function dayOf(time: Date, daysAgo = 0): number {
  return (Math.floor(time.getTime() / DAY_MS) - daysAgo) * (DAY_MS / 1000)
}

function usesKey(ctx: Ctx, kind: TrendKind, id: string, day: number): string {
  return redisKey(ctx, `activity:${kind}:${id}:${day}`)
}

function usedKey(ctx: Ctx, kind: TrendKind, day: number): string {
  return redisKey(ctx, `trending_${kind}:used:${day}`)
}

/** Notes that something was used by an account. While Redis is away it is not counted. */
export async function recordUses(
  ctx: Ctx,
  kind: TrendKind,
  ids: readonly string[],
  accountId: string,
): Promise<void> {
  if (ids.length === 0) return
  const day = dayOf(ctx.clock.now())
  const pipeline = ctx.redis.pipeline()
  for (const id of ids) {
    const key = usesKey(ctx, kind, id, day)
    pipeline.incr(key).expire(key, USES_KEPT_SECONDS)
    pipeline.pfadd(`${key}:accounts`, accountId).expire(`${key}:accounts`, USES_KEPT_SECONDS)
  }
  await note(ctx, () => markUsed(ctx, pipeline, kind, ids, day).exec())
}

/** Notes that something was used, of which the database itself counts how often. */
export async function recordUsed(ctx: Ctx, kind: TrendKind, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await note(ctx, () => markUsed(ctx, ctx.redis.pipeline(), kind, ids, dayOf(ctx.clock.now())).exec())
}

type Pipeline = ReturnType<Ctx['redis']['pipeline']>

function markUsed(
  ctx: Ctx,
  pipeline: Pipeline,
  kind: TrendKind,
  ids: readonly string[],
  day: number,
): Pipeline {
  const key = usedKey(ctx, kind, day)
  return pipeline.sadd(key, ...ids).expire(key, USED_KEPT_SECONDS)
}

async function note(ctx: Ctx, write: () => Promise<unknown>): Promise<void> {
  try {
    await write()
  } catch (error) {
    ctx.log.warn({ error }, 'a use was not counted for trends')
  }
}

/** What was used today. */
export async function usedToday(ctx: Ctx, kind: TrendKind): Promise<string[]> {
  return ctx.redis.smembers(usedKey(ctx, kind, dayOf(ctx.clock.now())))
}

export interface DayOfUse {
  /** Unix seconds. */
  day: number
  accounts: number
  uses: number
}

/** The uses of items on the last days, today first, for each id. One round trip; nothing but zeros while Redis is away. */
export async function usesOf(
  ctx: Ctx,
  kind: TrendKind,
  ids: readonly string[],
  days: number,
): Promise<Map<string, DayOfUse[]>> {
  const now = ctx.clock.now()
  const wanted = Array.from({ length: days }, (_, daysAgo) => dayOf(now, daysAgo))
  const pipeline = ctx.redis.pipeline()
  for (const id of ids)
    for (const day of wanted) {
      const key = usesKey(ctx, kind, id, day)
      pipeline.get(key).pfcount(`${key}:accounts`)
    }
  const answers = await readAll(ctx, pipeline)
  return new Map(
    ids.map((id, place) => [
      id,
      wanted.map((day, index) => {
        const at = 2 * (place * days + index)
        return { day, uses: Number(answers[at] ?? 0), accounts: Number(answers[at + 1] ?? 0) }
      }),
    ]),
  )
}

async function readAll(ctx: Ctx, pipeline: Pipeline): Promise<unknown[]> {
  try {
    return ((await pipeline.exec()) ?? []).map(([error, value]) => (error ? null : value))
  } catch (error) {
    ctx.log.warn({ error }, 'uses could not be counted')
    return []
  }
}
