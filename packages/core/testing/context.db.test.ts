import { defineJob, pushToFeedsJob, quick, updateActorJob } from '../src/jobs/index.ts'
import type { Ctx } from '../src/kernel/context.ts'
import { enqueue, enqueueMany } from '../src/kernel/enqueue.ts'
import { transaction } from '../src/kernel/transaction.ts'
import { closeTestContext, testContext } from './context.ts'
import { countStatements } from './count-statements.ts'
import { drainQueues, peekQueues, registerHandlers } from './drain-queues.ts'
import { resetDatabase } from './reset.ts'

let ctx: Ctx
beforeAll(async () => {
  ctx = await testContext()
})
afterAll(() => closeTestContext(ctx))
beforeEach(() => resetDatabase(ctx))

const outbox = async () => (await ctx.db.raw('select * from job_outbox order by id')).rows

const job = (n: number) => ({ statusId: String(n), afterFollowId: '0', kind: 'create' as const })

describe('enqueue', () => {
  it('writes durable jobs into the outbox by one statement and hands them to the queue in order', async () => {
    const { count } = await countStatements(() => enqueueMany(ctx, pushToFeedsJob, [job(1), job(2), job(3)]))
    expect(count).toBe(1)
    expect((await outbox()).map((row: { payload: unknown }) => row.payload)).toEqual([job(1), job(2), job(3)])
    const seen: unknown[] = []
    registerHandlers({ [pushToFeedsJob.name]: async (_, payload) => seen.push(payload) })
    await drainQueues(ctx)
    expect(seen).toEqual([job(1), job(2), job(3)])
    expect(await outbox()).toEqual([])
  })

  it('holds jobs until the commit and drops them with the rollback', async () => {
    await transaction(ctx, async (tx) => {
      await enqueue(tx, pushToFeedsJob, job(1))
      expect(await peekQueues(ctx)).toEqual([])
    })
    expect(await peekQueues(ctx)).toHaveLength(1)
    await expect(
      transaction(ctx, async (tx) => {
        await enqueue(tx, pushToFeedsJob, job(2))
        throw new Error('no')
      }),
    ).rejects.toThrow('no')
    expect(await peekQueues(ctx)).toHaveLength(1)
    expect(await outbox()).toHaveLength(1)
  })

  it('keeps the first of two durable jobs with one id', async () => {
    await enqueue(ctx, updateActorJob, { accountId: '1' }, { jobId: '1', delayMs: 60_000 })
    await enqueue(ctx, updateActorJob, { accountId: '1' }, { jobId: '1' })
    await enqueue(ctx, updateActorJob, { accountId: '2' }, { jobId: '2' })
    expect(await outbox()).toHaveLength(2)
    expect(await peekQueues(ctx)).toHaveLength(2)
  })

  it('keeps the first of two passing jobs with one id', async () => {
    const passing = defineJob<{ n: number }>({
      name: 'x.y',
      queue: 'pull',
      attempts: 1,
      backoff: quick,
      what: '',
    })
    await enqueue(ctx, passing, { n: 1 }, { jobId: 'a' })
    await enqueue(ctx, passing, { n: 2 }, { jobId: 'a' })
    expect(await peekQueues(ctx)).toEqual([{ name: 'x.y', payload: { n: 1 } }])
    expect(await outbox()).toEqual([])
  })
})
