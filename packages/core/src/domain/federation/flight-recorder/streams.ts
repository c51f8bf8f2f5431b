import type { Ctx } from '../../../kernel/context.ts'
import { redisKey } from '../../../kernel/redis-keys.ts'
import type { EventOutcome } from './event.ts'

/**
 * The recorder is three streams in Redis, so that what is plentiful does not push out what is asked for: what went well,
 * what did not, and what was refused at the door, which anybody on the internet can cause.
 */
export const STREAMS = ['passed', 'failed', 'refused'] as const
export type StreamName = (typeof STREAMS)[number]

const PASSED = new Set<EventOutcome>(['taken', 'processed', 'delivered'])

export function streamOf(outcome: EventOutcome): StreamName {
  if (outcome === 'refused') return 'refused'
  return PASSED.has(outcome) ? 'passed' : 'failed'
}

export function streamKey(ctx: Pick<Ctx, 'config'>, name: StreamName): string {
  return redisKey(ctx, `federation:recorder:${name}`)
}

/** Events that each stream keeps; 0 when nothing is recorded. */
export function streamLimit(ctx: Pick<Ctx, 'config'>): number {
  return Math.ceil(ctx.config.env.FLIGHT_RECORDER_LIMIT / STREAMS.length)
}
