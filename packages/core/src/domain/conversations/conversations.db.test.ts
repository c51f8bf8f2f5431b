import type { AccountRow, StatusRow } from '@anancus/db'
import { factories } from '@anancus/db/testing/make'
import { type Cast, castOf } from '../../../testing/cast.ts'
import { closeTestContext, testContext } from '../../../testing/context.ts'
import { drainQueues, registerHandlers } from '../../../testing/drain-queues.ts'
import { allHandlers } from '../../../testing/handlers.ts'
import { resetDatabase } from '../../../testing/reset.ts'
import type { Ctx } from '../../kernel/context.ts'
import { redisKey } from '../../kernel/redis-keys.ts'
import { directChannel, subscribedKey } from '../../streaming/index.ts'
import { acceptNotificationRequests, listNotificationRequests } from '../notifications/index.ts'
import { distributeStatus, editStatus, publishStatus, removeStatus } from '../statuses/index.ts'
import { deleteConversation, markConversation, muteConversation } from './index.ts'

let ctx: Ctx
let cast: Cast
let make: ReturnType<typeof factories>
let alice: AccountRow
let bob: AccountRow

beforeAll(async () => {
  ctx = await testContext()
  registerHandlers(allHandlers)
})
beforeEach(async () => {
  await resetDatabase(ctx)
  cast = await castOf(ctx)
  make = factories(ctx.db)
  alice = cast.alice.account
  bob = cast.bob.account
  // Who is followed may write at once.
  await make.follow({ account: alice, target: bob })
  await make.follow({ account: bob, target: alice })
})
afterAll(() => closeTestContext(ctx))

const IGNORED = { ignore: ['federation.deliver'] }
async function say(author: AccountRow, text: string, inReplyTo?: StatusRow): Promise<StatusRow> {
  const params = { status: text, visibility: 'direct', inReplyToId: inReplyTo?.id }
  const status = await publishStatus(ctx, author, params)
  await drainQueues(ctx, IGNORED)
  return status
}
const rowOf = (account: AccountRow) =>
  ctx.db('account_conversations').where({ account_id: account.id }).first()
const count = async () => (await ctx.db('account_conversations')).length

it('a direct status comes into the conversations of both sides, unread for the reader', async () => {
  const first = await say(alice, '@bob hello')
  expect(await rowOf(alice)).toMatchObject({
    conversation_id: first.conversation_id,
    participant_account_ids: [bob.id],
    status_ids: [first.id],
    last_status_id: first.id,
    unread: false,
  })
  expect(await rowOf(bob)).toMatchObject({
    participant_account_ids: [alice.id],
    last_status_id: first.id,
    unread: true,
  })
  const second = await say(bob, '@alice hi', first)
  for (const account of [alice, bob])
    expect(await rowOf(account)).toMatchObject({
      status_ids: [first.id, second.id],
      last_status_id: second.id,
      unread: account === alice,
    })
})

it('running again changes nothing, not even what was read meanwhile', async () => {
  const status = await say(alice, '@bob hello')
  await markConversation(ctx, cast.bob, (await rowOf(bob)).id, false)
  await distributeStatus(ctx, { statusId: status.id, kind: 'create' })
  await drainQueues(ctx, IGNORED)
  expect(await rowOf(bob)).toMatchObject({ status_ids: [status.id], unread: false })
  expect(await count()).toBe(2)
})

it('other participants are another conversation; one with oneself has none', async () => {
  const status = await say(alice, '@bob hello')
  await say(alice, '@bob @eve hello', status)
  expect(await ctx.db('account_conversations').where({ account_id: alice.id })).toHaveLength(2)
  await say(alice, 'a note to myself')
  const alone = await ctx.db('account_conversations').where({ participant_account_ids: '{}' })
  expect(alone).toEqual([expect.objectContaining({ account_id: alice.id, unread: false })])
})

it('nothing that is no direct status, and no edit, makes a conversation', async () => {
  await publishStatus(ctx, alice, { status: '@bob hello' })
  await publishStatus(ctx, alice, { status: '@bob hello', visibility: 'private' })
  await drainQueues(ctx, IGNORED)
  expect(await count()).toBe(0)
  const status = await say(alice, '@bob hello')
  await deleteConversation(ctx, cast.alice, (await rowOf(alice)).id)
  await editStatus(ctx, alice, status, { status: '@bob changed' })
  await drainQueues(ctx, IGNORED)
  expect(await rowOf(alice)).toBeUndefined()
})

it.each([
  ['blocks the author', () => make.block({ account: bob, target: alice })],
  ['mutes the author', () => make.mute({ account: bob, target: alice })],
])('a reader who %s gets none', async (_name, hide) => {
  await hide()
  const status = await make.status({ account: alice, visibility: 'direct', mentions: [bob] })
  await distributeStatus(ctx, { statusId: status.id, kind: 'create' })
  await drainQueues(ctx, IGNORED)
  expect([await rowOf(alice), await rowOf(bob)]).toEqual([expect.anything(), undefined])
})

it('a muted conversation stays as it was for who muted it', async () => {
  const first = await say(alice, '@bob hello')
  await muteConversation(ctx, bob, first)
  await markConversation(ctx, cast.bob, (await rowOf(bob)).id, false)
  await say(alice, '@bob more', first)
  expect(await rowOf(bob)).toMatchObject({ last_status_id: first.id, unread: false })
})

it('what the policy of a reader puts aside comes into a conversation when it is accepted', async () => {
  const eve = cast.eve
  const status = await make.status({ account: alice, visibility: 'direct', mentions: [eve.account] })
  await distributeStatus(ctx, { statusId: status.id, kind: 'create' })
  await drainQueues(ctx, IGNORED)
  expect(await rowOf(eve.account)).toBeUndefined()
  const [request] = await listNotificationRequests(ctx, eve, { limit: 1 })
  await acceptNotificationRequests(ctx, eve, [request?.id ?? ''])
  await drainQueues(ctx, IGNORED)
  expect(await rowOf(eve.account)).toMatchObject({ last_status_id: status.id, unread: true })
})

it('a deleted status leaves the conversations, and takes those with it in which nothing is left', async () => {
  const first = await say(alice, '@bob hello')
  const second = await say(bob, '@alice hi', first)
  await removeStatus(ctx, second)
  await drainQueues(ctx, IGNORED)
  expect(await rowOf(alice)).toMatchObject({ status_ids: [first.id], last_status_id: first.id })
  await removeStatus(ctx, first)
  await drainQueues(ctx, IGNORED)
  expect(await count()).toBe(0)
})

it('open direct streams of both sides see it, and those of nobody else', async () => {
  const heard: [string, { event: string; payload: { unread: boolean; last_status: { id: string } } }][] = []
  const listener = ctx.redis.duplicate({ enableOfflineQueue: true })
  const channels = [alice, bob, cast.eve.account].map((account) => directChannel(account.id))
  for (const channel of channels) await ctx.redis.set(redisKey(ctx, subscribedKey(channel)), '1', 'EX', 60)
  await listener.subscribe(...channels.map((channel) => redisKey(ctx, channel)))
  listener.on('message', (channel: string, text: string) => heard.push([channel, JSON.parse(text)]))
  const status = await say(alice, '@bob hello')
  await markConversation(ctx, cast.bob, (await rowOf(bob)).id, false)
  await new Promise((resolve) => setTimeout(resolve, 100))
  listener.disconnect()
  expect(
    heard.map(([channel, { event, payload }]) => [channel, event, payload.unread, payload.last_status.id]),
  ).toEqual([
    [redisKey(ctx, directChannel(alice.id)), 'conversation', false, status.id],
    [redisKey(ctx, directChannel(bob.id)), 'conversation', true, status.id],
    [redisKey(ctx, directChannel(bob.id)), 'conversation', false, status.id],
  ])
})
