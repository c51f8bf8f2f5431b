import { factories } from '@anancus/db/testing/make'
import { closeTestContext, testContext } from '../../../testing/context.ts'
import { resetDatabase } from '../../../testing/reset.ts'
import type { Ctx } from '../../kernel/context.ts'
import { isFlood } from './flood-guard.ts'

let ctx: Ctx

beforeAll(async () => {
  ctx = await testContext()
})
beforeEach(() => resetDatabase(ctx))
afterAll(() => closeTestContext(ctx))

const ask = async (hosts: readonly string[], at: Ctx = ctx) => {
  const floods: boolean[] = []
  for (const host of hosts) floods.push(await isFlood(at, host))
  return floods
}
const wildcard = Array.from({ length: 12 }, (_, n) => `h${n}.wild.example`)

it('SEC-DOS-10 of a domain that makes up hosts ten a minute are met, however deep they lie', async () => {
  expect(await ask(wildcard)).toEqual([...Array(10).fill(false), true, true])
  expect(await ask(['a.b.c.wild.example', 'other.example'])).toEqual([true, false])
  const later = { ...ctx, clock: { now: () => new Date(Date.now() + 60_000) } }
  expect(await ask(['h20.wild.example'], later)).toEqual([false])
})

it('hosts we know, and one that is asked for again, are no flood', async () => {
  await factories(ctx.db).remoteAccount({ domain: 'h11.wild.example' })
  expect(await ask([...wildcard.slice(0, 10), 'h3.wild.example', 'h11.wild.example'])).toEqual(
    Array(12).fill(false),
  )
})

it('SEC-DOS-08 what it remembers expires', async () => {
  await ask(wildcard)
  const keys = await ctx.redis.keys(`${ctx.config.redis.prefix}*new_hosts*`)
  expect(keys).toHaveLength(1)
  expect(await ctx.redis.ttl(keys[0] ?? '')).toBeGreaterThan(0)
})
