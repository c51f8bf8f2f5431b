import { jobNamed } from '@anancus/core/jobs'
import type { Ctx } from '@anancus/core/kernel/context'
import { OutboxSweeper } from '@anancus/core/kernel/outbox'
import { outboxResent } from './metrics.ts'
import { setSchedule } from './schedule.ts'

const SWEEP_EVERY_MS = 5_000
const SET_SCHEDULE_EVERY_MS = 60_000

export interface Upkeep {
  /** When the last sweep ended well. */
  readonly lastSweptAt: number
  stop(): Promise<void>
}

/** What keeps the queue whole from outside of it: the sweep of the outbox, and the periodic jobs. */
export function startUpkeep(
  ctx: Ctx,
  options: { sweepEveryMs?: number; setScheduleEveryMs?: number } = {},
): Upkeep {
  const sweeper = new OutboxSweeper(ctx, jobNamed)
  const setScheduleEveryMs = options.setScheduleEveryMs ?? SET_SCHEDULE_EVERY_MS
  const state = { lastSweptAt: 0, lastScheduledAt: 0 }
  const round = async () => {
    const { redisWasEmpty, resent } = await sweeper.sweep()
    outboxResent.inc(resent)
    state.lastSweptAt = Date.now()
    if (redisWasEmpty || Date.now() - state.lastScheduledAt >= setScheduleEveryMs) {
      await setSchedule(ctx)
      state.lastScheduledAt = Date.now()
    }
  }
  const timer = repeat(round, options.sweepEveryMs ?? SWEEP_EVERY_MS, (error) =>
    ctx.log.warn({ error }, 'upkeep failed; it is tried again'),
  )
  return {
    get lastSweptAt() {
      return state.lastSweptAt
    },
    stop: timer.stop,
  }
}

/** Calls `work` at once and then each time `everyMs` after it ended; never twice at a time. */
export function repeat(
  work: () => Promise<void>,
  everyMs: number,
  onError: (error: unknown) => void,
): { stop(): Promise<void> } {
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  const run = async () => {
    await work().catch(onError)
    if (stopped) return
    timer = setTimeout(() => {
      running = run()
    }, everyMs)
  }
  let running = run()
  return {
    async stop() {
      stopped = true
      clearTimeout(timer)
      await running
    },
  }
}
