import { setPassword } from '@anancus/core/domain/users'
import { closeTestContext, type TestContext, testContext } from '@anancus/core/testing/context'
import { factories, TEST_PASSWORD } from '@anancus/db/testing/make'
import { openBrowser, type TestBrowser } from '../support/browser.ts'
import { mailedLink, runMailJobs } from '../support/mails.ts'
import { startWeb, type TestWeb } from '../support/server.ts'

let ctx: TestContext
let web: TestWeb
const make = () => factories(ctx.db)
const COOKIE = '__Host-session_id'

beforeAll(async () => {
  ctx = await testContext()
  web = await startWeb(ctx)
})
afterAll(async () => {
  await web.close()
  await closeTestContext(ctx)
})
beforeEach(async () => {
  const keys = await ctx.redis.keys(`${ctx.config.redis.prefix}rate:*`)
  if (keys.length > 0) await ctx.redis.del(...keys)
  await runMailJobs(ctx)
  ctx.mailer.sent.length = 0
})

async function signedIn(values: object = {}, headers: Record<string, string> = {}) {
  const made = await make().user({ sign_up_ip: '127.0.0.1', ...values })
  const browser = openBrowser(web, headers)
  await browser.signIn(made.user.email, TEST_PASSWORD)
  return { ...made, browser }
}

async function trySignIn(email: string, password: string, headers: Record<string, string> = {}) {
  const browser = openBrowser(web, headers)
  const page = await browser.get('/auth/sign_in')
  const answer = await browser.submit(page, '/auth/sign_in', {
    'user[email]': email,
    'user[password]': password,
  })
  return { answer, browser }
}

describe('signing in', () => {
  it('SEC-HTTP-12 gives cookies that scripts and other sites do not get, and other ids than before', async () => {
    const { user } = await make().user()
    const browser = openBrowser(web)
    const page = await browser.get('/auth/sign_in')
    const before = browser.cookies.get('__Host-session')
    expect(before).toBeTruthy()
    const answer = await browser.submit(page, '/auth/sign_in', {
      'user[email]': user.email.toUpperCase(),
      'user[password]': TEST_PASSWORD,
    })
    const lines = answer.headers.getSetCookie()
    expect(lines).toHaveLength(2)
    for (const line of lines) {
      expect(line).toMatch(/^__Host-/)
      expect(line).toContain('HttpOnly')
      expect(line).toContain('Secure')
      expect(line).toMatch(/SameSite=Lax/i)
      expect(line).toContain('Path=/')
    }
    expect(browser.cookies.get('__Host-session')).not.toBe(before)
    const [session] = await ctx.db('session_activations').where('user_id', user.id)
    expect(browser.cookies.get(COOKIE)).toMatch(new RegExp(`^${session.session_id}\\.`))
    const [activity] = await ctx.db('login_activities').where('user_id', user.id)
    expect(activity).toMatchObject({ success: true, authentication_method: 'password', ip: '127.0.0.1' })
  })

  it('SEC-AUTH-31 says the same of a wrong password and of an unknown address, in the same time', async () => {
    const viewer = await make().viewer()
    const { user } = viewer
    // Of the cost that real hashes have.
    await setPassword(ctx, viewer, TEST_PASSWORD, null)
    const clear = async () => {
      const keys = await ctx.redis.keys(`${ctx.config.redis.prefix}rate:*`)
      if (keys.length > 0) await ctx.redis.del(...keys)
    }
    const time = async (email: string) => {
      await clear()
      const browser = openBrowser(web)
      const page = await browser.get('/auth/sign_in')
      const start = performance.now()
      const answer = await browser.submit(page, '/auth/sign_in', {
        'user[email]': email,
        'user[password]': 'wrong password',
      })
      return { took: performance.now() - start, answer }
    }
    const median = (times: number[]) => times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0
    const known: number[] = []
    const unknown: number[] = []
    const texts = new Set<string>()
    for (let round = 0; round < 12; round += 1) {
      for (const [email, times] of [
        [user.email, known],
        ['nobody@example.org', unknown],
      ] as const) {
        const { took, answer } = await time(email)
        times.push(took)
        texts.add(`${answer.status} ${answer.text.replaceAll(email, '').replace(/value="[^"]*"|v=\w+/g, '')}`)
      }
    }
    expect(texts.size).toBe(1)
    // Both compare a hash of the same cost; what is left is the noise of a shared machine.
    expect(Math.abs(median(known) - median(unknown)) / median(known)).toBeLessThan(0.35)
  }, 60_000)

  it('is limited by mailbox, from wherever the tries come', async () => {
    const { user } = await make().user()
    for (let count = 0; count < 25; count += 1)
      await trySignIn(user.email, 'wrong', { 'x-forwarded-for': `203.0.113.${count}` })
    const { answer } = await trySignIn(user.email, TEST_PASSWORD, { 'x-forwarded-for': '203.0.113.99' })
    expect([answer.status, answer.text]).toEqual([429, expect.stringContaining('Too many tries')])
  })

  it('is limited by address, whatever the mailbox', async () => {
    for (let count = 0; count < 25; count += 1) await trySignIn(`nobody${count}@example.org`, 'wrong')
    const { user } = await make().user()
    expect((await trySignIn(user.email, TEST_PASSWORD)).answer.status).toBe(429)
  })

  it('does not let the dead or the doubly protected in by password alone (SEC-AUTH-11)', async () => {
    const memorial = await make().user({ account: { memorial: true } })
    expect((await trySignIn(memorial.user.email, TEST_PASSWORD)).answer.status).toBe(422)
    const otp = await make().user({ otp_required_for_login: true })
    const { answer, browser } = await trySignIn(otp.user.email, TEST_PASSWORD)
    expect([answer.status, answer.text]).toEqual([422, expect.stringContaining('second factor')])
    expect(browser.cookies.has(COOKIE)).toBe(false)
  })

  it.each([
    ['unconfirmed', { confirmed_at: null }, '/auth/setup'],
    ['pending', { approved: false }, '/auth/edit'],
    ['disabled', { disabled: true }, '/auth/edit'],
    ['suspended', { account: { suspended_at: new Date() } }, '/auth/edit'],
  ])('leads the %s to where the reason is', async (_name, values, path) => {
    const { user } = await make().user(values)
    const { answer } = await trySignIn(user.email, TEST_PASSWORD)
    expect(answer.headers.get('location')).toBe(path)
  })

  it.each(['//evil.test', '/\\evil.test', '/%2f%2fevil.test', '/%5cevil.test', 'https://evil.test'])(
    'SEC-AUTH-16 never goes to %s afterwards',
    async (target) => {
      const answer = await web.get(`/web${target.startsWith('/') ? '' : '/'}${target}`)
      const location = answer.headers.get('location') ?? '/'
      expect(new URL(location, 'https://social.test').host).toBe('social.test')
      expect(location).toMatch(/^\/(?![/\\]|%2f|%5c)/i)
    },
  )

  it('SEC-AUTH-18 signs out on the server too, and leaves no cookie', async () => {
    const { browser, user } = await signedIn()
    const stolen = browser.cookies.get(COOKIE) ?? ''
    const page = await browser.get('/auth/edit')
    const answer = await browser.submit(page, '/auth/sign_out')
    expect(answer.headers.get('location')).toBe('/auth/sign_in')
    expect(browser.cookies.has(COOKIE)).toBe(false)
    const thief = openBrowser(web)
    thief.cookies.set(COOKIE, stolen)
    expect((await thief.get('/auth/edit')).headers.get('location')).toBe('/auth/sign_in')
    expect(await ctx.db('session_activations').where('user_id', user.id)).toEqual([])
    expect(
      await ctx.db('oauth_access_tokens').where('resource_owner_id', user.id).whereNull('revoked_at'),
    ).toEqual([])
  })

  it('takes no cookie it did not sign', async () => {
    const { browser } = await signedIn()
    const [id] = (browser.cookies.get(COOKIE) ?? '').split('.')
    for (const value of [`${id}`, `${id}.`, `${id}.AAAA`, `x${browser.cookies.get(COOKIE)}`]) {
      const forger = openBrowser(web)
      forger.cookies.set(COOKIE, value)
      expect((await forger.get('/auth/edit')).headers.get('location')).toBe('/auth/sign_in')
    }
  })

  it('keeps the ten newest sessions', async () => {
    const { user } = await make().user()
    const browsers: TestBrowser[] = []
    for (let count = 0; count < 11; count += 1) {
      const browser = openBrowser(web)
      await browser.signIn(user.email, TEST_PASSWORD)
      browsers.push(browser)
    }
    expect(await ctx.db('session_activations').where('user_id', user.id)).toHaveLength(10)
    expect((await browsers[0]?.get('/auth/edit'))?.status).toBe(303)
    expect((await browsers[10]?.get('/auth/edit'))?.status).toBe(200)
    const live = ctx.db('oauth_access_tokens').where('resource_owner_id', user.id).whereNull('revoked_at')
    expect(await live).toHaveLength(10)
  })

  it('outlives a Redis that lost everything', async () => {
    const { browser } = await signedIn()
    const keys = await ctx.redis.keys(`${ctx.config.redis.prefix}session:*`)
    await ctx.redis.del(...keys)
    expect((await browser.get('/auth/edit')).status).toBe(200)
  })
})

describe('SEC-AUTH-25 sessions', () => {
  it('end one by one: the ended one is dead, the other lives', async () => {
    const { browser, user } = await signedIn()
    const phone = openBrowser(web, { 'user-agent': 'Mozilla/5.0 (Android 14; Mobile) Firefox/140.0' })
    await phone.signIn(user.email, TEST_PASSWORD)
    const page = await browser.get('/auth/edit')
    expect(page.text).toContain('Firefox on Android')
    const action = /action="(\/settings\/sessions\/\d+)"/.exec(page.text)?.[1] ?? ''
    await browser.submit(page, action)
    expect((await phone.get('/auth/edit')).headers.get('location')).toBe('/auth/sign_in')
    expect((await browser.get('/auth/edit')).status).toBe(200)
  })

  it('of others cannot be ended', async () => {
    const { browser } = await signedIn()
    const other = await signedIn()
    const [session] = await ctx.db('session_activations').where('user_id', other.user.id)
    const page = await browser.get('/auth/edit')
    const answer = await browser.submit(page, '/auth/sign_out', {}).then(async () => {
      await browser.signIn((await make().user()).user.email, TEST_PASSWORD)
      const own = await browser.get('/auth/edit')
      const fields = { ...(await import('../support/browser.ts')).hiddenFields(own.text, '/auth/sign_out') }
      return web.post(`/settings/sessions/${session.id}`, {
        form: { ...fields, _method: 'delete' },
        headers: {
          cookie: [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
          accept: 'text/html',
        },
      })
    })
    expect(answer.status).toBe(404)
    expect((await other.browser.get('/auth/edit')).status).toBe(200)
  })
})

describe('SEC-AUTH-07 SEC-AUTH-30 a new password', () => {
  /** Another browser, an app with a push subscription and a half-finished authorisation, all of one user. */
  async function surroundings() {
    const { user, browser } = await signedIn()
    const other = openBrowser(web)
    await other.signIn(user.email, TEST_PASSWORD)
    const app = await make().application()
    const token = await make().token({ user, application: app })
    await ctx.db('web_push_subscriptions').insert({
      access_token_id: token.row.id,
      user_id: user.id,
      endpoint: 'https://push.test/1',
      key_auth: 'a',
      key_p256dh: 'b',
    })
    await ctx.db('oauth_access_grants').insert({
      application_id: app.id,
      resource_owner_id: user.id,
      token: `code-${user.id}`,
      redirect_uri: 'x',
      expires_in: 600,
    })
    const allDead = async () => {
      expect((await other.get('/auth/edit')).headers.get('location')).toBe('/auth/sign_in')
      expect((await web.as(token).get('/api/v1/accounts/verify_credentials')).status).toBe(401)
      expect(await ctx.db('web_push_subscriptions').where('user_id', user.id)).toEqual([])
      const grants = await ctx.db('oauth_access_grants').where('resource_owner_id', user.id)
      expect(grants.every((grant) => grant.revoked_at !== null)).toBe(true)
    }
    return { user, browser, allDead }
  }

  it('set in the settings ends everything but the session in which it was set', async () => {
    const { user, browser, allDead } = await surroundings()
    const page = await browser.get('/auth/edit')
    const change = (current: string) =>
      browser.submit(page, '/auth', {
        'user[email]': user.email,
        'user[password]': 'another long password',
        'user[password_confirmation]': 'another long password',
        'user[current_password]': current,
      })
    expect((await change('wrong')).text).toContain('The current password is wrong.')
    expect((await change(TEST_PASSWORD)).headers.get('location')).toBe('/auth/edit')
    await allDead()
    expect((await browser.get('/auth/edit')).status).toBe(200)
    await runMailJobs(ctx)
    expect(ctx.mailer.sent.map(({ to, subject }) => `${to} ${subject}`)).toEqual([
      `${user.email} Your password for social.test was changed`,
    ])
    expect((await trySignIn(user.email, TEST_PASSWORD)).answer.status).toBe(422)
    expect((await trySignIn(user.email, 'another long password')).answer.status).toBe(303)
  })

  it('set by the link of a mail ends everything, and signs nobody in', async () => {
    const { user, browser, allDead } = await surroundings()
    const visitor = openBrowser(web)
    const ask = await visitor.get('/auth/password/new')
    await visitor.submit(ask, '/auth/password', { 'user[email]': user.email })
    await runMailJobs(ctx)
    const path = mailedLink(ctx)
    const page = await visitor.get(path)
    const set = (password: string, again = password) =>
      visitor.submit(page, '/auth/password', {
        'user[password]': password,
        'user[password_confirmation]': again,
      })
    expect((await set('short')).text).toContain('too short')
    expect((await set('another long password', 'other')).text).toContain('not the same')
    expect((await set('another long password')).headers.get('location')).toBe('/auth/sign_in')
    await allDead()
    expect((await browser.get('/auth/edit')).headers.get('location')).toBe('/auth/sign_in')
    expect(visitor.cookies.has(COOKIE)).toBe(false)
    expect((await visitor.get(path)).headers.get('location')).toBe('/auth/password/new')
  })

  it('set by an operator ends everything', async () => {
    const { user, browser, allDead } = await surroundings()
    const viewer = await make().viewer({ account: { username: `op${user.id}` } })
    await setPassword(ctx, { ...viewer, user }, 'another long password', null)
    await allDead()
    expect((await browser.get('/auth/edit')).headers.get('location')).toBe('/auth/sign_in')
  })
})

describe('password links', () => {
  it('SEC-AUTH-31 are promised to everybody and sent to those who exist', async () => {
    const { user } = await make().user()
    const answers = []
    for (const email of [user.email.toUpperCase(), 'nobody@example.org', 'not an address']) {
      const browser = openBrowser(web)
      const page = await browser.get('/auth/password/new')
      answers.push(await browser.submit(page, '/auth/password', { 'user[email]': email }))
    }
    expect(new Set(answers.map((answer) => `${answer.status} ${answer.headers.get('location')}`)).size).toBe(
      1,
    )
    await runMailJobs(ctx)
    expect(ctx.mailer.sent.map(({ to }) => to)).toEqual([user.email])
  })

  it('end after six hours, and are stored as digests only', async () => {
    const { user } = await make().user()
    const browser = openBrowser(web)
    const page = await browser.get('/auth/password/new')
    await browser.submit(page, '/auth/password', { 'user[email]': user.email })
    await runMailJobs(ctx)
    const path = mailedLink(ctx)
    const token = new URL(path, 'https://social.test').searchParams.get('reset_password_token') ?? ''
    const row = await ctx.db('users').where('id', user.id).first()
    expect(row.reset_password_token).not.toContain(token)
    expect((await browser.get(path)).status).toBe(200)
    await ctx
      .db('users')
      .where('id', user.id)
      .update({ reset_password_sent_at: new Date(Date.now() - 6.1 * 3600_000) })
    expect((await browser.get(path)).headers.get('location')).toBe('/auth/password/new')
  })
})

describe('a new address', () => {
  it('counts once it is confirmed, and both mailboxes are told', async () => {
    const { user, browser } = await signedIn()
    const old = user.email
    const wanted = `new-${old}`
    const page = await browser.get('/auth/edit')
    const answer = await browser.submit(page, '/auth', {
      'user[email]': wanted,
      'user[password]': '',
      'user[password_confirmation]': '',
      'user[current_password]': TEST_PASSWORD,
    })
    expect(answer.status).toBe(303)
    expect((await ctx.db('users').where('id', user.id).first()).email).toBe(old)
    await runMailJobs(ctx)
    expect(ctx.mailer.sent.map(({ to }) => to).sort()).toEqual([wanted, old].sort())
    const link = ctx.mailer.sent.find(({ to }) => to === wanted)?.text.match(/social\.test(\/\S+)/)?.[1] ?? ''
    await browser.get(link)
    expect((await ctx.db('users').where('id', user.id).first()).email).toBe(wanted)
  })

  it('SEC-AUTH-15 may not be one that could not sign up', async () => {
    const { browser } = await signedIn()
    await ctx.db('email_domain_blocks').insert({ domain: 'bad.test' })
    const page = await browser.get('/auth/edit')
    const answer = await browser.submit(page, '/auth', {
      'user[email]': 'me@bad.test',
      'user[current_password]': TEST_PASSWORD,
    })
    expect([answer.status, answer.text]).toEqual([422, expect.stringContaining('disallowed e-mail provider')])
  })
})

describe('authorised apps', () => {
  it('SEC-AUTH-22 are listed without their secrets, and lose their tokens when revoked', async () => {
    const { user, browser } = await signedIn()
    const app = await make().application({ name: 'Odd <App>', website: 'https://odd.test' })
    const token = await make().token({ user, application: app, scopes: 'read write:statuses' })
    const page = await browser.get('/oauth/authorized_applications')
    expect(page.text).toContain('Odd &lt;App&gt;')
    expect(page.text).toContain('Change your posts')
    expect(page.text).not.toContain(app.secret)
    await browser.submit(page, `/oauth/authorized_applications/${app.id}`)
    expect((await web.as(token).get('/api/v1/accounts/verify_credentials')).status).toBe(401)
    expect((await browser.get('/oauth/authorized_applications')).text).not.toContain('Odd')
    expect((await browser.get('/auth/edit')).status).toBe(200)
  })
})
