import { factories } from '@anancus/db/testing/make'
import { type Cast, castOf } from '../../../testing/cast.ts'
import { closeTestContext, testContext } from '../../../testing/context.ts'
import { resetDatabase } from '../../../testing/reset.ts'
import { sentActivities } from '../../../testing/sent-activities.ts'
import type { Ctx } from '../../kernel/context.ts'
import { pinStatus, unpinStatus } from './index.ts'

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

it('tells the followers, and nobody of what was not pinned', async () => {
  await make.follow({ account: cast.carol, target: cast.alice.account })
  const status = await make.status({ account: cast.alice.account })
  await unpinStatus(ctx, cast.alice.account, status)
  await pinStatus(ctx, cast.alice.account, status)
  await unpinStatus(ctx, cast.alice.account, status)
  const sent = await sentActivities(ctx)
  expect(sent.map(({ activity }) => activity.type)).toEqual(['Add', 'Remove'])
  expect(sent[0]?.activity).toMatchObject({
    actor: expect.stringContaining('https://social.test/'),
    target: expect.stringMatching(/\/collections\/featured$/),
    object: expect.stringMatching(new RegExp(`/statuses/${status.id}$`)),
  })
})

it('of many at the same time lets five through', async () => {
  const statuses = await Promise.all(
    Array.from({ length: 8 }, () => make.status({ account: cast.alice.account })),
  )
  await Promise.allSettled(statuses.map((status) => pinStatus(ctx, cast.alice.account, status)))
  expect(await ctx.db('status_pins')).toHaveLength(5)
})

it('what is deleted frees its place', async () => {
  const statuses = await Promise.all(
    Array.from({ length: 6 }, () => make.status({ account: cast.alice.account })),
  )
  for (const status of statuses.slice(0, 5)) await pinStatus(ctx, cast.alice.account, status)
  await ctx.db('statuses').where({ id: statuses[0]?.id }).update({ deleted_at: new Date() })
  await pinStatus(ctx, cast.alice.account, statuses[5] as (typeof statuses)[number])
  expect(await ctx.db('status_pins')).toHaveLength(6)
})
