import type { Job } from 'bullmq'
import { outboxRowOf } from '../src/kernel/enqueue.ts'
import type { Ctx } from '../src/kernel/context.ts'
import { jobNamed, QUEUES, type QueueName } from '../src/jobs/index.ts'
import { deleteOutboxJob } from '@anancus/db/queries/job-outbox'

/** What a job does, by its wire name. */
export type TestHandlers = Record<string, (ctx: Ctx, payload: never) => Promise<unknown>>

let handlers: TestHandlers = {}

/** Says what jobs do in this test file. `core/testing/handlers.ts` has the real use cases of all. */
export function registerHandlers(map: TestHandlers): void {
  handlers = { ...handlers, ...map }
}

const MOST_ROUNDS = 10_000

/**
 * Runs every waiting and delayed job, and those they enqueue, in this process and in a fixed order, until nothing is
 * left. A job that throws is not tried again: the error comes out here.
 *
 * @param options.ignore wire names of jobs that are thrown away instead
 * @returns the jobs that ran
 */
export async function drainQueues(
  ctx: Ctx,
  options: { ignore?: readonly string[] } = {},
): Promise<{ name: string; payload: unknown }[]> {
  const ran: { name: string; payload: unknown }[] = []
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const jobs = await waitingJobs(ctx)
    if (jobs.length === 0) return ran
    for (const job of jobs) {
      await takeOut(ctx, job)
      if (options.ignore?.includes(job.name)) continue
      await run(ctx, job)
      ran.push({ name: job.name, payload: job.data })
    }
  }
  throw new Error('The queues do not run empty: do jobs enqueue themselves?')
}

/** The jobs that wait, by name, without running them. */
export async function peekQueues(ctx: Ctx): Promise<{ name: string; payload: unknown }[]> {
  return (await waitingJobs(ctx)).map((job) => ({ name: job.name, payload: job.data }))
}

/** Every waiting and delayed job, queue by queue. */
export async function waitingJobs(ctx: Ctx): Promise<Job[]> {
  const found: Job[] = []
  for (const name of Object.keys(QUEUES) as QueueName[]) {
    const queue = await ctx.queues.get(name)
    found.push(...(await queue.getJobs(['waiting', 'delayed', 'prioritized'], 0, -1, true)))
  }
  return found
}

/** Takes a job out of its queue and the outbox, as if a worker had done it. */
export async function takeOut(ctx: Ctx, job: Job): Promise<void> {
  await job.remove()
  const row = outboxRowOf(job.id)
  if (row) await deleteOutboxJob(ctx.db, row.id)
}

async function run(ctx: Ctx, job: Job): Promise<void> {
  const handler = handlers[job.name]
  if (!jobNamed(job.name)) throw new Error(`The catalogue has no job ${job.name}.`)
  if (!handler)
    throw new Error(
      `No handler for ${job.name}: registerHandlers(...), or drainQueues(ctx, { ignore: [...] }).`,
    )
  await handler(ctx, job.data as never)
}
