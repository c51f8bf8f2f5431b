import { createECDH, randomBytes } from 'node:crypto'
import { sendPush } from '@anancus/core/domain/push'
import { generateVapidKeys } from '@anancus/core/kernel/secrets'
import { closeTestContext, type TestContext, testContext } from '@anancus/core/testing/context'
import { type PushService, startPushService } from '@anancus/core/testing/push-service'
import { resetDatabase } from '@anancus/core/testing/reset'
import { type Factories, factories, TEST_PASSWORD } from '@anancus/db/testing/make'
import { openBrowser } from '../../support/browser.ts'
import { type ClientBuild, fakeClientBuild, metaIn } from '../../support/client-build.ts'
import { startWeb, type TestWeb } from '../../support/server.ts'

const PATH = '/api/web/push_subscriptions'
const DESKTOP = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'
const PHONE = 'Mozilla/5.0 (Android 16; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0'

let ctx: TestContext
let service: PushService
let build: ClientBuild
let web: TestWeb
let make: Factories

beforeAll(async () => {
  service = await startPushService()
  ctx = await testContext({ env: { ...service.env, ...generateVapidKeys() } })
  build = await fakeClientBuild()
  web = await startWeb(ctx, { clientFolder: build.folder })
  make = factories(ctx.db)
})
afterAll(async () => {
  await web.close()
  await build.remove()
  await closeTestContext(ctx)
  await service.close()
})
beforeEach(async () => {
  await resetDatabase(ctx)
  service.pushes.length = 0
})

/** A signed-in browser, and what its client sends with every write. */
async function signedIn(username: string, userAgent = DESKTOP) {
  const made = await make.user({ account: { username } })
  const browser = openBrowser(web, { 'user-agent': userAgent })
  await browser.signIn(made.user.email, TEST_PASSWORD)
  const csrf = metaIn((await browser.get('/home')).text, 'csrf-token') ?? ''
  return { ...made, headers: { cookie: browser.cookieHeader(), 'x-csrf-token': csrf } }
}

const newSubscription = () => ({
  endpoint: 'https://push.example/web',
  standard: true,
  keys: {
    p256dh: createECDH('prime256v1').generateKeys().toString('base64url'),
    auth: randomBytes(16).toString('base64url'),
  },
})
const stored = () => ctx.db('web_push_subscriptions').orderBy('id')

describe('a browser', () => {
  it('subscribes with its session, whose token the pushes carry', async () => {
    const { headers, user } = await signedIn('alice')
    const json = { subscription: newSubscription(), data: { alerts: { mention: true } } }
    const answer = await web.post(PATH, { headers, json })
    expect(answer.status).toBe(200)
    expect(answer.body).toMatchObject({ policy: 'all', standard: true })
    expect(answer.body.alerts).toMatchObject({ mention: true, follow: false, 'admin.report': false })
    const [session] = await ctx.db('session_activations').where({ user_id: user.id })
    const [row] = await stored()
    expect(session.web_push_subscription_id).toBe(row.id)
    expect(row.access_token_id).toBe(session.access_token_id)
    await web.post(PATH, { headers, json })
    const [newer] = await stored()
    expect(await stored()).toHaveLength(1)
    expect(BigInt(newer.id)).toBeGreaterThan(BigInt(row.id))
  })

  it('on a phone is told of everything', async () => {
    const { headers } = await signedIn('alice', PHONE)
    const { body } = await web.post(PATH, { headers, json: { subscription: newSubscription() } })
    expect(Object.values(body.alerts)).not.toContain(false)
  })

  it('changes its own subscription, and nobody else’s (SEC-PRIV-13)', async () => {
    const alice = await signedIn('alice')
    const bob = await signedIn('bob')
    const made = await web.post(PATH, { headers: alice.headers, json: { subscription: newSubscription() } })
    const json = { data: { policy: 'none', alerts: { poll: true } } }
    const before = await stored()
    const theirs = await web.put(`${PATH}/${made.body.id}`, { headers: bob.headers, json })
    const unused = await web.put(`${PATH}/987654`, { headers: bob.headers, json })
    expect([theirs.status, theirs.text]).toEqual([404, unused.text])
    expect(await stored()).toEqual(before)
    const own = await web.put(`${PATH}/${made.body.id}`, { headers: alice.headers, json })
    expect(own.body).toMatchObject({ policy: 'none', alerts: { poll: true } })
    const empty = await web.put(`${PATH}/${made.body.id}`, { headers: alice.headers, json: {} })
    expect([empty.status, empty.body.error]).toEqual([
      400,
      'param is missing or the value is empty or invalid: data',
    ])
  })

  it('needs its CSRF token, and an access token does not do', async () => {
    const { headers, user } = await signedIn('alice')
    const json = { subscription: newSubscription() }
    const { cookie } = headers
    const forged = await web.post(PATH, { headers: { cookie }, json })
    expect([forged.status, forged.body.error]).toEqual([422, "Can't verify CSRF token authenticity."])
    const byToken = web.as(await make.token({ user }))
    expect((await byToken.post(PATH, { json })).status).toBe(422)
    expect(await stored()).toEqual([])
  })

  it('loses its subscription when it signs out', async () => {
    const { headers } = await signedIn('alice')
    await web.post(PATH, { headers, json: { subscription: newSubscription() } })
    const authenticity_token = headers['x-csrf-token']
    const form = { _method: 'delete', authenticity_token }
    await web.post('/auth/sign_out', { headers: { cookie: headers.cookie }, form })
    expect(await stored()).toEqual([])
  })
})

describe('the address in a push', () => {
  async function pushed() {
    const { headers, account } = await signedIn('alice')
    const device = service.device()
    const subscription = { ...device.subscription, standard: true }
    const json = { subscription, data: { alerts: { follow: true } } }
    const { body } = await web.post(PATH, { headers, json })
    const from = (await make.user()).account
    const activity = await make.follow({ account: from, target: account })
    const notification = await make.notification({ account, from, type: 'follow', activity })
    await sendPush(ctx, { subscriptionId: String(body.id), notificationId: notification.id })
    return new URL(String(service.pushes[0]?.headers['unsubscribe-url'])).pathname
  }

  it('ends the subscription without a session', async () => {
    const path = await pushed()
    expect(await stored()).toHaveLength(1)
    const answer = await web.delete(path)
    expect([answer.status, answer.text]).toEqual([200, ''])
    expect(await stored()).toEqual([])
    expect(await ctx.db('session_activations').whereNotNull('web_push_subscription_id')).toEqual([])
    expect((await web.delete(path)).status).toBe(200)
  })

  it('must be one we signed: an id, or a changed token, ends nothing and says nothing', async () => {
    const path = await pushed()
    const [{ id }] = await stored()
    const token = path.slice(PATH.length + 1)
    for (const wrong of [id, token.replace(/^\d+/, '1'), `${token}x`, 'x', '%00', '..%2f']) {
      const answer = await web.delete(`${PATH}/${wrong}`)
      expect([wrong, [200, 400].includes(answer.status)]).toEqual([wrong, true])
    }
    expect(await stored()).toHaveLength(1)
  })
})
