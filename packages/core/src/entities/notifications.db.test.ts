import { factories } from '@anancus/db/testing/make'
import { type Cast, castOf } from '../../testing/cast.ts'
import { closeTestContext, type TestContext, testContext } from '../../testing/context.ts'
import { renderNotifications } from './index.ts'

let ctx: TestContext
let make: ReturnType<typeof factories>
let cast: Cast

beforeAll(async () => {
  ctx = await testContext()
  make = factories(ctx.db)
  cast = await castOf(ctx)
})
afterAll(() => closeTestContext(ctx))

type Values = Pick<Parameters<typeof make.notification>[0], 'activity' | 'type'> &
  Partial<Parameters<typeof make.notification>[0]>

async function show(values: Values) {
  const row = await make.notification({ account: cast.alice.account, from: cast.carol, ...values })
  const [json] = await renderNotifications(ctx, cast.alice, [row])
  return { row, json }
}

describe('renderNotifications', () => {
  it('shows a favourite with the status as the viewer sees it', async () => {
    const status = await make.status({ account: cast.alice.account })
    const activity = await make.favourite({ account: cast.carol, status })
    const { row, json } = await show({ type: 'favourite', activity, group_key: 'favourite-1-2' })
    expect(json).toEqual({
      id: row.id,
      type: 'favourite',
      created_at: row.created_at.toISOString(),
      group_key: 'favourite-1-2',
      account: expect.objectContaining({ acct: 'carol@mastodon.example' }),
      status: expect.objectContaining({ id: status.id, favourited: false, pinned: false }),
    })
  })

  it('finds the status behind each type of activity', async () => {
    const status = await make.status({ account: cast.alice.account })
    const wrapper = await make.status({ account: cast.carol, reblogOf: status })
    const mentioning = await make.status({ account: cast.carol, mentions: [cast.alice.account] })
    const mention = await ctx.db('mentions').where({ status_id: mentioning.id }).first()
    const asking = await make.status({ account: cast.carol })
    const poll = await make.poll({ status: asking })
    const quoting = await make.status({ account: cast.carol, quoteOf: status })
    const quote = await ctx.db('quotes').where({ status_id: quoting.id }).first()
    const expected = [
      ['reblog', wrapper, status.id],
      ['mention', mention, mentioning.id],
      ['poll', poll, asking.id],
      ['quote', quote, quoting.id],
      ['status', mentioning, mentioning.id],
      ['update', mentioning, mentioning.id],
      ['quoted_update', status, status.id],
    ] as const
    for (const [type, activity, id] of expected)
      expect((await show({ type, activity })).json).toMatchObject({ type, status: { id, reblog: null } })
  })

  it('has no status where none belongs, and null where it is gone', async () => {
    const follow = await make.follow({ account: cast.carol, target: cast.alice.account })
    const { json, row } = await show({ type: 'follow', activity: follow })
    expect(json).not.toHaveProperty('status')
    expect(json?.group_key).toBe(`ungrouped-${row.id}`)
    const gone = await make.status({ deleted_at: new Date() })
    expect((await show({ type: 'status', activity: gone })).json).toMatchObject({ status: null })
  })

  it('marks what the policy holds back', async () => {
    const follow = { id: '1' }
    expect((await show({ type: 'follow', activity: follow, filtered: true })).json).toMatchObject({
      filtered: true,
    })
    expect((await show({ type: 'follow', activity: follow })).json).not.toHaveProperty('filtered')
  })

  it('reads the type of an old row from its activity', async () => {
    const { json } = await show({ type: 'follow', activity: { id: '1' } })
    const row = await make.notification({
      account: cast.alice.account,
      from: cast.carol,
      type: 'follow',
      activity: { id: '2' },
    })
    const [old] = await renderNotifications(ctx, cast.alice, [{ ...row, type: null }])
    expect(old?.type).toBe(json?.type)
  })

  it('keeps the order and leaves out those of accounts that are gone', async () => {
    const one = await make.notification({
      account: cast.alice.account,
      from: cast.carol,
      type: 'follow',
      activity: { id: '1' },
    })
    const two = await make.notification({
      account: cast.alice.account,
      from: cast.dan,
      type: 'follow',
      activity: { id: '2' },
    })
    const lost = { ...one, id: '404', from_account_id: '404' }
    const json = await renderNotifications(ctx, cast.alice, [two, lost, one])
    expect(json.map((notification) => notification.id)).toEqual([two.id, one.id])
  })
})
