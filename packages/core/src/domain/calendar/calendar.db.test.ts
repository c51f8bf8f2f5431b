import { type Factories, factories } from '@anancus/db/testing/make'
import { closeTestContext, type TestContext, testContext } from '../../../testing/context.ts'
import { isTimeToErase, isTimeToPublish } from './index.ts'

let ctx: TestContext
let make: Factories

beforeAll(async () => {
  ctx = await testContext()
  make = factories(ctx.db)
})
afterAll(() => closeTestContext(ctx))

const DAY_MS = 86_400_000
const days = (count: number) => new Date(Date.now() + count * DAY_MS)

describe('isTimeToPublish', () => {
  it('says when a status is due, not before', async () => {
    expect(await isTimeToPublish(ctx)).toBe(false)
    const row = { account_id: (await make.account()).id, params: {} }
    const [{ id }] = await ctx
      .db('scheduled_statuses')
      .insert({ ...row, scheduled_at: days(1) })
      .returning('id')
    expect(await isTimeToPublish(ctx)).toBe(false)
    await ctx
      .db('scheduled_statuses')
      .where({ id })
      .update({ scheduled_at: days(-1) })
    expect(await isTimeToPublish(ctx)).toBe(true)
    await ctx.db('scheduled_statuses').where({ id }).delete()
  })

  it.each([
    ['begins', { published: false, scheduled_at: days(-1) }],
    ['ends', { published: true, ends_at: days(-1) }],
  ])('says when an announcement %s', async (_what, change) => {
    const [{ id }] = await ctx
      .db('announcements')
      .insert({ text: 'tea', ...change })
      .returning('id')
    expect(await isTimeToPublish(ctx)).toBe(true)
    await ctx.db('announcements').where({ id }).delete()
    expect(await isTimeToPublish(ctx)).toBe(false)
  })
})

describe('isTimeToErase', () => {
  it('says when an account has been suspended for thirty days', async () => {
    const account = await make.account({ suspended_at: days(-31) })
    expect(await isTimeToErase(ctx)).toBe(false)
    await ctx.db('account_deletion_requests').insert({ account_id: account.id, created_at: days(-29) })
    await ctx
      .db('accounts')
      .where({ id: account.id })
      .update({ suspended_at: days(-29) })
    expect(await isTimeToErase(ctx)).toBe(false)
    await ctx.db('account_deletion_requests').update({ created_at: days(-31) })
    await ctx
      .db('accounts')
      .where({ id: account.id })
      .update({ suspended_at: days(-31) })
    expect(await isTimeToErase(ctx)).toBe(true)
  })
})
