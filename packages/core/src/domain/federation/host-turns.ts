import { LRUCache } from 'lru-cache'
import { QUEUES } from '../../jobs/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { DeferredJobError } from '../../kernel/errors.ts'
import {
  DELIVERIES_PER_HOST,
  DELIVERIES_TO_UNKNOWN_HOST,
  FAILING_TURN_WAIT_MS,
  MAX_REMEMBERED_HOSTS,
  TURN_WAIT_MS,
} from './limits.ts'

/**
 * Who may be delivered to now, by host and in this process: a host that hangs must not hold all the hands that others
 * wait for. What has no turn is put back into the queue, and counts no try.
 */
const running = new Map<string, number>()
/** Whether a host answered when last asked. */
const answered = new LRUCache<string, boolean>({ max: MAX_REMEMBERED_HOSTS, ttl: 60 * 60 * 1000 })

/**
 * Runs one delivery to a host, if it is its turn.
 *
 * @throws DeferredJobError enough deliveries to this host run already
 */
export async function inTurn<Result>(
  ctx: Pick<Ctx, 'config'>,
  host: string,
  deliver: () => Promise<Result>,
): Promise<Result> {
  const busy = running.get(host) ?? 0
  if (busy >= mostAtOnce(ctx, host))
    throw new DeferredJobError(`enough deliveries to ${host} run`, turnWait(host))
  running.set(host, busy + 1)
  try {
    return await deliver()
  } finally {
    const left = (running.get(host) ?? 1) - 1
    if (left > 0) running.set(host, left)
    else running.delete(host)
  }
}

/** Remembers whether a host answered: one that did not gets one delivery at a time, one that never was asked few. */
export function noteAnswer(host: string, hasAnswered: boolean): void {
  answered.set(host, hasAnswered)
}

function mostAtOnce(ctx: Pick<Ctx, 'config'>, host: string): number {
  const hasAnswered = answered.get(host)
  if (hasAnswered === false) return 1
  const most = hasAnswered ? DELIVERIES_PER_HOST : DELIVERIES_TO_UNKNOWN_HOST
  const toAll = QUEUES.push.weight * ctx.config.env.SIDEKIQ_CONCURRENCY
  return Math.max(1, Math.min(most, Math.floor(toAll / 3)))
}

/** Spread, so that those who wait do not come back as a crowd. */
function turnWait(host: string): number {
  const longest = answered.get(host) === false ? FAILING_TURN_WAIT_MS : TURN_WAIT_MS
  return Math.round(longest * (0.25 + 0.75 * Math.random()))
}
