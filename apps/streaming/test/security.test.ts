import { SCOPES } from '@anancus/core/domain/oauth'
import { authenticateToken, revokeTokens } from '@anancus/core/domain/oauth'
import { publishToStreams, pushToFeeds } from '@anancus/core/domain/timelines'
import {
  endOtherSessions,
  endSession,
  modifyUser,
  setPassword,
  startSession,
} from '@anancus/core/domain/users'
import type { Logger } from '@anancus/core/kernel/log'
import { homeChannel, publish, subscribedKey } from '@anancus/core/streaming'
import { closeTestContext, type TestContext, testContext } from '@anancus/core/testing/context'
import { resetDatabase } from '@anancus/core/testing/reset'
import type { AccountRow } from '@anancus/db'
import { factories } from '@anancus/db/testing/make'
import { Hub } from '../src/hub.ts'
import { Presence } from '../src/presence.ts'
import { Session } from '../src/session.ts'
import { STREAM_NAMES } from '../src/streams.ts'
import { startStreaming, type TestSocket, type TestStreaming, waitFor } from './support/streaming.ts'

let ctx: TestContext
let streaming: TestStreaming
let make: ReturnType<typeof factories>
let alice: Awaited<ReturnType<typeof make.viewer>>
const lines: string[] = []
const open: TestSocket[] = []

beforeAll(async () => {
  const write = (fields: object, message?: string) => void lines.push(JSON.stringify([fields, message]))
  const log: Logger = { debug: write, info: write, warn: write, error: write, child: () => log }
  ctx = await testContext({ log })
  make = factories(ctx.db)
  streaming = await startStreaming(ctx, { presenceEveryMs: 100 })
})
afterAll(async () => {
  await streaming.stop()
  await closeTestContext(ctx)
})
beforeEach(async () => {
  await resetDatabase(ctx)
  lines.length = 0
  alice = await make.viewer({})
})
afterEach(() => {
  for (const { socket } of open.splice(0)) socket.terminate()
})

async function connect(secret: string, query = ''): Promise<TestSocket> {
  const socket = await streaming.connect(`?access_token=${secret}${query}`)
  open.push(socket)
  return socket
}

async function present(channel: string): Promise<void> {
  const key = ctx.config.redis.prefix + subscribedKey(channel)
  for (let n = 0; n < 2_000 && !(await ctx.redis.exists(key)); n++) await pause(10)
  await pause(20)
}
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

const sse = (path: string, secret: string) =>
  fetch(`${streaming.url}/api/v1/streaming${path}`, { headers: { authorization: `Bearer ${secret}` } })

/** What a token must hold for a stream, as Mastodon's streaming server asks for it. */
function mayOpen(scope: string, stream: string): boolean {
  if (scope === 'read') return true
  return scope === (stream === 'user:notification' ? 'read:notifications' : 'read:statuses')
}

it.each(SCOPES)('SEC-AUTH-02 SEC-AUTH-03 with %s alone just the streams open that should', async (scope) => {
  const { secret } = await make.token({ user: alice.user, scopes: scope })
  const list = await make.list({ account: alice.account })
  const client = await connect(secret)
  for (const stream of STREAM_NAMES) client.send({ type: 'subscribe', stream, tag: 'a', list: list.id })
  client.send({ type: 'subscribe', stream: 'nonsense' })
  const refused = STREAM_NAMES.filter((stream) => !mayOpen(scope, stream))
  // The answer to the last request comes behind all others.
  await waitFor(() => client.frames.length > refused.length)
  const errors = client.frames.slice(0, -1)
  expect(errors).toEqual(
    refused.map(() => ({ error: 'Access token does not have the required scopes', status: 401 })),
  )
  for (const path of ['/user', '/user/notification', '/public', '/hashtag?tag=a', '/direct']) {
    const answer = await sse(path, secret)
    const stream = path.replace('/user/notification', '/user:notification').replace(/^\/|\?.*$/g, '')
    expect([path, answer.status]).toEqual([path, mayOpen(scope, stream) ? 200 : 401])
    await answer.body?.cancel()
  }
})

describe('SEC-AUTH-05 sockets and streams end within two seconds', () => {
  const session = () => startSession(ctx, alice, { ip: '127.0.0.1', userAgent: 'x' })
  const secretOf = async (tokenId: string | null) =>
    (await ctx.db('oauth_access_tokens').where({ id: tokenId }).first()).token as string

  it.each<[string, (own: Awaited<ReturnType<typeof session>>) => Promise<unknown>]>([
    ['the session is ended', (own) => endSession(ctx, alice, own.id)],
    ['all other sessions are', () => endOtherSessions(ctx, alice.user.id, null)],
    [
      'newer sessions push it out',
      async () => {
        for (let count = 0; count < ctx.config.env.MAX_SESSION_ACTIVATIONS; count += 1) await session()
      },
    ],
    ['the password is reset', () => setPassword(ctx, alice, 'another battery staple', null)],
    ['an operator resets it', () => modifyUser(ctx, alice, { resetPassword: true })],
    ['an operator disables the login', () => modifyUser(ctx, alice, { disable: true })],
  ])('when %s', async (_name, act) => {
    const own = await session()
    const secret = await secretOf(own.access_token_id)
    const client = await connect(secret, '&stream=user')
    const events = await sse('/user', secret)
    await present(homeChannel(alice.account.id))
    const started = performance.now()
    await act(own)
    await client.closed
    await events.text()
    expect(performance.now() - started).toBeLessThan(10_000)
    expect((await sse('/user', secret)).status).toBe(401)
  })

  it('while another session of the user goes on', async () => {
    const [one, two] = [await session(), await session()]
    const stays = await connect(await secretOf(two.access_token_id), '&stream=user')
    const ends = await connect(await secretOf(one.access_token_id), '&stream=user')
    await present(homeChannel(alice.account.id))
    await endSession(ctx, alice, one.id)
    await ends.closed
    await publish(ctx, homeChannel(alice.account.id), { event: 'delete', payload: '1' })
    await stays.until((frame) => frame.event === 'delete')
  })

  it('even when the end comes between looking the token up and listening for it', async () => {
    const { row, secret } = await make.token({ user: alice.user, scopes: 'read' })
    const found = await authenticateToken(ctx, secret)
    if (!found?.viewer) throw new Error('The token is good.')
    await revokeTokens(ctx, [row.id])
    const hub = new Hub(ctx)
    const presence = new Presence(ctx, hub)
    let ended = 0
    const wire = { transport: 'websocket' as const, send: () => {}, end: () => void (ended += 1) }
    const house = { ctx, hub, presence, clientAddress: () => '127.0.0.1' }
    const late = await Session.open(house, { viewer: found.viewer, token: found.token, secret }, wire)
    expect(ended).toBe(1)
    late.close()
    presence.close()
    hub.close()
  })
})

describe('SEC-PRIV-09 what is not for everybody', () => {
  let bob: AccountRow
  let eve: TestSocket
  const streams = STREAM_NAMES.filter((stream) => stream !== 'list')

  beforeEach(async () => {
    bob = await make.account({})
    const stranger = await make.viewer({})
    const { secret } = await make.token({ user: stranger.user, scopes: 'read' })
    eve = await connect(secret)
    for (const stream of streams) eve.send({ type: 'subscribe', stream, tag: 'planted' })
    await present(`timeline:direct:${stranger.account.id}`)
    await present('timeline:hashtag:planted:local')
  })

  it.each(['unlisted', 'private', 'direct', 'limited'] as const)(
    'a %s status is on no public stream and in no stranger’s home',
    async (visibility) => {
      const status = await make.status({
        account: bob,
        text: 'canary',
        visibility,
        tags: ['planted'],
        mentions: [alice.account],
      })
      await publishToStreams(ctx, status, 'create')
      await publishToStreams(ctx, status, 'update')
      await pushToFeeds(ctx, { statusId: status.id, afterFollowId: '0', kind: 'create' })
      const last = await make.status({ account: bob, tags: ['planted'] })
      await publishToStreams(ctx, last, 'create')
      await eve.until((frame) => frame.event === 'update')
      expect(JSON.stringify(eve.frames)).not.toContain('canary')
    },
  )

  it('a list of somebody else’s is not opened by its id', async () => {
    const list = await make.list({ account: alice.account })
    eve.send({ type: 'subscribe', stream: 'list', list: list.id })
    expect(await eve.until((frame) => frame.error !== undefined)).toEqual({
      error: 'Not authorized to stream this list',
      status: 401,
    })
  })
})

it('SEC-INFO-01 SEC-AUTH-24 writes no token into the log, whichever way it came', async () => {
  const { secret } = await make.token({ user: alice.user, scopes: 'read' })
  await connect(secret, '&stream=user')
  open.push(await streaming.connect('', { protocol: secret }))
  await (await sse('/user', secret)).body?.cancel()
  await (await fetch(`${streaming.url}/api/v1/streaming/user?access_token=${secret}`)).body?.cancel()
  await sse('/user', 'canary-unknown-token')
  expect(lines.length).toBeGreaterThanOrEqual(4)
  expect(lines.join('')).not.toContain(secret)
  expect(lines.join('')).not.toContain('canary-unknown-token')
})
