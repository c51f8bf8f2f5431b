import { updateConversation } from '@anancus/core/domain/conversations'
import { createFilter } from '@anancus/core/domain/filters'
import { acceptNotificationRequests } from '@anancus/core/domain/notifications'
import type { Ctx } from '@anancus/core/kernel/context'
import { redisKey } from '@anancus/core/kernel/redis-keys'
import { notificationChannel, publicChannel } from '@anancus/core/streaming'
import { closeTestContext, testContext } from '@anancus/core/testing/context'
import { factories } from '@anancus/db/testing/make'
import { startStreaming, type TestSocket, type TestStreaming } from './support/streaming.ts'

let ctx: Ctx
let streaming: TestStreaming
let make: ReturnType<typeof factories>
let alice: Awaited<ReturnType<typeof make.viewer>>
let token: string
const open: TestSocket[] = []

beforeAll(async () => {
  ctx = await testContext()
  make = factories(ctx.db)
  streaming = await startStreaming(ctx)
  alice = await make.viewer({})
  token = (await make.token({ user: alice.user, scopes: 'read' })).secret
})
afterEach(() => {
  for (const { socket } of open.splice(0)) socket.terminate()
})
afterAll(async () => {
  await streaming.stop()
  await closeTestContext(ctx)
})

/** Requests of one socket are answered in turn: the refusal of the last says that the others are done. */
async function listen(...streams: string[]): Promise<TestSocket> {
  const client = await streaming.connect(`?access_token=${token}`)
  open.push(client)
  for (const stream of [...streams, 'nothing']) client.send({ type: 'subscribe', stream })
  await client.until(({ error }) => error === 'Unknown stream type')
  return client
}

const heard = (client: TestSocket, event: string, stream: string) =>
  client.until((frame) => frame.event === event && frame.stream?.[0] === stream)

it('tells the stream of direct messages of a conversation', async () => {
  const client = await listen('direct')
  const status = await make.status({
    account: await make.account({}),
    visibility: 'direct',
    mentions: [alice.account],
  })
  await updateConversation(ctx, { accountId: alice.account.id, statusId: status.id })
  const { payload = '' } = await heard(client, 'conversation', 'direct')
  expect(JSON.parse(payload)).toMatchObject({ unread: true, last_status: { id: status.id } })
})

it('tells both streams of notifications that requests were merged', async () => {
  const client = await listen('user', 'user:notification')
  const [request] = await ctx
    .db('notification_requests')
    .insert({ account_id: alice.account.id, from_account_id: (await make.account({})).id })
    .returning('id')
  await acceptNotificationRequests(ctx, alice, [String(request.id)])
  for (const stream of ['user', 'user:notification'])
    expect((await heard(client, 'notifications_merged', stream)).payload).toBe('1')
})

it('tells the user’s stream, and no other, that filters have changed, without a payload', async () => {
  const client = await listen('user', 'public')
  const keywords = [{ keyword: 'kitten' }]
  await createFilter(ctx, alice.account, { title: 'Pets', context: ['home'], action: 'warn', keywords })
  expect(await heard(client, 'filters_changed', 'user')).toEqual({
    stream: ['user'],
    event: 'filters_changed',
  })
  expect(client.frames.filter(({ event }) => event === 'filters_changed')).toHaveLength(1)
})

it('subscribes to a channel once, however many listen, and no longer than anybody does', async () => {
  const subscribers = async (channel: string) =>
    Number(((await ctx.redis.call('PUBSUB', 'NUMSUB', redisKey(ctx, channel))) as unknown[])[1])
  const clients = [await listen('public', 'user'), await listen('public', 'user'), await listen('public')]
  expect(await subscribers(publicChannel())).toBe(1)
  expect(await subscribers(notificationChannel(alice.account.id))).toBe(1)
  clients[0]?.send({ type: 'unsubscribe', stream: 'public' })
  expect(await subscribers(publicChannel())).toBe(1)
  for (const { socket } of clients) socket.terminate()
  for (let tries = 0; tries < 1_000 && (await subscribers(publicChannel())) > 0; tries += 1)
    await new Promise((resolve) => setTimeout(resolve, 20))
  expect(await subscribers(publicChannel())).toBe(0)
})
