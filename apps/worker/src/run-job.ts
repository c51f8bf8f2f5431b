import { type JobDefinition, jobNamed } from '@anancus/core/jobs'
import type { Ctx } from '@anancus/core/kernel/context'
import { outboxRowOf } from '@anancus/core/kernel/enqueue'
import {
  DeferredJobError,
  PermanentJobError,
  RemoteServerError,
  UnavailableError,
} from '@anancus/core/kernel/errors'
import { finishOutboxJob, startOutboxJob } from '@anancus/core/kernel/outbox'
import { DelayedError, type Job, UnrecoverableError } from 'bullmq'
import type { Handlers } from './handlers/index.ts'
import { jobDuration, jobsDone } from './metrics.ts'

/** A job of another version, or one that BullMQ says nothing about, waits this long. */
const UNKNOWN_RETRY_MS = 30_000

/**
 * Runs one job and decides what becomes of it: done, tried again by the catalogue's rhythm, or given up. In the first
 * and last case its row leaves the outbox before the queue forgets the job, so that a crash in between runs it twice
 * and never loses it.
 */
export async function runJob(ctx: Ctx, handlers: Handlers, job: Job): Promise<void> {
  const attempt = job.attemptsMade + 1
  const log = ctx.log.child({ job: job.name, jobId: job.id, attempt })
  const started = performance.now()
  const row = outboxRowOf(job.id)
  try {
    const handler = handlers.get(job.name)
    // Left for a worker that knows it: during an upgrade old and new run side by side.
    if (!handler) throw new UnavailableError(`No handler for ${job.name}`)
    const { handle } = await handler()
    if (row?.isKeyed) await startOutboxJob(ctx, row.id)
    await handle({ ...ctx, log }, job.data as never, { attempt, attempts: job.opts.attempts ?? 1 })
    if (row) await finishOutboxJob(ctx, row.id)
    record(job, 'done', started)
    log.info({ ms: Math.round(performance.now() - started) }, 'job done')
  } catch (error) {
    if (error instanceof DeferredJobError) return putOff(job, error)
    const isLast = error instanceof PermanentJobError || attempt >= (job.opts.attempts ?? 1)
    record(job, isLast ? 'given_up' : 'failed', started)
    log[isLast ? 'error' : 'warn']({ error, payload: idsOf(job) }, isLast ? 'job given up' : 'job failed')
    if (isLast && row) await finishOutboxJob(ctx, row.id)
    if (error instanceof PermanentJobError) throw new UnrecoverableError(error.message)
    throw error
  }
}

/** Puts a job back for later; this counts as no try, and its row stays in the outbox. */
async function putOff(job: Job, { delayMs, message }: DeferredJobError): Promise<never> {
  await job.moveToDelayed(Date.now() + delayMs, job.token)
  throw new DelayedError(message)
}

/** Milliseconds until the next try; a remote server that says when to come back is heeded. */
export function retryDelay(attemptsMade: number, error: unknown, job: Pick<Job, 'name'> | undefined): number {
  const definition: JobDefinition<unknown> | undefined = job && jobNamed(job.name)
  const own = definition ? definition.backoff(attemptsMade) : UNKNOWN_RETRY_MS
  const asked = error instanceof RemoteServerError ? (error.retryAfterSeconds ?? 0) * 1000 : 0
  return Math.max(own, asked)
}

function record(job: Job, outcome: 'done' | 'failed' | 'given_up', started: number): void {
  const queue = job.queueName
  jobsDone.inc({ queue, job: job.name, outcome })
  jobDuration.observe({ queue, job: job.name }, (performance.now() - started) / 1000)
}

/** An id, a word or the address of a server. A text, a mailbox or JSON is none of these. */
const PLAIN = /^[\w:/.-]{1,64}$/

/** What a job was about, by its ids; what people wrote, and where they get mail, stays out of the log. */
function idsOf(job: Job): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(job.data as Record<string, unknown>).filter(([, value]) => PLAIN.test(String(value))),
  )
}
