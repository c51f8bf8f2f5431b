import type { StatusRow } from '@anancus/db'
import { factories } from '@anancus/db/testing/make'
import { type Cast, castOf } from '../../../testing/cast.ts'
import { closeTestContext, testContext } from '../../../testing/context.ts'
import { peekQueues } from '../../../testing/drain-queues.ts'
import { resetDatabase } from '../../../testing/reset.ts'
import { sentActivities } from '../../../testing/sent-activities.ts'
import type { Ctx } from '../../kernel/context.ts'
import { distributeStatus } from './index.ts'

let ctx: Ctx
let cast: Cast
let make: ReturnType<typeof factories>

beforeAll(async () => {
  ctx = await testContext()
})
beforeEach(async () => {
  await resetDatabase(ctx)
  cast = await castOf(ctx)
  make = factories(ctx.db)
})
afterAll(() => closeTestContext(ctx))

const distribute = (status: StatusRow, kind: 'create' | 'update' = 'create') =>
  distributeStatus(ctx, { statusId: status.id, kind })

async function told(): Promise<[string, string][]> {
  const jobs = (await peekQueues(ctx)).filter((job) => job.name === 'notifications.notify')
  return jobs.map(({ payload }) => {
    const { recipientId, type } = payload as { recipientId: string; type: string }
    return [recipientId, type]
  })
}

it('goes to home feeds', async () => {
  const status = await make.status({ account: cast.alice.account })
  await distribute(status)
  expect(await peekQueues(ctx)).toEqual([
    { name: 'timelines.push_to_feeds', payload: { statusId: status.id, afterFollowId: '0', kind: 'create' } },
  ])
})

it('tells who is named, once, and followers with the bell on', async () => {
  await make.follow({ account: cast.bob.account, target: cast.alice.account, notify: true })
  await make.follow({ account: cast.eve.account, target: cast.alice.account, notify: true })
  await make.follow({ account: cast.mo.account, target: cast.alice.account })
  const status = await make.status({
    account: cast.alice.account,
    mentions: [cast.bob.account, cast.carol, cast.alice.account],
    silentMentions: [cast.ada.account],
  })
  await distribute(status)
  expect(await told()).toEqual([
    [cast.bob.account.id, 'mention'],
    [cast.eve.account.id, 'status'],
  ])
})

it('rings no bell for answers to others, reblogs and direct statuses', async () => {
  await make.follow({ account: cast.eve.account, target: cast.alice.account, notify: true })
  const root = await make.status({ account: cast.bob.account })
  await distribute(await make.status({ account: cast.alice.account, inReplyTo: root }))
  await distribute(await make.status({ account: cast.alice.account, reblogOf: root }))
  await distribute(await make.status({ account: cast.alice.account, visibility: 'direct' }))
  expect(await told()).toEqual([])
  const own = await make.status({ account: cast.alice.account })
  await distribute(await make.status({ account: cast.alice.account, inReplyTo: own }))
  expect(await told()).toEqual([[cast.eve.account.id, 'status']])
})

it('tells of an edit who is named and who has reblogged', async () => {
  await make.follow({ account: cast.eve.account, target: cast.alice.account, notify: true })
  const status = await make.status({ account: cast.alice.account, mentions: [cast.bob.account] })
  await make.status({ account: cast.mo.account, reblogOf: status })
  await distribute(status, 'update')
  expect(await told()).toEqual([
    [cast.bob.account.id, 'mention'],
    [cast.mo.account.id, 'update'],
  ])
})

it('federates what is ours: Create, Update, Announce', async () => {
  await make.follow({ account: cast.carol, target: cast.alice.account })
  const status = await make.status({ account: cast.alice.account })
  await distribute(status)
  await ctx.db('statuses').where({ id: status.id }).update({ edited_at: new Date() })
  await distribute(status, 'update')
  await distribute(await make.status({ account: cast.alice.account, reblogOf: status }))
  await distribute(await make.status({ account: cast.dan }))
  expect((await sentActivities(ctx)).map(({ activity }) => activity.type)).toEqual([
    'Create',
    'Update',
    'Announce',
  ])
})

it('a direct status goes to those it names alone, and into the conversations of its author', async () => {
  await make.follow({ account: cast.dan, target: cast.alice.account })
  const status = await make.status({
    account: cast.alice.account,
    visibility: 'direct',
    mentions: [cast.bob.account, cast.carol],
  })
  await distribute(status)
  expect((await sentActivities(ctx)).map(({ inboxUrl }) => URL.parse(inboxUrl)?.host)).toEqual([
    'mastodon.example',
  ])
  const rows = await ctx.db('account_conversations')
  expect(rows).toEqual([
    expect.objectContaining({ account_id: cast.alice.account.id, last_status_id: status.id, unread: false }),
  ])
})

it('does nothing for what is deleted or by a suspended author', async () => {
  await distribute(await make.status({ account: cast.alice.account, deleted_at: new Date() }))
  const suspended = await make.account({ suspended_at: new Date() })
  await distribute(await make.status({ account: suspended }))
  expect(await peekQueues(ctx)).toEqual([])
})
