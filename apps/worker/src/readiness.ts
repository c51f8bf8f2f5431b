import { QUEUES, type QueueName } from '@anancus/core/jobs'
import type { Ctx } from '@anancus/core/kernel/context'
import type { Upkeep } from './upkeep.ts'
import type { RunningWorker } from './worker.ts'

/** Nothing taken for so long from a queue that has jobs, with hands free: something is stuck. */
const STUCK_AFTER_MS = 60_000
const SWEEP_LATE_AFTER_MS = 60_000

/** What is wrong with this worker, part by part; empty when it is fit. Each part says why it fails. */
export async function findFaults(
  ctx: Ctx,
  worker: RunningWorker,
  upkeep: Pick<Upkeep, 'lastSweptAt'>,
  now = Date.now(),
): Promise<Record<string, string>> {
  const faults: Record<string, string> = {}
  await check(faults, 'database', () => ctx.db.raw('select 1'))
  await check(faults, 'redis', async () => {
    await ctx.redis.ping()
    const [, policy] = (await ctx.redis.config('GET', 'maxmemory-policy').catch(() => [])) as string[]
    if (policy !== undefined && policy !== 'noeviction')
      throw new Error(`maxmemory-policy is ${policy}: queued work may be thrown away; set noeviction`)
  })
  if (now - upkeep.lastSweptAt > SWEEP_LATE_AFTER_MS) faults.outbox = 'not swept for a minute'
  if (!faults.redis) {
    const stuck = await stuckQueues(ctx, worker, now)
    if (stuck.length > 0) faults.queues = `jobs wait and none is taken: ${stuck.join(', ')}`
  }
  return faults
}

/** Queues with waiting jobs from which this worker took none for a minute although it has hands free. */
export async function stuckQueues(ctx: Ctx, worker: RunningWorker, now = Date.now()): Promise<QueueName[]> {
  const stuck: QueueName[] = []
  for (const name of Object.keys(QUEUES) as QueueName[]) {
    const activity = worker.activity.get(name)
    if (!activity || activity.running.size >= activity.concurrency) continue
    if (now - activity.lastTakenAt <= STUCK_AFTER_MS) continue
    const queue = await ctx.queues.get(name)
    const [oldest] = await queue.getJobs(['waiting'], 0, 0, true)
    // A job that came just now proves nothing.
    if (oldest && now - oldest.timestamp > STUCK_AFTER_MS) stuck.push(name)
  }
  return stuck
}

async function check(faults: Record<string, string>, part: string, probe: () => Promise<unknown>) {
  try {
    await probe()
  } catch (error) {
    faults[part] = error instanceof Error ? error.message : String(error)
  }
}
