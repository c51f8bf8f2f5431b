import { updateConversation } from '@anancus/core/domain/conversations'
import { distributeStatus } from '@anancus/core/domain/statuses'
import { publishToStreams, pushToFeeds } from '@anancus/core/domain/timelines'
import { clearRedis, closeTestContext, type TestContext, testContext } from '@anancus/core/testing/context'
import { drainQueues } from '@anancus/core/testing/drain-queues'
import { factories } from '@anancus/db/testing/make'
import { leaksIn, plant, type Planted } from '@anancus/core/testing/planted'
import { STREAM_NAMES } from '../src/streams.ts'
import { startStreaming, type TestSocket, type TestStreaming } from './support/streaming.ts'

/** The words planted for the walk through every GET, looked for in every stream of everybody. */

let ctx: TestContext
let streaming: TestStreaming
let town: Planted
const sockets = new Map<string, TestSocket>()

beforeAll(async () => {
  ctx = await testContext()
  streaming = await startStreaming(ctx, { presenceEveryMs: 100 })
  town = await plant(ctx)
}, 60_000)
afterAll(async () => {
  for (const { socket } of sockets.values()) socket.terminate()
  await streaming.stop()
  await closeTestContext(ctx)
})

const READERS = ['alice', 'bob', 'fay'] as const
const STRANGERS = ['eve', 'mallory', 'mo', 'ada'] as const

/** Opens every stream for somebody, a list of her own with everybody she follows among them. */
async function listen(name: (typeof READERS)[number] | (typeof STRANGERS)[number]): Promise<TestSocket> {
  const make = factories(ctx.db)
  const viewer = town[name]
  const { secret } = await make.token({ user: viewer.user, scopes: 'read' })
  const followed = await ctx.db('follows').where({ account_id: viewer.account.id }).pluck('target_account_id')
  const list = await make.list({
    account: viewer.account,
    members: followed.map((id: string) => ({ id })),
  })
  const socket = await streaming.connect(`?access_token=${secret}`)
  for (const stream of STREAM_NAMES) socket.send({ type: 'subscribe', stream, tag: 'planted', list: list.id })
  sockets.set(name, socket)
  return socket
}

it('SEC-PRIV-09 nobody’s streams carry what is not for her, and those of its readers do', async () => {
  // So that the feeds hold nothing of it, and take it up anew.
  await clearRedis(ctx)
  for (const name of [...READERS, ...STRANGERS]) await listen(name)
  await new Promise((resolve) => setTimeout(resolve, 1_000))
  const make = factories(ctx.db)
  const direct = await make.status({
    account: town.bob.account,
    text: 'canarydirect anew',
    visibility: 'direct',
    mentions: [town.alice.account],
  })
  for (const status of [...town.all, direct]) {
    for (const kind of ['create', 'update'] as const) {
      await publishToStreams(ctx, status, kind)
      await pushToFeeds(ctx, { statusId: status.id, afterFollowId: '0', kind })
      await distributeStatus(ctx, { statusId: status.id, kind })
    }
  }
  await drainQueues(ctx, { ignore: ['federation.deliver'] })
  await updateConversation(ctx, { accountId: town.alice.account.id, statusId: direct.id })
  const last = await make.status({ account: town.bob.account, text: 'Good night', tags: ['planted'] })
  await publishToStreams(ctx, last, 'create')
  const leaks: string[] = []
  for (const name of [...READERS, ...STRANGERS]) {
    const socket = sockets.get(name) as TestSocket
    const blocked = name === 'mallory'
    if (!blocked) await socket.until((frame) => frame.payload?.includes(last.id) === true)
    const reader = READERS.find((one) => one === name) ?? null
    leaks.push(...leaksIn(JSON.stringify(socket.frames), reader).map((word) => `${word} to ${name}`))
  }
  expect(leaks).toEqual([])
  const heard = (name: string) => JSON.stringify(sockets.get(name)?.frames)
  expect(heard('fay')).toContain('canaryprivate')
  expect(heard('alice')).toContain('canarydirect')
}, 60_000)
