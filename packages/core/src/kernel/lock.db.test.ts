import { closeTestContext, testContext } from '../../testing/context.ts'
import type { Ctx } from './context.ts'
import { RaceError } from './errors.ts'
import { withLock } from './lock.ts'

let ctx: Ctx
beforeAll(async () => {
  ctx = await testContext()
})
afterAll(() => closeTestContext(ctx))

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

it('lets one in at a time and turns the others away', async () => {
  const first = withLock(ctx, 'a', 5_000, async () => {
    await pause(50)
    return 'done'
  })
  await pause(10)
  await expect(withLock(ctx, 'a', 5_000, async () => 'too')).rejects.toThrow(RaceError)
  expect(await first).toBe('done')
  expect(await withLock(ctx, 'a', 5_000, async () => 'next')).toBe('next')
})

it('can be waited for', async () => {
  const order: string[] = []
  await Promise.all([
    withLock(ctx, 'b', 5_000, async () => {
      await pause(60)
      order.push('first')
    }),
    pause(10).then(() => withLock(ctx, 'b', 5_000, async () => order.push('second'), { waitMs: 1_000 })),
  ])
  expect(order).toEqual(['first', 'second'])
})

it('is freed by an error, runs out by itself, and is never freed by another', async () => {
  const failing = withLock(ctx, 'c', 5_000, async () => {
    throw new Error('no')
  })
  await expect(failing).rejects.toThrow('no')
  const slow = withLock(ctx, 'c', 30, () => pause(100))
  await pause(50)
  await withLock(ctx, 'c', 5_000, async () => {
    await slow
    await expect(withLock(ctx, 'c', 5_000, async () => {})).rejects.toThrow(RaceError)
  })
})

it('holds nobody up while Redis is away', async () => {
  const redis = ctx.redis.duplicate({ lazyConnect: true, enableOfflineQueue: false })
  expect(await withLock({ ...ctx, redis }, 'd', 1_000, async () => 'done')).toBe('done')
  redis.disconnect()
})
