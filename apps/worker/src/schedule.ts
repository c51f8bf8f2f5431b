import {
  autoCloseRegistrationsJob,
  cleanUpCollectionsJob,
  cleanUpFeedsJob,
  cleanUpIpsJob,
  cleanUpUsersJob,
  eraseSuspendedJob,
  indexChangesJob,
  type JobDefinition,
  publishScheduledJob,
  refreshRecommendationsJob,
  refreshTrendsJob,
  requestTrendReviewsJob,
  trimMediaCacheJob,
  vacuumJob,
} from '@anancus/core/jobs'
import type { Ctx } from '@anancus/core/kernel/context'
import { retryOptions } from '@anancus/core/kernel/queue'

interface Periodic {
  job: JobDefinition<Record<string, never>>
  /** Minute, hour, day of month, month, day of week, before them seconds where it has six parts; UTC. */
  cron: string
  /** Whether this server needs it; without it, it does. */
  isNeeded?(ctx: Ctx): boolean
}

/** The cron table. */
export const SCHEDULE: readonly Periodic[] = [
  { job: publishScheduledJob, cron: '* * * * *' },
  { job: cleanUpCollectionsJob, cron: '37 * * * *' },
  { job: eraseSuspendedJob, cron: '* * * * *' },
  { job: autoCloseRegistrationsJob, cron: '41 * * * *' },
  { job: trimMediaCacheJob, cron: '3-59/10 * * * *' },
  { job: vacuumJob, cron: '17 3 * * *' },
  { job: cleanUpIpsJob, cron: '23 4 * * *' },
  { job: cleanUpUsersJob, cron: '43 4 * * *' },
  { job: cleanUpFeedsJob, cron: '7 5 * * *' },
  { job: refreshTrendsJob, cron: '*/5 * * * *' },
  { job: indexChangesJob, cron: '*/5 * * * * *', isNeeded: (ctx) => ctx.config.env.ES_ENABLED },
  { job: requestTrendReviewsJob, cron: '29 */6 * * *' },
  { job: refreshRecommendationsJob, cron: '11 7 * * *' },
]

/** The periodic jobs that this server needs. */
export function scheduleOf(ctx: Ctx): Periodic[] {
  return SCHEDULE.filter(({ isNeeded }) => isNeeded?.(ctx) !== false)
}

/**
 * Sets every periodic job that is needed, or leaves it as it is, and ends the others. Redis may forget them, so this is called each minute from outside the
 * queue; the scheduler of BullMQ runs each one once a period, however many workers there are.
 */
export async function setSchedule(ctx: Ctx): Promise<void> {
  const needed = scheduleOf(ctx)
  for (const periodic of SCHEDULE) {
    const { job, cron } = periodic
    const queue = await ctx.queues.get(job.queue)
    if (!needed.includes(periodic)) {
      await queue.removeJobScheduler(job.name)
      continue
    }
    await queue.upsertJobScheduler(
      job.name,
      { pattern: cron, tz: 'UTC' },
      { name: job.name, data: {}, opts: { ...retryOptions(job), removeOnComplete: true } },
    )
  }
}
