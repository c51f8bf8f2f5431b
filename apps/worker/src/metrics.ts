import { QUEUES, type QueueName } from '@anancus/core/jobs'
import type { Ctx } from '@anancus/core/kernel/context'
import { counter, gauge, histogram } from '@anancus/core/kernel/metrics'

export const jobsDone = counter('anancus_jobs_total', 'Jobs run, by outcome', ['queue', 'job', 'outcome'])

export const jobDuration = histogram(
  'anancus_job_duration_seconds',
  'How long jobs ran',
  ['queue', 'job'],
  [0.005, 0.02, 0.1, 0.5, 2, 10, 30],
)

export const outboxResent = counter('anancus_outbox_resent_total', 'Jobs sent to the queue again')

/** Queue lengths and the age of the oldest waiting job, asked for when somebody reads them. */
export function watchQueues(ctx: Ctx): void {
  gauge('anancus_queue_jobs', 'Jobs in a queue', ['queue', 'state'], async function () {
    for (const name of Object.keys(QUEUES) as QueueName[]) {
      const queue = await ctx.queues.get(name)
      const counts = await queue.getJobCounts('waiting', 'prioritized', 'active', 'delayed', 'failed')
      for (const [state, count] of Object.entries(counts)) this.set({ queue: name, state }, count)
    }
  })
  gauge('anancus_queue_latency_seconds', 'Age of the oldest waiting job', ['queue'], async function () {
    for (const name of Object.keys(QUEUES) as QueueName[]) {
      const queue = await ctx.queues.get(name)
      const [oldest] = await queue.getJobs(['waiting'], 0, 0, true)
      this.set({ queue: name }, oldest ? Math.max(0, (Date.now() - oldest.timestamp) / 1000) : 0)
    }
  })
}
