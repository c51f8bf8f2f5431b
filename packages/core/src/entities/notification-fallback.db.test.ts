import type { NotificationRow } from '@anancus/db'
import { factories } from '@anancus/db/testing/make'
import { type Cast, castOf } from '../../testing/cast.ts'
import { closeTestContext, type TestContext, testContext } from '../../testing/context.ts'
import { renderGroupedNotifications, renderNotifications } from './index.ts'

let ctx: TestContext
let make: ReturnType<typeof factories>
let cast: Cast
let signUp: NotificationRow
let mention: NotificationRow

beforeAll(async () => {
  ctx = await testContext()
  make = factories(ctx.db)
  cast = await castOf(ctx)
  const { account } = await make.viewer({ account: { display_name: '<b>New' } })
  signUp = await make.notification({
    account: cast.ada.account,
    from: account,
    type: 'admin.sign_up',
    activity: account,
  })
  const status = await make.status({ account: cast.bob.account, mentions: [cast.ada.account] })
  const activity = await ctx.db('mentions').where({ status_id: status.id }).first()
  mention = await make.notification({
    account: cast.ada.account,
    from: cast.bob.account,
    type: 'mention',
    activity,
  })
})
afterAll(() => closeTestContext(ctx))

const render = (supported?: string[]) => renderNotifications(ctx, cast.ada, [signUp, mention], supported)

describe('the fallback of a notification', () => {
  it('is there for types beyond the baseline that a client does not name', async () => {
    const [first, second] = await render(['mention'])
    expect(first?.fallback).toEqual({ title: '&lt;b&gt;New signed up', summary: null, description: null })
    expect(second).not.toHaveProperty('fallback')
  })

  it('is not for clients that say nothing, or know the type', async () => {
    for (const supported of [undefined, ['admin.sign_up']])
      for (const notification of await render(supported)) expect(notification).not.toHaveProperty('fallback')
  })

  it('is left out when what it tells of is gone', async () => {
    const gone = {
      ...signUp,
      type: 'severed_relationships',
      activity_type: 'AccountRelationshipSeveranceEvent',
      activity_id: '1',
    }
    const [shown] = await renderNotifications(ctx, cast.ada, [gone], [])
    expect(shown).not.toHaveProperty('fallback')
    const reportGone = { ...signUp, type: 'admin.report', activity_type: 'Report', activity_id: '1' }
    expect((await renderNotifications(ctx, cast.ada, [reportGone], []))[0]).not.toHaveProperty('fallback')
  })

  it('says what a hidden server cost, and links to it', async () => {
    const [event] = await ctx
      .db('relationship_severance_events')
      .insert({ type: 0, target_name: 'bad.test', purged: false })
      .returning('*')
    const [own] = await ctx
      .db('account_relationship_severance_events')
      .insert({
        account_id: cast.ada.account.id,
        relationship_severance_event_id: event.id,
        followers_count: 2,
        following_count: 1,
      })
      .returning('*')
    const row = {
      ...signUp,
      type: 'severed_relationships',
      activity_type: 'AccountRelationshipSeveranceEvent',
      activity_id: own.id,
    }
    const [shown] = await renderNotifications(ctx, cast.ada, [row], [])
    expect(shown?.fallback?.title).toContain('bad.test')
    expect(shown?.fallback?.summary).toContain('href="https://social.test/severed_relationships"')
  })

  it('is in groups too', async () => {
    const group = {
      row: signUp,
      groupKey: 'x',
      count: 1,
      mostRecentId: signUp.id,
      sampleAccountIds: [],
      page: null,
    }
    const options = { hasPartialAccounts: false, supportedTypes: [] }
    const { notification_groups: groups } = await renderGroupedNotifications(ctx, cast.ada, [group], options)
    expect(groups[0]?.fallback?.title).toContain('signed up')
  })
})
