import { insertOutboxJobs } from '@anancus/db/queries/job-outbox'
import type { BulkJobOptions } from 'bullmq'
import type { JobDefinition } from '../jobs/define.ts'
import type { Ctx } from './context.ts'
import { UnavailableError } from './errors.ts'
import { retryOptions } from './queue.ts'
import { isRedisReady } from './redis.ts'
import { afterCommit } from './transaction.ts'

/** Most jobs that go to Redis in one script call each, one pipeline together. */
const BATCH = 1_000

export interface EnqueueOptions {
  /** Earliest start, in milliseconds from now. */
  delayMs?: number
  /** A second job with the same id, while the first one waits, is not added. */
  jobId?: string
}

/**
 * Adds a job to its queue; inside a transaction after its commit, and not at all after its rollback.
 *
 * A durable job is written to `job_outbox` first (one statement, in the caller's transaction when there is one) and
 * stays there until it is done, so that neither a crash nor an empty Redis loses it. A job that Redis does not take
 * now is written there as well, durable or not: this never fails because Redis is away.
 */
export async function enqueue<P>(
  ctx: Ctx,
  job: JobDefinition<P>,
  payload: P,
  options: EnqueueOptions = {},
): Promise<void> {
  await add(ctx, job, [payload], options)
}

/** Adds many jobs of one kind, in one statement and one pipeline a thousand. */
export async function enqueueMany<P>(ctx: Ctx, job: JobDefinition<P>, payloads: readonly P[]): Promise<void> {
  for (let start = 0; start < payloads.length; start += BATCH) {
    await add(ctx, job, payloads.slice(start, start + BATCH), {})
  }
}

/** A job on its way to the queue, with its id there. */
export interface OutgoingJob {
  payload: unknown
  jobId?: string | undefined
  delayMs?: number | undefined
}

async function add<P>(
  ctx: Ctx,
  job: JobDefinition<P>,
  payloads: readonly P[],
  options: EnqueueOptions,
): Promise<void> {
  if (!job.durable) return afterCommit(ctx, (outer) => sendOrKeep(outer, job, payloads, options))
  const ids = await keep(ctx, job, payloads, options)
  await afterCommit(ctx, (outer) =>
    sendKept(
      outer,
      job,
      ids.map((id, index) => ({
        payload: payloads[index],
        jobId: outboxJobId(id, options.jobId !== undefined),
        delayMs: options.delayMs,
      })),
    ),
  )
}

function keep(ctx: Ctx, job: JobDefinition<unknown>, payloads: readonly unknown[], options: EnqueueOptions) {
  return insertOutboxJobs(ctx.db, {
    name: job.name,
    payloads,
    key: options.jobId === undefined ? null : `${job.name}:${options.jobId}`,
    delayMs: options.delayMs ?? 0,
  })
}

/** What cannot be sent now lies in the outbox, and whoever sweeps it sends it later. */
async function sendKept(ctx: Ctx, job: JobDefinition<unknown>, jobs: readonly OutgoingJob[]): Promise<void> {
  if (jobs.length === 0) return
  try {
    await sendToQueue(ctx, job, jobs)
  } catch (error) {
    ctx.log.warn({ error, job: job.name, count: jobs.length }, 'the queue is away: jobs wait in the outbox')
  }
}

async function sendOrKeep(
  ctx: Ctx,
  job: JobDefinition<unknown>,
  payloads: readonly unknown[],
  options: EnqueueOptions,
): Promise<void> {
  try {
    await sendToQueue(
      ctx,
      job,
      payloads.map((payload) => ({
        payload,
        jobId: options.jobId === undefined ? undefined : plainJobId(options.jobId),
        delayMs: options.delayMs,
      })),
    )
  } catch (error) {
    ctx.log.warn({ error, job: job.name, count: payloads.length }, 'the queue is away: jobs go to the outbox')
    await keep(ctx, job, payloads, options)
  }
}

/**
 * Hands jobs to BullMQ in one pipeline. An id that the queue holds already is left as it is.
 *
 * @throws UnavailableError at once while Redis is away
 */
export async function sendToQueue(
  ctx: Ctx,
  job: JobDefinition<unknown>,
  jobs: readonly OutgoingJob[],
): Promise<void> {
  if (!isRedisReady(ctx.redis)) throw new UnavailableError('Redis is away')
  const queue = await ctx.queues.get(job.queue)
  await queue.addBulk(
    jobs.map(({ payload, jobId, delayMs }) => ({
      name: job.name,
      data: payload,
      opts: jobOptions(job, jobId, delayMs),
    })),
  )
}

function jobOptions(job: JobDefinition<unknown>, jobId?: string, delayMs?: number): BulkJobOptions {
  return {
    ...retryOptions(job),
    ...(delayMs ? { delay: delayMs } : {}),
    ...(jobId === undefined ? {} : { jobId }),
    // A failed job that is kept would bar its id from coming again.
    ...(jobId !== undefined && !jobId.startsWith(OUTBOX_PREFIX) ? { removeOnFail: true } : {}),
  }
}

const OUTBOX_PREFIX = 'outbox-'
const KEYED_SUFFIX = '-keyed'

/**
 * The id in BullMQ of a job that has a row in the outbox: sending a row twice adds one job. It says whether the row has
 * a key that is to be given up when the job starts.
 */
export function outboxJobId(id: string, isKeyed: boolean): string {
  return OUTBOX_PREFIX + id + (isKeyed ? KEYED_SUFFIX : '')
}

/** The outbox row of a job, or null for a job that has none. */
export function outboxRowOf(jobId: string | undefined): { id: string; isKeyed: boolean } | null {
  if (!jobId?.startsWith(OUTBOX_PREFIX)) return null
  const isKeyed = jobId.endsWith(KEYED_SUFFIX)
  return { id: jobId.slice(OUTBOX_PREFIX.length, isKeyed ? -KEYED_SUFFIX.length : undefined), isKeyed }
}

/** BullMQ takes ids that are no number and hold no colon. */
function plainJobId(jobId: string): string {
  return `key-${jobId.replaceAll(':', '_')}`
}
