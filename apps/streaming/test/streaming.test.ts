import { createFilter } from '@anancus/core/domain/filters'
import {
  createAnnouncement,
  publishReaction,
  reactToAnnouncement,
  unpublishAnnouncement,
} from '@anancus/core/domain/instance'
import { deleteAccount } from '@anancus/core/domain/moderation'
import { revokeAllAccess, revokeApplication, revokeTokens } from '@anancus/core/domain/oauth'
import { modifyUser, setPassword } from '@anancus/core/domain/users'
import { clearFromFeed, publishDelete, publishToStreams, pushToFeeds } from '@anancus/core/domain/timelines'
import { saveSettings } from '@anancus/core/domain/settings'
import type { Ctx } from '@anancus/core/kernel/context'
import {
  homeChannel,
  notificationChannel,
  publish,
  subscribedKey,
  systemChannel,
  tokenChannel,
} from '@anancus/core/streaming'
import { closeTestContext, testContext } from '@anancus/core/testing/context'
import { countStatements } from '@anancus/core/testing/count-statements'
import { resetDatabase } from '@anancus/core/testing/reset'
import type { AccountRow, StatusRow } from '@anancus/db'
import { factories } from '@anancus/db/testing/make'
import { startStreaming, type TestSocket, type TestStreaming, waitFor } from './support/streaming.ts'

let ctx: Ctx
let streaming: TestStreaming
let make: ReturnType<typeof factories>
let alice: Awaited<ReturnType<typeof make.viewer>>
let bob: AccountRow
let token: string
const open: TestSocket[] = []

beforeAll(async () => {
  ctx = await testContext()
  make = factories(ctx.db)
  streaming = await startStreaming(ctx, { pingEveryMs: 300, thumpEveryMs: 50, presenceEveryMs: 100 })
})
afterAll(async () => {
  await streaming.stop()
  await closeTestContext(ctx)
})
beforeEach(async () => {
  await resetDatabase(ctx)
  alice = await make.viewer({})
  bob = await make.account({})
  token = await tokenFor('read')
})
afterEach(() => {
  for (const { socket } of open.splice(0)) socket.terminate()
})

async function tokenFor(scopes: string): Promise<string> {
  return (await make.token({ user: alice.user, scopes })).secret
}

async function connect(query: string, options = {}): Promise<TestSocket> {
  const socket = await streaming.connect(query, options)
  open.push(socket)
  return socket
}

/** A subscribe has no answer: waits until publishers see it. */
async function listen(
  stream: string,
  params: Record<string, string> = {},
  channel = '',
): Promise<TestSocket> {
  const client = await connect(`?access_token=${token}`)
  client.send({ type: 'subscribe', stream, ...params })
  await present(channel)
  return client
}

async function present(channel: string): Promise<void> {
  const key = ctx.config.redis.prefix + subscribedKey(channel)
  for (let n = 0; n < 2_000 && !(await ctx.redis.exists(key)); n++) await pause(10)
  expect(await ctx.redis.exists(key)).toBe(1)
  await pause(20)
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
const push = (status: StatusRow, kind: 'create' | 'update' = 'create') =>
  pushToFeeds(ctx, { statusId: status.id, afterFollowId: '0', kind })
const payloadOf = (frame: { payload?: string | undefined }) => JSON.parse(frame.payload ?? 'null')

describe('who may connect', () => {
  it.each([
    ['nobody', '', 'Missing access token'],
    ['an unknown token', '?access_token=unknown', 'Invalid access token'],
  ])('refuses %s before the upgrade', async (_, query, message) => {
    await expect(streaming.connect(query)).rejects.toMatchObject({
      status: 401,
      headers: { 'x-error-message': message, connection: 'close' },
    })
  })

  it('takes the token from the header, the query, or the subprotocol, which is echoed', async () => {
    await connect('', { headers: { authorization: `Bearer ${token}` } })
    await connect(`?access_token=${token}`)
    const { socket } = await connect('', { protocol: token })
    expect(socket.protocol).toBe(token)
  })

  it('SEC-AUTH-06 refuses apps, the disabled, the suspended and revoked tokens', async () => {
    const refused = (query: string) => expect(streaming.connect(query)).rejects.toMatchObject({ status: 401 })
    await refused(`?access_token=${(await make.token({ scopes: 'read' })).secret}`)
    const { secret } = await make.token({ user: alice.user, revoked_at: new Date() })
    await refused(`?access_token=${secret}`)
    await ctx.db('users').where({ id: alice.user.id }).update({ disabled: true })
    await refused(`?access_token=${token}`)
    await ctx.db('users').where({ id: alice.user.id }).update({ disabled: false })
    await ctx.db('accounts').where({ id: alice.account.id }).update({ suspended_at: new Date() })
    await refused(`?access_token=${token}`)
  })

  it.each(['profile', 'write', 'read:accounts', 'push'])(
    'SEC-AUTH-02 SEC-AUTH-03 a token with only %s opens no stream',
    async (scopes) => {
      token = await tokenFor(scopes)
      const client = await connect(`?access_token=${token}`)
      const streams = ['public', 'public:local', 'hashtag', 'list', 'direct', 'user', 'user:notification']
      for (const stream of streams) client.send({ type: 'subscribe', stream, tag: 'a', list: '1' })
      await waitFor(() => client.frames.length === streams.length)
      expect(new Set(client.frames.map((frame) => JSON.stringify(frame)))).toEqual(
        new Set(['{"error":"Access token does not have the required scopes","status":401}']),
      )
      for (const path of ['public', 'public/local', 'hashtag?tag=a', 'list?list=1', 'direct', 'user']) {
        const answer = await fetch(`${streaming.url}/api/v1/streaming/${path}`, {
          headers: { authorization: `Bearer ${token}` },
        })
        expect([answer.status, await answer.json()]).toEqual([
          401,
          { error: 'Access token does not have the required scopes' },
        ])
      }
    },
  )

  it('read:statuses opens all but notifications, which stay silent on user', async () => {
    token = await tokenFor('read:statuses')
    const client = await listen('user', {}, homeChannel(alice.account.id))
    client.send({ type: 'subscribe', stream: 'user:notification' })
    expect(await client.until((frame) => frame.error !== undefined)).toMatchObject({ status: 401 })
    await publish(ctx, notificationChannel(alice.account.id), { event: 'delete', payload: 'not for you' })
    await publish(ctx, homeChannel(alice.account.id), { event: 'delete', payload: '1' })
    await client.until((frame) => frame.payload === '1')
    expect(client.frames).toHaveLength(2)
  })
})

describe('the protocol', () => {
  it('tells errors in words and goes on', async () => {
    const client = await connect(`?access_token=${token}&stream=nonsense`)
    client.send('no json')
    client.send({ type: 'dance' })
    client.send({ type: 'subscribe', stream: 'hashtag' })
    client.send({ type: 'subscribe', stream: 'list' })
    client.send({ type: 'subscribe', stream: 'list', list: 'x' })
    client.send({ type: 'unsubscribe', stream: 'nonsense' })
    client.send({ type: 'subscribe', stream: ['toString'] })
    await waitFor(() => client.frames.length === 6)
    expect(client.frames).toEqual([
      { error: 'Unknown stream type', status: 400 },
      { error: 'Missing tag name parameter', status: 400 },
      { error: 'Missing list name parameter', status: 400 },
      { error: 'Not authorized to stream this list', status: 401 },
      { error: 'Error unsubscribing from channel' },
      { error: 'Unknown stream type', status: 400 },
    ])
  })

  it('opens a list for its owner only', async () => {
    const mine = await make.list({ account: alice.account })
    const theirs = await make.list({ account: bob })
    const client = await connect(`?access_token=${token}&stream=list&list=${theirs.id}`)
    await client.until((frame) => frame.error === 'Not authorized to stream this list')
    client.send({ type: 'subscribe', stream: 'list', list: mine.id })
    await present(`timeline:list:${mine.id}`)
    await publish(ctx, `timeline:list:${mine.id}`, { event: 'delete', payload: '5' })
    expect(await client.until((frame) => frame.event === 'delete')).toEqual({
      stream: ['list', mine.id],
      event: 'delete',
      payload: '5',
    })
  })

  it('closes at a binary frame, and at one that is too large', async () => {
    const binary = await connect(`?access_token=${token}`)
    binary.socket.send(Buffer.from('{}'), { binary: true })
    expect(await binary.closed).toEqual({
      code: 1003,
      reason: 'The mastodon streaming server does not support binary messages',
    })
    const large = await connect(`?access_token=${token}`)
    large.send('x'.repeat(65 * 1024))
    expect((await large.closed).code).toBe(1009)
  })

  it('SEC-DOS-18 bounds the streams and the requests of one socket', async () => {
    const client = await connect(`?access_token=${token}`)
    for (let n = 0; n < 101; n++) {
      client.send({ type: 'subscribe', stream: 'hashtag', tag: `tag${n}` })
      if (n % 50 === 0) await present(`timeline:hashtag:tag${n === 100 ? 99 : n}`)
    }
    await client.until((frame) => frame.error === 'Too many streams')
    for (let n = 0; n < 400; n++) client.send({ type: 'subscribe', stream: 'list', list: String(n) })
    expect((await client.closed).code).toBe(1008)
  })

  it('terminates who does not answer pings', async () => {
    const lively = await connect(`?access_token=${token}`)
    const dead = await connect(`?access_token=${token}`, { autoPong: false })
    expect((await dead.closed).code).toBe(1006)
    expect(lively.socket.readyState).toBe(1)
  })
})

describe('events', () => {
  it('brings a status to an open home timeline with what is the viewer’s own', async () => {
    await make.follow({ account: alice.account, target: bob })
    const client = await listen('user', {}, homeChannel(alice.account.id))
    const status = await make.status({ account: bob })
    await push(status)
    const frame = await client.until(({ event }) => event === 'update')
    expect(frame.stream).toEqual(['user'])
    expect(payloadOf(frame)).toMatchObject({ id: status.id, favourited: false, filtered: [] })
    await make.favourite({ account: alice.account, status })
    await push(status, 'update')
    expect(payloadOf(await client.until(({ event }) => event === 'status.update'))).toMatchObject({
      favourited: true,
    })
    await clearFromFeed(ctx, alice.account.id, bob.id)
  })

  it('brings announcements and their reactions to everyone connected', async () => {
    const client = await listen('user', {}, homeChannel(alice.account.id))
    const { id } = await createAnnouncement(ctx, { text: 'Hello' })
    const announced = await client.until(({ event }) => event === 'announcement')
    expect(announced.stream).toEqual(['user'])
    expect(payloadOf(announced)).toMatchObject({ id, content: '<p>Hello</p>', reactions: [] })
    await reactToAnnouncement(ctx, alice.account, id, '👍')
    await publishReaction(ctx, { announcementId: id, name: '👍' })
    expect(payloadOf(await client.until(({ event }) => event === 'announcement.reaction'))).toEqual({
      name: '👍',
      count: 1,
      announcement_id: id,
    })
    await unpublishAnnouncement(ctx, id)
    expect((await client.until(({ event }) => event === 'announcement.delete')).payload).toBe(id)
  })

  it('brings public statuses as the anonymous see them, on every stream they belong to', async () => {
    const client = await listen('public', {}, 'timeline:public')
    for (const [stream, channel] of [
      ['public:local', 'timeline:public:local'],
      ['public:media', 'timeline:public:media'],
      ['public:remote', 'timeline:public:remote'],
      ['hashtag', 'timeline:hashtag:cats'],
      ['hashtag:local', 'timeline:hashtag:cats:local'],
    ] as const) {
      client.send({ type: 'subscribe', stream, tag: 'Cats' })
      await present(channel)
    }
    const media = await make.media({ account: bob })
    const status = await make.status({ account: bob, tags: ['cats'], media: [media] })
    await publishToStreams(ctx, status, 'create')
    await waitFor(
      () => client.frames.length === 5,
      () => JSON.stringify(client.frames.map((f) => f.stream)),
    )
    expect(client.frames.map((frame) => frame.stream)).toEqual(
      expect.arrayContaining([
        ['public'],
        ['public:local'],
        ['public:media'],
        ['hashtag', 'Cats'],
        ['hashtag:local', 'Cats'],
      ]),
    )
    for (const frame of client.frames) {
      expect(payloadOf(frame)).toMatchObject({ id: status.id, filtered: [] })
      expect(payloadOf(frame)).not.toHaveProperty('favourited')
    }
    await publishDelete(ctx, status)
    await waitFor(() => client.frames.filter((frame) => frame.event === 'delete').length === 5)
  })

  it('keeps replies to others and limited accounts off the public streams', async () => {
    const client = await listen('public', {}, 'timeline:public')
    await publishToStreams(
      ctx,
      await make.status({ account: bob, inReplyTo: await make.status({}) }),
      'create',
    )
    const limited = await make.account({ silenced_at: new Date() })
    await publishToStreams(ctx, await make.status({ account: limited }), 'create')
    await publishToStreams(ctx, await make.status({ account: bob, visibility: 'unlisted' }), 'create')
    const seen = await make.status({ account: bob })
    await publishToStreams(ctx, seen, 'create')
    await client.until((frame) => frame.event === 'update')
    expect(client.frames.map((frame) => payloadOf(frame).id)).toEqual([seen.id])
  })

  it('SEC-PRIV-20 leaves out whom the listener keeps away, and learns of it at once', async () => {
    const [blocked, muted, blocker, later] = [
      await make.account({}),
      await make.account({}),
      await make.account({}),
      await make.account({}),
    ]
    const hidden = await make.remoteAccount({ domain: 'hidden.example' })
    await make.block({ account: alice.account, target: blocked })
    await make.mute({ account: alice.account, target: muted })
    await make.block({ account: blocker, target: alice.account })
    await make.domainBlock({ account: alice.account, domain: 'hidden.example' })
    const client = await listen('public', {}, 'timeline:public')
    for (const account of [blocked, muted, blocker, hidden])
      await publishToStreams(ctx, await make.status({ account }), 'create')
    await publishToStreams(ctx, await make.status({ account: bob, mentions: [blocked] }), 'create')
    const first = await make.status({ account: later })
    await publishToStreams(ctx, first, 'create')
    await client.until((frame) => frame.event === 'update')
    await make.block({ account: alice.account, target: later })
    const system = systemChannel(alice.account.id)
    await publish(ctx, system, { event: 'relationships_changed' })
    // Sent right behind it: the session holds it until it knows better.
    await publishToStreams(ctx, await make.status({ account: later }), 'create')
    const last = await make.status({ account: bob })
    await publishToStreams(ctx, last, 'create')
    await waitFor(() => client.frames.length === 2)
    expect(client.frames.map((frame) => payloadOf(frame).id)).toEqual([first.id, last.id])
  })

  it('keeps to the chosen languages and says which filters match', async () => {
    await ctx
      .db('users')
      .where({ id: alice.user.id })
      .update({ chosen_languages: ['en'] })
    await make.filter({ account: alice.account, phrase: 'Pets', keywords: ['kitten'] })
    const client = await listen('public', {}, 'timeline:public')
    await publishToStreams(ctx, await make.status({ account: bob, language: 'de' }), 'create')
    await publishToStreams(ctx, await make.status({ account: bob, text: 'A KITTEN!' }), 'create')
    await publishToStreams(ctx, await make.status({ account: bob, text: 'A puppy' }), 'create')
    await waitFor(() => client.frames.length === 2)
    expect(client.frames.map((frame) => payloadOf(frame).filtered)).toEqual([
      [
        expect.objectContaining({
          filter: expect.objectContaining({ title: 'Pets', filter_action: 'warn' }),
          keyword_matches: ['KITTEN'],
          status_matches: null,
        }),
      ],
      [],
    ])
  })

  it('judges by new filters as soon as it is told of them, blurring ones too', async () => {
    const client = await listen('public', {}, 'timeline:public')
    await publishToStreams(ctx, await make.status({ account: bob, text: 'A kitten' }), 'create')
    await createFilter(ctx, alice.account, {
      title: 'Pets',
      context: ['public'],
      action: 'blur',
      keywords: [{ keyword: 'kitten' }],
    })
    await publishToStreams(ctx, await make.status({ account: bob, text: 'A kitten' }), 'create')
    await waitFor(() => client.frames.length === 2)
    expect(client.frames.map((frame) => payloadOf(frame).filtered)).toEqual([
      [],
      [expect.objectContaining({ filter: expect.objectContaining({ filter_action: 'blur' }) })],
    ])
  })

  it('SEC-PRIV-25 streams nothing of a half that is switched off', async () => {
    await saveSettings(ctx, { local_live_feed_access: 'disabled' })
    const client = await listen('public', {}, 'timeline:public')
    await publishToStreams(ctx, await make.status({ account: bob }), 'create')
    const remote = await make.status({ account: await make.remoteAccount({}) })
    await publishToStreams(ctx, remote, 'create')
    await client.until((frame) => frame.event === 'update')
    expect(client.frames.map((frame) => payloadOf(frame).id)).toEqual([remote.id])
    await saveSettings(ctx, { local_live_feed_access: 'public' })
  })

  it('asks the database nothing for an event', async () => {
    const clients: TestSocket[] = []
    for (let n = 0; n < 5; n++) clients.push(await listen('public', {}, 'timeline:public'))
    const message = JSON.stringify({
      event: 'update',
      payload: {
        id: '1',
        account: { id: '9', acct: 'x', username: 'x' },
        mentions: [],
        content: '',
        media_attachments: [],
      },
    })
    const { count } = await countStatements(async () => {
      await ctx.redis.publish(`${ctx.config.redis.prefix}timeline:public`, message)
      for (const client of clients) await client.until((frame) => frame.event === 'update')
    })
    expect(count).toBe(0)
  })

  it('renders nothing while nobody listens', async () => {
    const status = await make.status({ account: bob })
    await pause(30)
    const { count } = await countStatements(() => publishToStreams(ctx, status, 'create'))
    expect(count).toBe(1)
  })

  it('ends a stream that is unsubscribed from', async () => {
    const client = await listen('public', {}, 'timeline:public')
    client.send({ type: 'unsubscribe', stream: 'public' })
    client.send({ type: 'subscribe', stream: 'direct' })
    await present(`timeline:direct:${alice.account.id}`)
    await publishToStreams(ctx, await make.status({ account: bob }), 'create')
    await publish(ctx, `timeline:direct:${alice.account.id}`, { event: 'delete', payload: '1' })
    await client.until((frame) => frame.event === 'delete')
    expect(client.frames).toHaveLength(1)
  })

  it('is marked again when Redis has forgotten who listens', async () => {
    const channel = homeChannel(alice.account.id)
    await listen('user', {}, channel)
    const keys = await ctx.redis.keys(`${ctx.config.redis.prefix}*`)
    await ctx.redis.del(...keys)
    await present(channel)
  })
})

describe('SEC-AUTH-05 the end of a session', () => {
  it.each(['the token', 'the account'])('comes with the end of %s, at once', async (what) => {
    const made = await make.token({ user: alice.user, scopes: 'read' })
    const client = await connect(`?access_token=${made.secret}&stream=user`)
    await present(homeChannel(alice.account.id))
    const channel = what === 'the token' ? tokenChannel(made.row.id) : systemChannel(alice.account.id)
    await publish(ctx, channel, { event: 'kill' })
    expect((await client.closed).code).toBe(1005)
    expect(client.frames).toEqual([])
  })

  it.each<[string, (made: { row: { id: string; application_id: string | null } }) => Promise<unknown>]>([
    ['the token is revoked', ({ row }) => revokeTokens(ctx, [row.id])],
    ['all tokens of the user are', () => revokeAllAccess(ctx, alice.user.id)],
    ['the application is', ({ row }) => revokeApplication(ctx, alice.user.id, row.application_id ?? '')],
    ['the password is changed', () => setPassword(ctx, alice, 'another battery staple', null)],
    ['the user is disabled', () => modifyUser(ctx, alice, { disable: true })],
    ['the role is taken away', () => modifyUser(ctx, alice, { removeRole: true })],
    ['the account is deleted', () => deleteAccount(ctx, alice)],
  ])('SEC-AUTH-06 closes the socket at once when %s', async (_, act) => {
    const made = await make.token({ user: alice.user, scopes: 'read' })
    const client = await connect(`?access_token=${made.secret}&stream=user`)
    await present(homeChannel(alice.account.id))
    const started = performance.now()
    await act(made)
    await client.closed
    expect(performance.now() - started).toBeLessThan(10_000)
  })

  it('is not missed when the kill came while Redis was away', async () => {
    const client = await connect(`?access_token=${token}&stream=user`)
    await present(homeChannel(alice.account.id))
    const other = await connect(`?access_token=${await tokenFor('read')}`)
    await ctx.db('oauth_access_tokens').where({ token }).update({ revoked_at: new Date() })
    const list = String(await ctx.redis.call('CLIENT', 'LIST', 'TYPE', 'pubsub'))
    const mine = list
      .split('\n')
      .filter((line) => line.includes(`name=${ctx.config.redis.prefix}anancus-streaming`))
    expect(mine).toHaveLength(1)
    for (const line of mine) await ctx.redis.call('CLIENT', 'KILL', 'ID', /id=(\d+)/.exec(line)?.[1] ?? '')
    await client.closed
    expect(other.socket.readyState).toBe(1)
  })

  it('comes for the slow, whose buffer is bounded', async () => {
    const client = await connect(`?access_token=${token}&stream=user`)
    await present(homeChannel(alice.account.id))
    client.socket.pause()
    const large = 'x'.repeat(200_000)
    for (let n = 0; n < 60; n++) {
      await publish(ctx, homeChannel(alice.account.id), { event: 'delete', payload: large })
      await pause(2)
    }
    client.socket.resume()
    expect((await client.closed).code).toBe(1006)
  })
})

describe('server-sent events', () => {
  const get = (path: string, headers = {}) =>
    fetch(`${streaming.url}/api/v1/streaming${path}`, {
      headers: { authorization: `Bearer ${token}`, ...headers },
    })

  it('answers errors as JSON', async () => {
    const cases: [Response, number, string][] = [
      [await get('/nonsense', { authorization: '' }), 400, 'Unknown channel requested'],
      [await get('/public', { authorization: '' }), 401, 'Missing access token'],
      [await get('/public', { authorization: 'Bearer no' }), 401, 'Invalid access token'],
      [await get('/hashtag'), 400, 'Missing tag name parameter'],
      [await get('/list?list=77'), 401, 'Not authorized to stream this list'],
    ]
    for (const [answer, status, error] of cases)
      expect([answer.status, await answer.json()]).toEqual([status, { error }])
  })

  it('streams one stream with a heartbeat, and ends by a kill', async () => {
    const answer = await get('/public?only_media=true')
    expect(answer.headers.get('content-type')).toBe('text/event-stream')
    expect(answer.headers.get('access-control-allow-origin')).toBe('*')
    await present('timeline:public:media')
    await publish(ctx, 'timeline:public:media', { event: 'delete', payload: '7' })
    await pause(120)
    await publish(ctx, systemChannel(alice.account.id), { event: 'kill' })
    const text = await answer.text()
    expect(text.startsWith(':)\n')).toBe(true)
    expect(text).toContain('event: delete\ndata: 7\n\n')
    expect(text).toContain(':thump\n\n')
  })
})

describe('beside the streams', () => {
  it('says that it lives, and keeps its metrics for this machine', async () => {
    const health = await fetch(`${streaming.url}/api/v1/streaming/health`)
    expect([health.status, await health.text()]).toEqual([200, 'OK'])
    expect((await fetch(`${streaming.url}/metrics`)).status).toBe(200)
    // SEC-HTTP-11
    const forwarded = await fetch(`${streaming.url}/metrics`, {
      headers: { 'x-forwarded-for': '203.0.113.9' },
    })
    expect(forwarded.status).toBe(404)
    expect((await fetch(`${streaming.url}/favicon.ico`)).status).toBe(404)
    expect((await fetch(`${streaming.url}/api/v1/streaming/user`, { method: 'OPTIONS' })).status).toBe(204)
  })
})

it('closes every socket with 1001 when it goes away', async () => {
  const own = await startStreaming(ctx)
  const client = await own.connect(`?access_token=${token}`)
  await own.stop()
  expect((await client.closed).code).toBe(1001)
})
