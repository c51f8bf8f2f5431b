import { createECDH, randomBytes } from 'node:crypto'
import { generateVapidKeys } from '@anancus/core/kernel/secrets'
import { closeTestContext, type TestContext, testContext } from '@anancus/core/testing/context'
import { resetDatabase } from '@anancus/core/testing/reset'
import { type Factories, factories } from '@anancus/db/testing/make'
import { startWeb, type TestClient, type TestWeb } from '../../../support/server.ts'

const PATH = '/api/v1/push/subscription'
const vapid = generateVapidKeys()

let ctx: TestContext
let web: TestWeb
let make: Factories
let user: { id: string }
let app: TestClient

beforeAll(async () => {
  ctx = await testContext({ env: vapid })
  web = await startWeb(ctx)
  make = factories(ctx.db)
})
afterAll(async () => {
  await web.close()
  await closeTestContext(ctx)
})
beforeEach(async () => {
  await resetDatabase(ctx)
  user = (await make.user({ account: { username: 'alice' } })).user
  app = web.as(await make.token({ user, scopes: 'push' }))
})

const newKeys = () => ({
  p256dh: createECDH('prime256v1').generateKeys().toString('base64url'),
  auth: randomBytes(16).toString('base64url'),
})
const subscription = (values: object = {}) => ({
  endpoint: 'https://push.example/send/abc',
  keys: newKeys(),
  ...values,
})
const stored = () => ctx.db('web_push_subscriptions').orderBy('id')

describe('POST /api/v1/push/subscription', () => {
  it('takes a subscription in a form, as apps send it', async () => {
    const { p256dh, auth } = newKeys()
    const answer = await app.post(PATH, {
      form: {
        'subscription[endpoint]': 'https://push.example/send/abc',
        'subscription[keys][p256dh]': p256dh,
        'subscription[keys][auth]': auth,
        'subscription[standard]': 'true',
        'data[policy]': 'followed',
        'data[alerts][mention]': 'true',
        'data[alerts][admin.sign_up]': '1',
        'data[alerts][reblog]': 'false',
        'data[alerts][nonsense]': 'true',
      },
    })
    expect(answer.status).toBe(200)
    const [row] = await stored()
    expect(answer.body).toEqual({
      id: Number(row.id),
      endpoint: 'https://push.example/send/abc',
      standard: true,
      alerts: { mention: true, 'admin.sign_up': true, reblog: false },
      server_key: vapid.VAPID_PUBLIC_KEY,
      policy: 'followed',
    })
    expect(row).toMatchObject({ user_id: user.id, key_p256dh: p256dh, key_auth: auth })
  })

  it('has defaults, and replaces what the token had but nothing of other tokens', async () => {
    const other = web.as(await make.token({ user, scopes: 'push' }))
    await other.post(PATH, { json: { subscription: subscription() } })
    await app.post(PATH, { json: { subscription: subscription(), data: { alerts: { poll: true } } } })
    const answer = await app.post(PATH, {
      json: { subscription: subscription({ endpoint: 'https://b.example/' }) },
    })
    expect(answer.body).toMatchObject({ standard: false, alerts: {}, policy: 'all' })
    expect((await stored()).map((row) => row.endpoint)).toEqual([
      'https://push.example/send/abc',
      'https://b.example/',
    ])
  })

  it.each<[string, object, string]>([
    ['no subscription', {}, 'param is missing or the value is empty or invalid: subscription'],
    ['an empty one', { subscription: {} }, 'param is missing or the value is empty or invalid: subscription'],
    [
      'no keys',
      { subscription: { endpoint: 'https://push.example/' } },
      'param is missing or the value is empty or invalid: keys',
    ],
  ])('misses %s', async (_name, json, error) => {
    const answer = await app.post(PATH, { json })
    expect([answer.status, answer.body]).toEqual([400, { error }])
  })

  it.each<[string, object, string]>([
    ['an endpoint that is none', { endpoint: 'nowhere' }, 'Validation failed: Endpoint is invalid'],
    ['a script as endpoint', { endpoint: 'javascript:alert(1)' }, 'Validation failed: Endpoint is invalid'],
    ['a password in it', { endpoint: 'https://a:b@push.example/' }, 'Validation failed: Endpoint is invalid'],
    ['no endpoint', { endpoint: '' }, "Validation failed: Endpoint can't be blank"],
    [
      'keys that are none',
      { keys: { p256dh: 'AAAA', auth: 'BBBB' } },
      'Validation failed: is not a valid Ed25519 or Curve25519 key',
    ],
    [
      'an endpoint of a megabyte (SEC-DOS-04)',
      { endpoint: `https://push.example/${'a'.repeat(1_000_000)}` },
      'Validation failed: Endpoint is invalid',
    ],
    [
      'a key of a megabyte (SEC-DOS-04)',
      { keys: { ...newKeys(), auth: 'a'.repeat(1_000_000) } },
      'Validation failed: is not a valid Ed25519 or Curve25519 key',
    ],
  ])('refuses %s', async (_name, values, error) => {
    const answer = await app.post(PATH, { json: { subscription: subscription(values) } })
    expect([answer.status, answer.body]).toEqual([422, { error }])
    expect(await stored()).toEqual([])
  })

  it('takes the scope push and a user, and nothing else', async () => {
    const json = { subscription: subscription() }
    const scoped = web.as(await make.token({ user, scopes: 'read write follow' }))
    expect((await scoped.post(PATH, { json })).status).toBe(403)
    expect((await web.post(PATH, { json })).status).toBe(401)
    const byApp = web.as(await make.token({ scopes: 'push' }))
    expect((await byApp.post(PATH, { json })).status).toBe(422)
    expect(await stored()).toEqual([])
  })
})

describe('an existing subscription', () => {
  it('is shown, changed whole and ended', async () => {
    const made = await app.post(PATH, {
      json: {
        subscription: subscription(),
        data: { policy: 'follower', alerts: { mention: true, follow: true } },
      },
    })
    expect((await app.get(PATH)).body).toEqual(made.body)
    const changed = await app.put(PATH, { json: { data: { alerts: { poll: true } } } })
    expect(changed.body).toEqual({ ...made.body, alerts: { poll: true }, policy: 'all' })
    expect((await app.patch(PATH, { json: { data: { policy: 'none' } } })).body).toEqual({
      ...made.body,
      alerts: {},
      policy: 'none',
    })
    const ended = await app.delete(PATH)
    expect([ended.status, ended.body]).toEqual([200, {}])
    expect(await stored()).toEqual([])
    expect((await app.delete(PATH)).body).toEqual({})
  })

  it.each(['get', 'put'] as const)('is not found by %s when there is none', async (method) => {
    const other = web.as(await make.token({ user, scopes: 'push' }))
    await other.post(PATH, { json: { subscription: subscription() } })
    const answer = await app[method](PATH)
    expect([answer.status, answer.body]).toEqual([404, { error: 'Not Found' }])
  })

  it('goes with its token when the app gives that back (SEC-AUTH-07)', async () => {
    const application = await make.application()
    const token = await make.token({ user, application, scopes: 'push' })
    await web.as(token).post(PATH, { json: { subscription: subscription() } })
    expect(await stored()).toHaveLength(1)
    const form = { client_id: application.uid, client_secret: application.secret ?? '', token: token.secret }
    expect((await web.post('/oauth/revoke', { form })).status).toBe(200)
    expect(await stored()).toEqual([])
  })
})
