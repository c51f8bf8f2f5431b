import type { Ctx } from '../../kernel/context.ts'
import { redisKey } from '../../kernel/redis-keys.ts'

const DAY_SECONDS = 24 * 3600
const KEPT_SECONDS = 14 * DAY_SECONDS
const DAYS_SHOWN = 7

/** How often, and from how many addresses, people tried to sign up under a rule for an e-mail domain on one day. */
export interface AttemptDay {
  /** Midnight UTC, seconds since 1970. */
  day: number
  /** Different IP addresses, to within one percent. */
  accounts: number
  uses: number
}

function dayAt(ctx: Ctx): number {
  return Math.floor(ctx.clock.now().getTime() / 1000 / DAY_SECONDS) * DAY_SECONDS
}

function keyOf(ctx: Ctx, blockId: string, day: number): string {
  return redisKey(ctx, `activity:email_domain_blocks:${blockId}:${day}`)
}

/** Counts an attempt to sign up under some rules. A count that Redis does not take is lost. */
export async function noteAttempt(ctx: Ctx, blockIds: readonly string[], ip: string): Promise<void> {
  const commands = ctx.redis.pipeline()
  for (const id of blockIds) {
    const key = keyOf(ctx, id, dayAt(ctx))
    commands.incr(key).expire(key, KEPT_SECONDS)
    commands.pfadd(`${key}:accounts`, ip).expire(`${key}:accounts`, KEPT_SECONDS)
  }
  try {
    await commands.exec()
  } catch (error) {
    ctx.log.warn({ error }, 'an attempt to sign up was not counted')
  }
}

/** The attempts of the last seven days, today first, by rule; zeros while Redis is away. One Redis call. */
export async function readAttempts(
  ctx: Ctx,
  blockIds: readonly string[],
): Promise<Map<string, AttemptDay[]>> {
  const today = dayAt(ctx)
  const days = Array.from({ length: DAYS_SHOWN }, (_, index) => today - index * DAY_SECONDS)
  const answers = await ask(ctx, blockIds, days)
  let next = 0
  const take = () => Number(answers[next++] ?? 0)
  return new Map(blockIds.map((id) => [id, days.map((day) => ({ day, uses: take(), accounts: take() }))]))
}

async function ask(ctx: Ctx, blockIds: readonly string[], days: readonly number[]): Promise<unknown[]> {
  if (blockIds.length === 0) return []
  const commands = ctx.redis.pipeline()
  for (const id of blockIds) {
    for (const day of days) {
      const key = keyOf(ctx, id, day)
      commands.get(key).pfcount(`${key}:accounts`)
    }
  }
  try {
    return ((await commands.exec()) ?? []).map(([, value]) => value)
  } catch (error) {
    ctx.log.warn({ error }, 'attempts to sign up could not be read')
    return []
  }
}
