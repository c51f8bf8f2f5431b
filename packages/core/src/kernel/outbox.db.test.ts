import { closeTestContext, testContext } from '../../testing/context.ts'
import { countStatements } from '../../testing/count-statements.ts'
import { drainQueues, peekQueues, registerHandlers } from '../../testing/drain-queues.ts'
import { resetDatabase } from '../../testing/reset.ts'
import { buildFeedJob, jobNamed, pushToFeedsJob } from '../jobs/index.ts'
import type { Ctx } from './context.ts'
import { enqueue, enqueueMany } from './enqueue.ts'
import { OutboxSweeper } from './outbox.ts'
import { transaction } from './transaction.ts'

let ctx: Ctx
/** The same without a Redis. */
let cut: Ctx
const ran: unknown[] = []

beforeAll(async () => {
  ctx = await testContext()
  const redis = ctx.redis.duplicate({ lazyConnect: true })
  cut = { ...ctx, redis }
  registerHandlers({
    [pushToFeedsJob.name]: async (_, payload) => ran.push(payload),
    [buildFeedJob.name]: async (_, payload) => ran.push(payload),
  })
})
afterAll(() => closeTestContext(ctx))
beforeEach(async () => {
  await resetDatabase(ctx)
  ran.length = 0
  await sweep() // The epoch is known from here on.
})

const job = (n: number) => ({ statusId: String(n), afterFollowId: '0', kind: 'create' as const })
const sweep = () => new OutboxSweeper(ctx, jobNamed).sweep()
const rows = async () => (await ctx.db.raw('select * from job_outbox order by id')).rows
const queues = async () => (await ctx.redis.keys(`${ctx.config.redis.prefix}bull*`)) as string[]

describe('R-42: Redis takes nothing', () => {
  it('loses neither durable nor passing jobs, and is not waited for', async () => {
    const started = performance.now()
    await transaction(cut, (tx) => enqueue(tx, pushToFeedsJob, job(1)))
    await enqueue(cut, buildFeedJob, { accountId: '7' }, { jobId: '7' })
    await enqueue(cut, buildFeedJob, { accountId: '7' }, { jobId: '7' })
    expect(performance.now() - started).toBeLessThan(15_000)
    expect(await rows()).toHaveLength(2)
    expect(await peekQueues(ctx)).toEqual([])
    expect(await sweep()).toEqual({ redisWasEmpty: false, resent: 2 })
    await drainQueues(ctx)
    expect(ran).toEqual([job(1), { accountId: '7' }])
    expect(await rows()).toEqual([])
  })

  it('sends nothing of a transaction that was rolled back', async () => {
    await expect(
      transaction(cut, async (tx) => {
        await enqueue(tx, pushToFeedsJob, job(1))
        throw new Error('no')
      }),
    ).rejects.toThrow('no')
    expect((await sweep()).resent).toBe(0)
  })
})

describe('the sweep', () => {
  it('leaves alone what is on its way', async () => {
    const sweeper = new OutboxSweeper(ctx, jobNamed)
    await sweeper.sweep()
    await enqueue(cut, pushToFeedsJob, job(1))
    expect((await sweeper.sweep()).resent).toBe(0)
    await ctx.db('job_outbox').update({ created_at: new Date(Date.now() - 11_000) })
    expect((await sweeper.sweep()).resent).toBe(1)
  })

  it('adds no job twice, however often a row is sent', async () => {
    await enqueueMany(ctx, pushToFeedsJob, [job(1), job(2)])
    for (let n = 0; n < 3; n++) await sweep()
    await ctx.db('job_outbox').update({ accepted_at: null })
    await sweep()
    expect(await peekQueues(ctx)).toHaveLength(2)
  })

  it('R-01 sends everything again after Redis lost everything, in batches, and once', async () => {
    const many = Array.from({ length: 2_500 }, (_, n) => job(n))
    await enqueueMany(ctx, pushToFeedsJob, many)
    await sweep()
    await ctx.redis.del(...(await queues()), `${ctx.config.redis.prefix}epoch`)
    expect(await peekQueues(ctx)).toEqual([])
    expect(await sweep()).toEqual({ redisWasEmpty: true, resent: 2_500 })
    expect(await sweep()).toEqual({ redisWasEmpty: false, resent: 0 })
    expect((await peekQueues(ctx)).map(({ payload }) => payload)).toEqual(many)
  })

  it('does so too when Redis came back with old data', async () => {
    await enqueue(ctx, pushToFeedsJob, job(1))
    await sweep()
    await ctx.redis.set(`${ctx.config.redis.prefix}epoch`, 'another-run:1')
    await ctx.redis.del(...(await queues()))
    expect(await sweep()).toEqual({ redisWasEmpty: true, resent: 1 })
  })

  it('R-02 finds single jobs that vanished', async () => {
    await enqueueMany(ctx, pushToFeedsJob, [job(1), job(2), job(3)])
    await sweep()
    const [, second] = await rows()
    const queue = await ctx.queues.get('default')
    await queue.remove(`outbox-${second.id}`)
    expect((await sweep()).resent).toBe(0)
    await ctx.db('job_outbox').update({ accepted_at: new Date(Date.now() - 61_000) })
    expect((await sweep()).resent).toBe(1)
    expect(await peekQueues(ctx)).toHaveLength(3)
  })

  it('keeps the time of a job that is meant for later', async () => {
    await enqueue(cut, pushToFeedsJob, job(1), { delayMs: 3_600_000 })
    await sweep()
    const queue = await ctx.queues.get('default')
    const [delayed] = await queue.getDelayed()
    expect(delayed?.opts.delay).toBeGreaterThan(3_590_000)
  })

  it('leaves jobs of another version alone', async () => {
    await ctx.db('job_outbox').insert({ name: 'from.the_future', payload: '{}' })
    expect((await sweep()).resent).toBe(0)
    expect(await rows()).toHaveLength(1)
  })

  it('works once at a time, whoever sweeps', async () => {
    await enqueueMany(
      cut,
      pushToFeedsJob,
      Array.from({ length: 50 }, (_, n) => job(n)),
    )
    const sweeps = await Promise.all([sweep(), sweep(), sweep()])
    expect(sweeps.reduce((sum, { resent }) => sum + resent, 0)).toBe(50)
    expect(await peekQueues(ctx)).toHaveLength(50)
  })

  it('takes three statements when there is nothing to do', async () => {
    const sweeper = new OutboxSweeper(ctx, jobNamed)
    await sweeper.sweep()
    const { count } = await countStatements(() => sweeper.sweep())
    expect(count).toBeLessThanOrEqual(3)
  })
})
