import type { ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pushToFeedsJob } from '@anancus/core/jobs'
import type { Ctx } from '@anancus/core/kernel/context'
import { enqueueMany } from '@anancus/core/kernel/enqueue'
import { transaction } from '@anancus/core/kernel/transaction'
import { closeTestContext, testContext, testEnvironment } from '@anancus/core/testing/context'
import { startRedis } from '../../../scripts/lib/redis.mjs'
import { scheduleOf } from '../src/schedule.ts'
import { end, eventually, startChild } from './support/processes.ts'

/** A Redis of its own, to be emptied and killed. */
let redis: Awaited<ReturnType<typeof startRedis>>
let folder: string
let ctx: Ctx
let environment: Record<string, string>
const children: ChildProcess[] = []

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'anancus-crash-'))
  redis = await startRedis({ folder: join(folder, 'redis'), logFile: join(folder, 'redis.log') })
  ctx = await testContext({ env: { REDIS_URL: redis.url } })
  await ctx.db.raw('create table effects (id bigserial primary key, status_id text, what text)')
  environment = {
    ...testEnvironment(ctx.config.env.DATABASE_URL ?? '', '', folder),
    REDIS_URL: redis.url,
    REDIS_PREFIX: ctx.config.redis.prefix,
    SIDEKIQ_CONCURRENCY: '1',
    NODE_COMPILE_CACHE: join(folder, 'compiled'),
  }
}, 120_000)
afterAll(async () => {
  for (const child of children) await end(child, 'SIGKILL')
  await closeTestContext(ctx).catch(() => {})
  await redis.stop()
  rmSync(folder, { recursive: true, force: true })
}, 120_000)
beforeEach(async () => {
  await ctx.db.raw('delete from effects; delete from job_outbox')
})
afterEach(async () => {
  for (const child of children.splice(0)) await end(child, 'SIGKILL')
})

async function worker(): Promise<ChildProcess> {
  const child = await startChild(environment)
  children.push(child)
  return child
}

const jobs = (count: number, ms: number) =>
  Array.from({ length: count }, (_, n) => ({
    statusId: String(n),
    afterFollowId: String(ms),
    kind: 'create' as const,
  }))
const publishAll = (count: number, ms: number) =>
  transaction(ctx, (tx) => enqueueMany(tx, pushToFeedsJob, jobs(count, ms)))
async function done(): Promise<number> {
  const { rows } = await ctx.db.raw(
    `select count(distinct status_id)::int as n from effects where what = 'done'`,
  )
  return rows[0].n
}
async function waiting(): Promise<number> {
  const { rows } = await ctx.db.raw('select count(*)::int as n from job_outbox')
  return rows[0].n
}
const allDone = (count: number, patienceMs: number) =>
  eventually(async () => (await done()) === count && (await waiting()) === 0, patienceMs)

it('R-03: kill -9 of workers in the midst of their jobs loses none; they are taken again within 30 s', async () => {
  const doomed = [await worker(), await worker()]
  await publishAll(60, 300)
  await eventually(async () => (await done()) >= 10, 30_000)
  for (const child of doomed) await end(child, 'SIGKILL')
  const before = await done()
  expect(before).toBeLessThan(60)
  await worker()
  await allDone(60, 30_000)
}, 120_000)

it('FLUSHALL in the midst of jobs loses none, and the periodic jobs are set again', async () => {
  await worker()
  await publishAll(60, 200)
  await eventually(async () => (await done()) >= 5, 30_000)
  await ctx.redis.flushall()
  expect(await done()).toBeLessThan(60)
  await allDone(60, 30_000)
  const scheduler = await ctx.queues.get('scheduler')
  await eventually(async () => (await scheduler.getJobSchedulers()).length === scheduleOf(ctx).length, 30_000)
}, 120_000)

it('R-01: what is published while Redis is down is done once it is back, empty', async () => {
  await worker()
  await publishAll(5, 1)
  await allDone(5, 30_000)
  const { port } = redis
  await redis.stop()
  await ctx.db.raw('delete from effects')
  const started = performance.now()
  await publishAll(30, 1)
  expect(performance.now() - started).toBeLessThan(5_000)
  expect(await waiting()).toBe(30)
  redis = await startRedis({ folder: join(folder, 'redis'), logFile: join(folder, 'redis.log'), port })
  await allDone(30, 30_000)
}, 120_000)

it('R-35: SIGTERM waits for short jobs, puts long ones back, and exits 0', async () => {
  const leaving = await worker()
  await publishAll(4, 300)
  await eventually(async () => (await waiting()) > 0 && (await begun()) > 0, 30_000)
  expect(await end(leaving, 'SIGTERM')).toBe(0)
  expect(await done()).toBe(await begun())
  await publishAll(1, 20_000)
  const impatient = await worker()
  await eventually(async () => (await unfinished()) > 0, 15_000)
  const started = performance.now()
  expect(await end(impatient, 'SIGTERM')).toBe(0)
  expect(performance.now() - started).toBeLessThan(5_000)
  const queue = await ctx.queues.get('default')
  expect((await queue.getJobCounts('waiting', 'prioritized')).waiting).toBeGreaterThanOrEqual(1)
  expect(await waiting()).toBeGreaterThanOrEqual(1)
}, 120_000)

async function begun(): Promise<number> {
  const { rows } = await ctx.db.raw(
    `select count(distinct status_id)::int as n from effects where what = 'begun'`,
  )
  return rows[0].n
}

async function unfinished(): Promise<number> {
  const { rows } = await ctx.db.raw(
    `select count(*) filter (where what = 'begun')::int - count(*) filter (where what = 'done')::int as n from effects`,
  )
  return rows[0].n
}
