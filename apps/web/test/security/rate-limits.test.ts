import { changeEmail, findUserByEmail } from '@anancus/core/domain/users'
import { saveSettings } from '@anancus/core/domain/settings'
import { fixedClock, type SettableClock } from '@anancus/core/kernel/clock'
import { createRedis } from '@anancus/core/kernel/redis'
import { closeTestContext, type TestContext, testContext } from '@anancus/core/testing/context'
import { resetDatabase } from '@anancus/core/testing/reset'
import { factories, TEST_PASSWORD } from '@anancus/db/testing/make'
import { openBrowser } from '../support/browser.ts'
import { runMailJobs } from '../support/mails.ts'
import { startWeb, type TestWeb } from '../support/server.ts'

/** The limits of the server as it is, with all its routes; the rules of counting are in `http/rate-limit.test.ts`. */

let ctx: TestContext
let web: TestWeb
let clock: SettableClock
const make = () => factories(ctx.db)

/** A minute into a window of every length: no test meets the end of one. */
const SIX_HOURS = 6 * 3600_000

beforeAll(async () => {
  clock = fixedClock(new Date(Math.ceil(Date.now() / SIX_HOURS) * SIX_HOURS + 60_000))
  ctx = await testContext({ clock, env: { OAUTH_PASSWORD_GRANT: 'true' } })
  web = await startWeb(ctx)
})
beforeEach(async () => {
  await resetDatabase(ctx)
  await saveSettings(ctx, { registrations_mode: 'open', require_invite_text: false, min_age: null })
  ctx.mailer.sent.length = 0
})
afterAll(async () => {
  await web.close()
  await closeTestContext(ctx)
})

const from = (index: number) => ({ 'x-forwarded-for': `203.0.113.${index}` })

describe('SEC-AUTH-08 one mailbox is written to five times in half an hour', () => {
  const VICTIM = 'victim@example.org'

  /** Every way in which somebody makes us write to an address, by somebody new from somewhere new each time. */
  const ways: Record<string, (index: number, email: string) => Promise<number>> = {
    'a new password': async (index, email) => {
      const browser = openBrowser(web, from(index))
      const page = await browser.get('/auth/password/new')
      return (await browser.submit(page, '/auth/password', { 'user[email]': email })).status
    },
    'a confirmation once more': async (index, email) => {
      const browser = openBrowser(web, from(index))
      const page = await browser.get('/auth/confirmation/new')
      return (await browser.submit(page, '/auth/confirmation', { 'user[email]': email })).status
    },
    'another address while the first waits': async (index, email) => {
      const { user } = await make().user({ confirmed_at: null })
      const browser = openBrowser(web, from(index))
      await browser.signIn(user.email, TEST_PASSWORD)
      const page = await browser.get('/auth/setup')
      return (await browser.submit(page, '/auth/setup', { 'user[email]': email })).status
    },
    'another address in the settings': async (index, email) => {
      const { user } = await make().user()
      const browser = openBrowser(web, from(index))
      await browser.signIn(user.email, TEST_PASSWORD)
      const page = await browser.get('/auth/edit')
      const fields = { 'user[email]': email, 'user[current_password]': TEST_PASSWORD }
      return (await browser.submit(page, '/auth', fields)).status
    },
    'another address by the API': async (index, email) => {
      const app = await make().application()
      const { user } = await make().user({ confirmed_at: null, created_by_application_id: app.id })
      const token = await make().token({ user, application: app })
      const request = { json: { email }, headers: from(index) }
      return (await web.as(token).post('/api/v1/emails/confirmations', request)).status
    },
    'signing up by the form': async (index, email) => {
      const browser = openBrowser(web, from(index))
      const page = await browser.get('/auth/sign_up')
      clock.advance(4_000)
      const { status } = await browser.submit(page, '/auth', {
        'user[username]': `form${index}`,
        'user[email]': email,
        'user[password]': TEST_PASSWORD,
        'user[agreement]': '1',
      })
      return status
    },
    'signing up by the API': async (index, email) => {
      const token = await make().token({ scopes: 'write' })
      const json = { username: `api${index}`, email, password: TEST_PASSWORD, agreement: true }
      return (await web.as(token).post('/api/v1/accounts', { json, headers: from(index) })).status
    },
  }

  /** The address is free again, as if whoever has it had taken another: nothing but the limit stands between. */
  async function giveUp(): Promise<void> {
    await ctx
      .db('users')
      .where('email', 'like', 'vic%')
      .update({ email: ctx.db.raw(`'gone' || id || '@example.org'`) })
  }
  /** What the victim got; mails about somebody's new address go to the old one as well, which is their own. */
  const toVictim = () => ctx.mailer.sent.filter(({ to }) => /^vic\.?tim(\+1)?@example\.org$/.test(to))

  it.each(Object.keys(ways))(
    'by %s, from thirty addresses',
    async (name) => {
      const isForKnown = name === 'a new password' || name === 'a confirmation once more'
      if (isForKnown)
        await make().user({ email: VICTIM, confirmed_at: name === 'a new password' ? new Date() : null })
      const statuses: number[] = []
      for (let index = 0; index < 12; index += 1) {
        statuses.push((await ways[name]?.(index, VICTIM)) ?? 0)
        await runMailJobs(ctx)
        if (!isForKnown) await giveUp()
      }
      expect(toVictim().length).toBe(5)
      expect(statuses.slice(5)).toEqual(statuses.slice(5).map(() => 429))
    },
    60_000,
  )

  it('by all of them together, whatever spelling of it they use', async () => {
    const spellings = [VICTIM, 'VICTIM@example.org', 'vic.tim@example.org', 'victim+1@example.org']
    const statuses: number[] = []
    for (const [index, way] of [...Object.values(ways), ...Object.values(ways)].entries()) {
      statuses.push(await way(index, spellings[index % spellings.length] ?? ''))
      await runMailJobs(ctx)
      await giveUp()
    }
    expect(statuses.slice(5)).toEqual(statuses.slice(5).map(() => 429))
    expect(statuses.slice(0, 5)).not.toContain(429)
    // The first two ways write to whom we know, and here that is nobody.
    expect(toVictim()).toHaveLength(3)
  }, 60_000)

  it('and the one who asks for it hears of a limit that others have used up', async () => {
    const viewer = await make().viewer()
    for (let count = 0; count < 5; count += 1) await changeEmail(ctx, viewer, VICTIM)
    await expect(changeEmail(ctx, viewer, VICTIM)).rejects.toThrow('Too many requests')
    expect((await findUserByEmail(ctx, viewer.user.email))?.user.unconfirmed_email).toBe(VICTIM)
  })

  it('an address of a megabyte is no key and no job', async () => {
    const email = `${'a'.repeat(900_000)}@example.org`
    expect(await ways['a new password']?.(1, email)).toBe(303)
    const keys = await ctx.redis.keys(`${ctx.config.redis.prefix}*`)
    expect(Math.max(...keys.map(({ length }) => length))).toBeLessThan(500)
    const queue = await ctx.queues.get('mailers')
    expect(await queue.getJobs(['waiting', 'prioritized'])).toEqual([])
  })
})

describe('SEC-RATE-01 a direct client is one, whatever it claims', () => {
  const CLAIMS: Record<string, string>[] = [
    { 'x-forwarded-for': '1.2.3.4' },
    { 'x-forwarded-for': '127.0.0.1' },
    { 'x-forwarded-for': '10.0.0.1, 1.2.3.5' },
    { forwarded: 'for=1.2.3.6' },
    { 'x-real-ip': '1.2.3.7' },
    { 'cf-connecting-ip': '1.2.3.8' },
    { 'true-client-ip': '1.2.3.9' },
    { 'client-ip': '1.2.4.1' },
    { 'x-client-ip': '1.2.4.2' },
    { 'x-forwarded': '1.2.4.3' },
    { 'x-cluster-client-ip': '1.2.4.4' },
  ]
  let strict: TestWeb

  beforeAll(async () => {
    const env = { ...ctx.config.env, TRUSTED_PROXY_IP: ['192.0.2.1'] }
    strict = await startWeb({ ...ctx, config: { ...ctx.config, env } })
  })
  afterAll(() => strict.close())

  it('for reading', async () => {
    const left: number[] = []
    for (const headers of CLAIMS)
      left.push(
        Number(
          (await strict.get('/api/v1/instance/rules', { headers })).headers.get('x-ratelimit-remaining'),
        ),
      )
    expect(left).toEqual(CLAIMS.map((_claim, index) => 299 - index))
  })

  it('for registering apps and signing in, this machine included', async () => {
    const json = { client_name: 'x', redirect_uris: 'https://a.test/' }
    const registered: number[] = []
    for (const headers of CLAIMS)
      registered.push((await strict.post('/api/v1/apps', { json, headers })).status)
    expect(registered).toEqual(CLAIMS.map((_claim, index) => (index < 5 ? 200 : 429)))
    const tries: number[] = []
    for (let count = 0; count < 30; count += 1) {
      const browser = openBrowser(strict, CLAIMS[count % CLAIMS.length])
      const page = await browser.get('/auth/sign_in')
      const fields = { 'user[email]': `nobody${count}@example.org`, 'user[password]': 'x' }
      tries.push((await browser.submit(page, '/auth/sign_in', fields)).status)
    }
    expect(tries).toEqual([...Array(25).fill(422), ...Array(5).fill(429)])
  }, 60_000)
})

describe('SEC-RATE-03', () => {
  it('three hundred addresses of one /64 are one asker', async () => {
    const ask = (index: number, net = '1') =>
      web.get('/api/v1/instance/rules', {
        headers: { 'x-forwarded-for': `2001:db8:1:${net}::${index.toString(16)}` },
      })
    for (let index = 0; index < 300; index += 1) expect((await ask(index)).status).toBe(200)
    expect((await ask(300)).status).toBe(429)
    expect((await ask(1, '2')).status).toBe(200)
  }, 60_000)
})

describe('SEC-RATE-04', () => {
  it.each([
    '/auth/sign_in.json',
    '/auth/sign_in/',
    '//auth/sign_in',
    '/auth//sign_in',
    '/AUTH/sign_in',
    '/auth/sign_in?x=1',
    '/auth/%73ign_in',
    '/auth/sign_in;x',
    '/auth/./sign_in',
    '/oauth/token',
  ])(
    '%s lets nobody try a password that the limit refuses',
    async (path) => {
      const { user } = await make().user()
      const app = await make().application()
      const browser = openBrowser(web)
      const page = await browser.get('/auth/sign_in')
      for (let count = 0; count < 25; count += 1)
        await browser.submit(page, '/auth/sign_in', { 'user[email]': user.email, 'user[password]': 'wrong' })
      const answer = await web.post(path, {
        form: {
          authenticity_token: /name="authenticity_token" value="([^"]+)"/.exec(page.text)?.[1] ?? '',
          'user[email]': user.email,
          'user[password]': TEST_PASSWORD,
          grant_type: 'password',
          client_id: app.uid,
          client_secret: app.secret,
          username: user.email,
          password: TEST_PASSWORD,
        },
        headers: {
          accept: 'text/html',
          cookie: [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        },
      })
      expect([404, 429]).toContain(answer.status)
      expect(await ctx.db('session_activations')).toEqual([])
      expect(await ctx.db('oauth_access_tokens')).toEqual([])
    },
    60_000,
  )
})

describe('SEC-RATE-06 while Redis is away', () => {
  it('nobody signs in or up, no mail is asked for, no app made; reading goes on', async () => {
    const redis = createRedis(ctx.config, { purpose: 'commands', name: 'away', log: ctx.log })
    await new Promise<void>((resolve) => redis.once('ready', () => resolve()))
    const other = await startWeb({ ...ctx, redis })
    const { user } = await make().user()
    const app = await make().application()
    const token = await make().token({ user })
    const status = await make().status()
    const browser = openBrowser(web)
    await browser.signIn(user.email, TEST_PASSWORD)
    const page = await browser.get('/auth/edit')
    const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const authenticity_token = /name="authenticity_token" value="([^"]+)"/.exec(page.text)?.[1] ?? ''
    redis.disconnect()
    const form = { authenticity_token, 'user[email]': user.email, 'user[password]': TEST_PASSWORD }
    const headers = { cookie, accept: 'text/html' }
    for (const path of ['/auth/sign_in', '/auth/password', '/auth/confirmation', '/auth'])
      expect([path, (await other.post(path, { form, headers })).status]).toEqual([path, 503])
    const grant = {
      grant_type: 'password',
      client_id: app.uid,
      client_secret: app.secret,
      username: user.email,
      password: TEST_PASSWORD,
    }
    expect((await other.post('/oauth/token', { json: grant })).status).toBe(503)
    const json = { client_name: 'x', redirect_uris: 'https://a.test/' }
    expect((await other.post('/api/v1/apps', { json })).status).toBe(503)
    expect((await other.as(token).post('/api/v1/emails/confirmations')).status).toBe(503)
    await runMailJobs(ctx)
    // That somebody signed in is told even then: nobody asked for that mail.
    expect(ctx.mailer.sent.filter(({ subject }) => !subject.includes('from a new place'))).toEqual([])
    for (const path of [`/api/v1/statuses/${status.id}`, '/api/v1/timelines/public', '/api/v2/instance'])
      expect([path, (await other.get(path)).status]).toEqual([path, 200])
    expect((await other.as(token).get('/api/v1/timelines/home')).status).toBeLessThan(300)
    await other.close()
  })
})
