import { type Factories, factories } from '@anancus/db/testing/make'
import { closeTestContext, type TestContext, testContext } from '../../../testing/context.ts'
import { searchAccounts } from './search-accounts.ts'
import { searchTags } from './search-tags.ts'

let ctx: TestContext
let make: Factories

beforeAll(async () => {
  ctx = await testContext()
  make = factories(ctx.db)
})
afterAll(() => closeTestContext(ctx))

describe('a search that finds nothing', () => {
  it.each([
    ['gargorn', true],
    ['gargon@far.example', true],
    ['gron', true],
    ['GRON', true],
    ['gr', false],
    ['marmot', false],
  ])('of accounts for %s takes names that are like it: %s', async (q, isFound) => {
    const account = await make.remoteAccount({ username: 'Gargron', domain: 'near.example' })
    const suspended = await make.remoteAccount({ username: 'Gargrot', suspended_at: new Date() })
    expect(await searchAccounts(ctx, null, { q, limit: 10 })).toEqual(isFound ? [account.id] : [])
    await ctx.db('accounts').whereIn('id', [account.id, suspended.id]).delete()
  })

  it('of tags takes names that are like it', async () => {
    const options = { isReviewedOnly: false, limit: 10, offset: 0 }
    const names = async (text: string, change = {}) =>
      (await searchTags(ctx, null, text, { ...options, ...change })).map(({ tag }) => tag.name)
    await make.tag({ name: 'caturday' })
    await make.tag({ name: 'hidden_turday', listable: false })
    expect(await names('turday')).toEqual(['caturday'])
    expect(await names('#catruday')).toEqual(['caturday'])
    expect(await names('turday', { isReviewedOnly: true })).toEqual([])
    expect(await names('bird')).toEqual([])
  })
})
