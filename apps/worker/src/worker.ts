import { QUEUES, type QueueName } from '@anancus/core/jobs'
import type { Ctx } from '@anancus/core/kernel/context'
import { outboxRowOf } from '@anancus/core/kernel/enqueue'
import { finishOutboxJob } from '@anancus/core/kernel/outbox'
import { queuePrefix } from '@anancus/core/kernel/queue'
import { createRedis } from '@anancus/core/kernel/redis'
import { type Job, Worker } from 'bullmq'
import { type Handlers, handlers as allHandlers } from './handlers/index.ts'
import { retryDelay, runJob } from './run-job.ts'

/** How soon the jobs of a worker that died are taken again: a lock that is not renewed ends, and is looked for. */
const LOCK_MS = 10_000
const LOOK_FOR_STALLED_EVERY_MS = 5_000
/** A job that took so many workers down with it is not given to another one. */
const MOST_STALLS = 10

export interface RunningWorker {
  /** When a job was last taken from each queue, and how many run now. */
  readonly activity: ReadonlyMap<QueueName, QueueActivity>
  /** Takes no more jobs and waits for the running ones; what still runs at the deadline is put back. */
  stop(deadlineMs: number): Promise<void>
}

export interface QueueActivity {
  concurrency: number
  running: Set<Job>
  lastTakenAt: number
}

/** Starts taking jobs from every queue, `weight` × SIDEKIQ_CONCURRENCY at once. */
export function startWorker(ctx: Ctx, handlers: Handlers = allHandlers): RunningWorker {
  const connection = createRedis(ctx.config, { purpose: 'blocking', name: 'worker', log: ctx.log })
  const activity = new Map<QueueName, QueueActivity>()
  const workers = (Object.keys(QUEUES) as QueueName[]).map((name) => {
    const mine: QueueActivity = {
      concurrency: QUEUES[name].weight * ctx.config.env.SIDEKIQ_CONCURRENCY,
      running: new Set(),
      lastTakenAt: Date.now(),
    }
    activity.set(name, mine)
    return openQueue(ctx, handlers, name, mine, connection)
  })
  return {
    activity,
    async stop(deadlineMs) {
      // Takes no more from here on, and is through when the running jobs are.
      const closed = Promise.all(workers.map((worker) => worker.close()))
      const late = new Promise<'late'>((resolve) => setTimeout(() => resolve('late'), deadlineMs).unref())
      if ((await Promise.race([closed, late])) === 'late') await putBack(ctx, activity)
      closed.catch((error: unknown) => ctx.log.warn({ error }, 'closing a queue failed'))
      connection.disconnect()
    },
  }
}

function openQueue(
  ctx: Ctx,
  handlers: Handlers,
  name: QueueName,
  mine: QueueActivity,
  connection: ReturnType<typeof createRedis>,
): Worker {
  const take = async (job: Job) => {
    mine.lastTakenAt = Date.now()
    mine.running.add(job)
    try {
      await runJob(ctx, handlers, job)
    } finally {
      mine.running.delete(job)
    }
  }
  const worker = new Worker(name, take, {
    connection,
    prefix: queuePrefix(ctx.config),
    concurrency: mine.concurrency,
    lockDuration: LOCK_MS,
    stalledInterval: LOOK_FOR_STALLED_EVERY_MS,
    maxStalledCount: MOST_STALLS,
    settings: {
      backoffStrategy: (attemptsMade, _type, error, job) => retryDelay(attemptsMade, error, job),
    },
  })
  // A job whose lock was lost, a Redis that forgot a job: told here, and survived.
  worker.on('error', (error) => ctx.log.warn({ error, queue: name }, 'queue error'))
  worker.on('stalled', (jobId) =>
    ctx.log.warn({ jobId, queue: name }, 'a worker died over a job: it runs again'),
  )
  worker.on('failed', (job, error) => void giveUpStalled(ctx, job, error))
  return worker
}

/** BullMQ gives up a job that stalled too often without running it: then nobody else takes it out of the outbox. */
async function giveUpStalled(ctx: Ctx, job: Job | undefined, error: Error): Promise<void> {
  const row = outboxRowOf(job?.id)
  if (!row || !error.message.includes('stalled more than allowable limit')) return
  ctx.log.error({ error, job: job?.name, jobId: job?.id }, 'job given up: it took too many workers down')
  await finishOutboxJob(ctx, row.id).catch((cause: unknown) =>
    ctx.log.error({ error: cause, jobId: job?.id }, 'a given-up job stays in the outbox'),
  )
}

async function putBack(ctx: Ctx, activity: ReadonlyMap<QueueName, QueueActivity>): Promise<void> {
  for (const { running } of activity.values()) {
    for (const job of running) {
      ctx.log.warn({ job: job.name, jobId: job.id }, 'put back: still running at the deadline')
      await job.moveToWait(job.token).catch((error: unknown) =>
        // Then its lock runs out and another worker takes it.
        ctx.log.warn({ error, jobId: job.id }, 'not put back'),
      )
    }
  }
}
