import { closeTestContext, testContext } from '../../testing/context.ts'
import { createCache } from './cache.ts'
import type { Ctx } from './context.ts'

let ctx: Ctx
beforeAll(async () => {
  ctx = await testContext()
})
afterAll(() => closeTestContext(ctx))

it('computes once, keeps for its time and forgets when told', async () => {
  let computed = 0
  const compute = async () => ({ value: ++computed })
  expect(await ctx.cache.fetch('a', 60, compute)).toEqual({ value: 1 })
  expect(await ctx.cache.fetch('a', 60, compute)).toEqual({ value: 1 })
  expect(await ctx.redis.ttl(`${ctx.config.redis.prefix}cache:a`)).toBeGreaterThan(50)
  await ctx.cache.delete('a')
  expect(await ctx.cache.fetch('a', 60, compute)).toEqual({ value: 2 })
})

it('computes once for all who ask at the same time', async () => {
  let computed = 0
  const compute = async () => {
    await new Promise((resolve) => setTimeout(resolve, 20))
    return ++computed
  }
  const values = await Promise.all(Array.from({ length: 10 }, () => ctx.cache.fetch('b', 60, compute)))
  expect([computed, new Set(values).size]).toEqual([1, 1])
})

it('keeps null, and nothing of what failed', async () => {
  const failing = async () => {
    throw new Error('no')
  }
  await expect(ctx.cache.fetch('c', 60, failing)).rejects.toThrow('no')
  expect(await ctx.cache.fetch('c', 60, async () => null)).toBeNull()
  expect(await ctx.cache.fetch('c', 60, async () => 'other')).toBeNull()
})

it('computes while Redis is away', async () => {
  const redis = ctx.redis.duplicate({ lazyConnect: true, enableOfflineQueue: false })
  const cache = createCache(ctx.config, redis, ctx.log)
  expect(await cache.fetch('d', 60, async () => 1)).toBe(1)
  await cache.delete('d')
  redis.disconnect()
})
