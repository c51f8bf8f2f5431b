import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  buildFeedJob,
  deliverActivityJob,
  jobNamed,
  jobs,
  pushToFeedsJob,
  updateActorJob,
} from '@anancus/core/jobs'
import type { Ctx } from '@anancus/core/kernel/context'
import { enqueue, enqueueMany } from '@anancus/core/kernel/enqueue'
import { PermanentJobError, RemoteServerError } from '@anancus/core/kernel/errors'
import { closeTestContext, testContext } from '@anancus/core/testing/context'
import { resetDatabase } from '@anancus/core/testing/reset'
import { type AnyHandler, handlers as allHandlers } from '../src/handlers/index.ts'
import { serveHealth } from '../src/health.ts'
import { findFaults, stuckQueues } from '../src/readiness.ts'
import { retryDelay } from '../src/run-job.ts'
import { scheduleOf, setSchedule } from '../src/schedule.ts'
import { repeat } from '../src/upkeep.ts'
import { type RunningWorker, startWorker } from '../src/worker.ts'
import { eventually } from './support/processes.ts'

let ctx: Ctx
let worker: RunningWorker | undefined

beforeAll(async () => {
  ctx = await testContext({ env: { WORKER_PORT: String(await freePort()) } })
})
afterAll(() => closeTestContext(ctx))
beforeEach(() => resetDatabase(ctx))
afterEach(async () => {
  await worker?.stop(1_000)
  worker = undefined
  jest.restoreAllMocks()
})

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** Starts a worker in which one job does what a test wants. */
function work(job: { name: string }, handle: AnyHandler): void {
  worker = startWorker(ctx, new Map([[job.name, async () => ({ handle })]]))
}

async function outbox(): Promise<{ key: string | null }[]> {
  return (await ctx.db.raw('select * from job_outbox order by id')).rows
}
const isDone = () => eventually(async () => (await outbox()).length === 0, 30_000)
const push = (n: number) => ({ statusId: String(n), afterFollowId: '0', kind: 'create' as const })
/** Retries without the waits of the catalogue. */
const impatient = (job: { backoff: (attempt: number) => number }) =>
  jest.spyOn(job, 'backoff').mockReturnValue(10)

describe('the catalogue', () => {
  it('has a handler that loads for every job', async () => {
    expect([...allHandlers.keys()].sort()).toEqual(
      Object.values(jobs)
        .map((job) => job.name)
        .sort(),
    )
    for (const file of allHandlers.values()) expect(await file()).toEqual({ handle: expect.any(Function) })
  })

  it('names every job once', () => {
    const names = Object.values(jobs).map((job) => job.name)
    expect(new Set(names).size).toBe(names.length)
    for (const job of Object.values(jobs)) expect(jobNamed(job.name)).toBe(job)
  })
})

describe('a job', () => {
  it('leaves the outbox when it is done', async () => {
    const seen: unknown[] = []
    work(pushToFeedsJob, async (_, payload) => void seen.push(payload))
    await enqueueMany(ctx, pushToFeedsJob, [push(1), push(2)])
    await isDone()
    expect(seen).toHaveLength(2)
  })

  it('is tried again when it fails, and stays in the outbox meanwhile', async () => {
    impatient(pushToFeedsJob)
    let tries = 0
    work(pushToFeedsJob, async () => {
      tries++
      expect(await outbox()).toHaveLength(1)
      if (tries < 3) throw new Error('not yet')
    })
    await enqueue(ctx, pushToFeedsJob, push(1))
    await isDone()
    expect(tries).toBe(3)
  })

  it('SEC-DOS-24 is given up after its last try', async () => {
    impatient(pushToFeedsJob)
    let tries = 0
    work(pushToFeedsJob, async () => {
      tries++
      throw new Error('never')
    })
    await enqueue(ctx, pushToFeedsJob, push(1))
    await isDone()
    expect(tries).toBe(pushToFeedsJob.attempts)
  })

  it('is given up at once when no retry can help', async () => {
    let tries = 0
    work(pushToFeedsJob, async () => {
      tries++
      throw new PermanentJobError('gone')
    })
    await enqueue(ctx, pushToFeedsJob, push(1))
    await isDone()
    expect(tries).toBe(1)
    const queue = await ctx.queues.get('default')
    await eventually(async () => (await queue.getFailedCount()) === 1, 5_000)
  })

  it('SEC-DOS-24 is given up when it has taken too many workers down', async () => {
    await enqueue(ctx, pushToFeedsJob, push(1))
    const queue = await ctx.queues.get('default')
    const [waiting] = await queue.getWaiting()
    // So BullMQ marks a job that stalled too often, for the next worker that takes it.
    await ctx.redis.hset(queue.toKey(waiting?.id ?? ''), 'defa', 'job stalled more than allowable limit')
    let tries = 0
    work(pushToFeedsJob, async () => void tries++)
    await isDone()
    expect(tries).toBe(0)
  })

  it('waits as the catalogue says, and as long as a remote server asks', () => {
    expect(retryDelay(1, new Error(), deliverActivityJob)).toBeGreaterThanOrEqual(16_000)
    const busy = new RemoteServerError('remote.example', 'busy', {
      retryable: true,
      retryAfterSeconds: 3_600,
    })
    expect(retryDelay(1, busy, deliverActivityJob)).toBe(3_600_000)
    expect(retryDelay(5, new Error(), { name: 'from.the_future' })).toBe(30_000)
  })

  it('lets another one with its key in from the moment it begins', async () => {
    const seen: string[] = []
    let release = () => {}
    const gate = new Promise<void>((resolve) => {
      release = resolve
    })
    await enqueue(ctx, updateActorJob, { accountId: '1' }, { jobId: '1' })
    await enqueue(ctx, updateActorJob, { accountId: '1' }, { jobId: '1' })
    expect(await outbox()).toHaveLength(1)
    work(updateActorJob, async () => {
      seen.push('begun')
      if (seen.length === 1) await gate
    })
    await eventually(async () => seen.length === 1, 5_000)
    await enqueue(ctx, updateActorJob, { accountId: '1' }, { jobId: '1' })
    expect(await outbox()).toHaveLength(2)
    release()
    await isDone()
    expect(seen).toHaveLength(2)
  })

  it('that is passing may have its id again once it is done', async () => {
    let runs = 0
    work(buildFeedJob, async () => void runs++)
    await enqueue(ctx, buildFeedJob, { accountId: '1' }, { jobId: '1' })
    await eventually(async () => runs === 1, 5_000)
    const queue = await ctx.queues.get('default')
    await eventually(async () => (await queue.getActiveCount()) === 0, 5_000)
    await enqueue(ctx, buildFeedJob, { accountId: '1' }, { jobId: '1' })
    await eventually(async () => runs === 2, 5_000)
  })
})

describe('the schedule', () => {
  it('is set once, however often it is set', async () => {
    await setSchedule(ctx)
    await setSchedule(ctx)
    const queue = await ctx.queues.get('scheduler')
    const schedulers = await queue.getJobSchedulers()
    expect(schedulers.map(({ key, pattern }) => [key, pattern]).sort()).toEqual(
      scheduleOf(ctx)
        .map(({ job, cron }) => [job.name, cron])
        .sort(),
    )
    expect(await queue.getDelayedCount()).toBe(scheduleOf(ctx).length)
  })

  it('tells Elasticsearch what changed only where there is one', async () => {
    const withSearch = { ...ctx, config: { ...ctx.config, env: { ...ctx.config.env, ES_ENABLED: true } } }
    const queue = await ctx.queues.get('scheduler')
    const isSet = async () =>
      (await queue.getJobSchedulers()).some(({ key }) => key === 'scheduler.index_changes')
    await setSchedule(withSearch)
    expect(await isSet()).toBe(true)
    await setSchedule(ctx)
    expect(await isSet()).toBe(false)
  })
})

describe('readiness', () => {
  const upkeep = { lastSweptAt: Date.now() }

  it('has nothing to say about a fit worker', async () => {
    work(pushToFeedsJob, async () => {})
    expect(await findFaults(ctx, worker as RunningWorker, upkeep)).toEqual({})
  })

  it('R-09 tells a worker that takes nothing although jobs wait', async () => {
    const idle: RunningWorker = {
      activity: new Map([['default', { concurrency: 5, running: new Set(), lastTakenAt: Date.now() }]]),
      stop: async () => {},
    }
    await enqueue(ctx, pushToFeedsJob, push(1))
    const later = Date.now() + 61_000
    expect(await stuckQueues(ctx, idle)).toEqual([])
    expect(await stuckQueues(ctx, idle, later)).toEqual(['default'])
    expect(await findFaults(ctx, idle, { lastSweptAt: later }, later)).toEqual({
      queues: 'jobs wait and none is taken: default',
    })
  })

  it('names the part that fails', async () => {
    const cut = { ...ctx, redis: ctx.redis.duplicate({ lazyConnect: true, enableOfflineQueue: false }) }
    work(pushToFeedsJob, async () => {})
    const faults = await findFaults(cut, worker as RunningWorker, { lastSweptAt: 0 })
    expect(Object.keys(faults).sort()).toEqual(['outbox', 'redis'])
    cut.redis.disconnect()
  })

  it('R-02 does not trust a Redis that throws keys away', async () => {
    const redis = Object.create(ctx.redis, {
      config: { value: async () => ['maxmemory-policy', 'allkeys-lru'] },
      ping: { value: async () => 'PONG' },
    })
    work(pushToFeedsJob, async () => {})
    const faults = await findFaults({ ...ctx, redis }, worker as RunningWorker, upkeep)
    expect(faults.redis).toContain('allkeys-lru')
  })
})

describe('health', () => {
  it('is served, metrics for this machine only', async () => {
    let faults: Record<string, string> = {}
    const server = await serveHealth(ctx, async () => faults)
    const get = (path: string, headers = {}) =>
      fetch(`http://127.0.0.1:${ctx.config.env.WORKER_PORT}${path}`, { headers })
    const health = await get('/health')
    expect([health.status, await health.text()]).toEqual([200, 'OK'])
    expect((await get('/health/ready')).status).toBe(200)
    faults = { redis: 'away' }
    const ready = await get('/health/ready')
    expect([ready.status, await ready.json()]).toEqual([503, { ready: false, faults: { redis: 'away' } }])
    expect(await (await get('/metrics')).text()).toContain('anancus_jobs_total')
    // SEC-HTTP-11
    expect((await get('/metrics', { 'x-forwarded-for': '203.0.113.1' })).status).toBe(404)
    await expect(serveHealth(ctx, async () => ({}))).rejects.toThrow('WORKER_PORT')
    server.close()
    server.closeAllConnections()
  })
})

describe('a timer', () => {
  it('goes on after an error and stops when told, after the running round', async () => {
    let rounds = 0
    const errors: unknown[] = []
    const timer = repeat(
      async () => {
        rounds++
        throw new Error(`round ${rounds}`)
      },
      5,
      (error) => errors.push(error),
    )
    await eventually(async () => rounds >= 3, 2_000)
    await timer.stop()
    const before = rounds
    await new Promise((resolve) => setTimeout(resolve, 30))
    expect(rounds).toBe(before)
    expect(errors).toHaveLength(rounds)
  })
})
