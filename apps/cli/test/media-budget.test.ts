import { closeTestContext, type TestContext, testContext } from '@anancus/core/testing/context'
import { countThere, fillCache, storedBytes } from '@anancus/core/testing/full-cache'
import { resetDatabase } from '@anancus/core/testing/reset'
import { run } from './support/run.ts'

const KB = 1024

let ctx: TestContext
beforeAll(async () => {
  ctx = await testContext({ env: { MEDIA_CACHE_BUDGET: '14KB' } })
})
beforeEach(() => resetDatabase(ctx))
afterAll(() => closeTestContext(ctx))

describe('tootctl media budget', () => {
  it('says how full the cache is and what would go next, and removes nothing by that', async () => {
    await fillCache(ctx, 1, KB)
    const { exitCode, said } = await run(ctx, 'media budget')
    expect(exitCode).toBe(0)
    const text = said.join('\n')
    expect(text).toContain('12 KB of 14 KB')
    expect(text).toMatch(/^Attachments +6 +6 KB$/m)
    expect(text).toMatch(/^Custom emoji +1 KB +\d{4}-\d\d-\d\d +:emoji0: far\.example$/m)
    expect(await storedBytes(ctx)).toBe(12 * KB)
  })

  it('--run brings it under the budget first', async () => {
    const full = await fillCache(ctx, 2, KB)
    const { said } = await run(ctx, 'media budget --run')
    expect(said[0]).toBe('14 KB of 14 KB')
    expect(said.join('\n')).toMatch(/24 KB → 14 KB +.*Attachments 2/)
    expect(await countThere(ctx, full.kept)).toBe(14)
    expect(await countThere(ctx, full.local)).toBe(2)
  })

  it('--recount makes the books anew', async () => {
    await fillCache(ctx, 1, KB)
    await ctx.db('media_cache_files').delete()
    expect((await run(ctx, 'media budget')).said[0]).toBe('0 Bytes of 14 KB')
    expect((await run(ctx, 'media budget --recount')).said[0]).toBe('12 KB of 14 KB')
  })
})
