import { type FederationEvent, recordEvent } from '@anancus/core/domain/federation'
import { closeTestContext, type TestContext, testContext } from '@anancus/core/testing/context'
import { drainQueues, peekQueues } from '@anancus/core/testing/drain-queues'
import { type Permission, permissionMask } from '@anancus/db'
import { factories, TEST_PASSWORD } from '@anancus/db/testing/make'
import { openBrowser, type TestBrowser } from '../../support/browser.ts'
import { startWeb, type TestWeb } from '../../support/server.ts'

let ctx: TestContext
let web: TestWeb
let make: ReturnType<typeof factories>

beforeAll(async () => {
  ctx = await testContext()
  web = await startWeb(ctx)
  make = factories(ctx.db)
})
afterAll(async () => {
  await web.close()
  await closeTestContext(ctx)
})

async function browserWith(...permissions: Permission[]): Promise<TestBrowser> {
  const role = await make.role({ permissions: permissionMask(...permissions) })
  const { user } = await make.viewer({ role_id: role.id })
  const browser = openBrowser(web)
  await browser.signIn(user.email, TEST_PASSWORD)
  return browser
}

const delivery: FederationEvent = {
  direction: 'out',
  host: 'far.example',
  activity: 'https://social.test/users/alice/statuses/1/activity',
  type: 'Create',
  actor: 'https://social.test/users/alice',
  inbox: 'https://far.example/inbox',
  checks: [
    { check: 'answered', passed: true },
    { check: 'accepted', passed: false, reason: 'status_503', detail: '<b>busy</b>' },
  ],
  outcome: 'retrying',
  answer: 503,
  retry: { attempt: 3, attempts: 16, inSeconds: 96 },
  replay: { kind: 'delivery', bodyId: '5', inboxUrl: 'https://far.example/inbox', signerId: '7' },
}

describe('/admin/federation', () => {
  it('is for those who may manage federation', async () => {
    const stranger = await openBrowser(web).get('/admin/federation')
    expect(stranger.headers.get('location')).toBe('/auth/sign_in')
    const other = await browserWith('manage_users')
    expect((await other.get('/admin/federation')).status).toBe(403)
    const own = await browserWith('manage_federation')
    expect((await own.get('/admin/federation')).status).toBe(200)
  })

  it('says why something did not arrive, whatever the other server wrote into it', async () => {
    await recordEvent(ctx, delivery)
    await recordEvent(ctx, { ...delivery, host: 'other.example' })
    const browser = await browserWith('manage_federation')
    const { text } = await browser.get('/admin/federation?about=far.example')
    expect(text).toContain('answered 503')
    expect(text).toContain('<code>status_503</code> &lt;b&gt;busy&lt;/b&gt;')
    expect(text).toContain('Try 3 of 16; the next one in 96 seconds or later.')
    expect(text).not.toContain('other.example')
    const none = await browser.get('/admin/federation?about=nowhere.example')
    expect(none.text).toContain('Nothing is recorded of this')
  })

  it('does a delivery again at the press of a button', async () => {
    await drainQueues(ctx, { ignore: (await peekQueues(ctx)).map(({ name }) => name) })
    await recordEvent(ctx, { ...delivery, host: 'again.example' })
    const browser = await browserWith('manage_federation')
    const page = await browser.get('/admin/federation?about=again.example')
    const answer = await browser.submit(page, '/admin/federation/replay')
    expect(answer.headers.get('location')).toBe('/admin/federation?about=again.example')
    expect((await peekQueues(ctx)).filter(({ name }) => name === 'federation.deliver')).toHaveLength(1)
    expect((await browser.follow(answer)).text).toContain('It is in the queue')
  })

  it('does nothing again for others, or without the token of the form', async () => {
    const browser = await browserWith('manage_users')
    const before = await peekQueues(ctx)
    const fields = { event: 'failed/1-1' }
    const answer = await web.request('POST', '/admin/federation/replay', {
      headers: { accept: 'text/html', cookie: browser.cookieHeader() },
      form: fields,
    })
    expect([403, 422]).toContain(answer.status)
    expect(await peekQueues(ctx)).toEqual(before)
  })
})
