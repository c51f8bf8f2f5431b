import type { ScheduledStatusRow } from '@anancus/db'
import { factories } from '@anancus/db/testing/make'
import { type Cast, castOf } from '../../../testing/cast.ts'
import { closeTestContext, testContext } from '../../../testing/context.ts'
import { peekQueues } from '../../../testing/drain-queues.ts'
import { resetDatabase } from '../../../testing/reset.ts'
import { fixedClock, type SettableClock } from '../../kernel/clock.ts'
import type { Ctx } from '../../kernel/context.ts'
import { publishOnce, publishScheduled, type StatusParams } from './index.ts'

const START = new Date('2026-01-01T00:00:00Z')
const DUE = new Date('2026-01-01T01:00:00Z')

let ctx: Ctx
let clock: SettableClock
let cast: Cast
let make: ReturnType<typeof factories>

beforeAll(async () => {
  clock = fixedClock(START)
  ctx = await testContext({ clock })
})
beforeEach(async () => {
  await resetDatabase(ctx)
  clock.set(START)
  cast = await castOf(ctx)
  make = factories(ctx.db)
})
afterAll(() => closeTestContext(ctx))

async function schedule(params: StatusParams = {}): Promise<ScheduledStatusRow> {
  const options = { scheduledAt: DUE.toISOString() }
  const { scheduled } = await publishOnce(ctx, cast.alice.account, { status: 'later', ...params }, options)
  return scheduled as ScheduledStatusRow
}
const left = async () => (await ctx.db('scheduled_statuses')).length

it('publishes what is due with all that was sent, and nothing before', async () => {
  const media = [
    await make.media({ account: cast.alice.account }),
    await make.media({ account: cast.alice.account }),
  ]
  const mediaIds = media.map(({ id }) => id).reverse()
  const parent = await make.status({ account: cast.bob.account })
  const application = await make.application()
  await publishOnce(
    ctx,
    cast.alice.account,
    {
      status: 'hello @bob #birds',
      mediaIds,
      inReplyToId: parent.id,
      spoilerText: 'careful',
      visibility: 'unlisted',
      language: 'de',
      poll: { options: ['a', 'b'], expiresIn: '600' },
    },
    { scheduledAt: DUE.toISOString(), applicationId: application.id },
  )
  expect(await publishScheduled(ctx)).toBe(0)
  expect(await ctx.db('statuses')).toHaveLength(1)
  clock.set(DUE)
  expect(await publishScheduled(ctx)).toBe(1)
  const status = await ctx.db('statuses').where({ account_id: cast.alice.account.id }).first()
  expect(status).toMatchObject({
    text: 'hello @bob #birds',
    in_reply_to_id: parent.id,
    spoiler_text: 'careful',
    sensitive: true,
    visibility: 1,
    language: 'de',
    ordered_media_attachment_ids: mediaIds,
    application_id: application.id,
    created_at: DUE,
  })
  expect(await ctx.db('media_attachments').where({ status_id: status.id })).toHaveLength(2)
  expect(await ctx.db('mentions').where({ status_id: status.id })).toHaveLength(1)
  // Its time runs from when it is published.
  expect((await ctx.db('polls').first()).expires_at).toEqual(new Date(DUE.getTime() + 600_000))
  expect((await peekQueues(ctx)).map(({ name }) => name)).toContain('statuses.distribute')
  expect(await left()).toBe(0)
})

it('publishes exactly once, however many workers run', async () => {
  for (let index = 0; index < 5; index++) await schedule({ status: `later ${index}` })
  clock.set(DUE)
  const counts = await Promise.all(Array.from({ length: 4 }, () => publishScheduled(ctx)))
  expect(counts.reduce((sum, count) => sum + count)).toBe(5)
  const texts = await ctx.db('statuses').orderBy('text').pluck('text')
  expect(texts).toEqual([0, 1, 2, 3, 4].map((index) => `later ${index}`))
})

it('goes on when one fails, and tries it again the next time', async () => {
  const first = await schedule({ status: 'first' })
  await schedule({ status: 'second' })
  clock.set(DUE)
  const { params } = await ctx.db('scheduled_statuses').where({ id: first.id }).first()
  const setParams = (value: string | null) =>
    ctx.db('scheduled_statuses').where({ id: first.id }).update({ params: value })
  await setParams(null)
  expect(await publishScheduled(ctx)).toBe(1)
  expect(await left()).toBe(1)
  await setParams(JSON.stringify(params))
  expect(await publishScheduled(ctx)).toBe(1)
  expect(await ctx.db('statuses').orderBy('id').pluck('text')).toEqual(['second', 'first'])
})

it('says what answered something that is gone, and gives up what nobody could publish', async () => {
  const parent = await make.status({ account: cast.bob.account })
  await schedule({ inReplyToId: parent.id })
  const media = await make.media({ account: cast.alice.account })
  await schedule({ status: '', mediaIds: [media.id] })
  await ctx.db('statuses').where({ id: parent.id }).update({ deleted_at: DUE })
  await ctx.db('media_attachments').del()
  clock.set(DUE)
  expect(await publishScheduled(ctx)).toBe(1)
  expect(await ctx.db('statuses').where({ account_id: cast.alice.account.id })).toEqual([
    expect.objectContaining({ text: 'later', in_reply_to_id: null }),
  ])
  expect(await left()).toBe(0)
})

it.each([
  ['suspended', () => ctx.db('accounts').where({ id: cast.alice.account.id }).update({ suspended_at: DUE })],
  ['frozen', () => ctx.db('users').where({ id: cast.alice.user.id }).update({ disabled: true })],
])('SEC-AUTH-26 publishes nothing of who is %s', async (_name, stop) => {
  await schedule()
  await stop()
  clock.set(DUE)
  expect(await publishScheduled(ctx)).toBe(0)
  expect([await ctx.db('statuses'), await left()]).toEqual([[], 0])
})
