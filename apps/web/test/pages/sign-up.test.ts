import { approveUser, findUserByUsername, sendMail } from '@anancus/core/domain/users'
import { saveSettings } from '@anancus/core/domain/settings'
import { fixedClock, type SettableClock } from '@anancus/core/kernel/clock'
import { closeTestContext, type TestContext, testContext } from '@anancus/core/testing/context'
import { factories, TEST_PASSWORD } from '@anancus/db/testing/make'
import { openBrowser, type TestBrowser } from '../support/browser.ts'
import { mailedLink, runMailJobs } from '../support/mails.ts'
import { startWeb, type TestAnswer, type TestWeb } from '../support/server.ts'

let ctx: TestContext
let web: TestWeb
let clock: SettableClock
const make = () => factories(ctx.db)

beforeAll(async () => {
  clock = fixedClock(new Date())
  ctx = await testContext({ clock })
  web = await startWeb(ctx)
})
afterAll(async () => {
  await web.close()
  await closeTestContext(ctx)
})
beforeEach(async () => {
  await clearLimits()
  ctx.mailer.sent.length = 0
  await saveSettings(ctx, { registrations_mode: 'open', require_invite_text: false, min_age: null })
})

async function clearLimits(): Promise<void> {
  const keys = await ctx.redis.keys(`${ctx.config.redis.prefix}rate:*`)
  if (keys.length > 0) await ctx.redis.del(...keys)
}

let number = 0
function details(values: Record<string, string> = {}) {
  number += 1
  return {
    'user[username]': `newcomer${number}`,
    'user[email]': `newcomer${number}@example.org`,
    'user[password]': TEST_PASSWORD,
    'user[agreement]': '1',
    ...values,
  }
}

async function signUp(values: Record<string, string> = {}, browser = openBrowser(web)) {
  const page = await browser.get('/auth/sign_up')
  clock.advance(4000)
  const fields = details(values)
  return { answer: await browser.submit(page, '/auth', fields), browser, fields }
}

async function mailLink(): Promise<string> {
  await runMailJobs(ctx)
  return mailedLink(ctx)
}

describe('open registration', () => {
  it('goes by form, mail and link to a signed-in page', async () => {
    const { answer, browser, fields } = await signUp()
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/auth/setup'])
    expect((await browser.get('/auth/setup')).text).toContain(fields['user[email]'])
    expect((await browser.get('/home')).headers.get('location')).toBe('/auth/setup')
    const path = await mailLink()
    expect(ctx.mailer.sent[0]?.to).toBe(fields['user[email]'])
    expect((await openBrowser(web).get(path)).headers.get('location')).toBe('/auth/sign_in')
    expect((await browser.get('/home')).headers.get('location')).toBeNull()
    ctx.mailer.sent.length = 0
    await runMailJobs(ctx, { delayed: true })
    expect(ctx.mailer.sent.map(({ subject }) => subject)).toEqual(['Welcome to Anancus'])
    const again = await openBrowser(web).get(path)
    expect([again.status, again.text]).toEqual([422, expect.stringContaining('This link was used')])
  })

  it('shows the rules first, and takes no form without them', async () => {
    await ctx.db('rules').insert({ text: 'Be kind', hint: 'Really' })
    const browser = openBrowser(web)
    const rules = await browser.get('/auth/sign_up')
    expect(rules.text).toContain('Be kind')
    expect(rules.text).not.toContain('user[email]')
    const link = /href="(\/auth\/sign_up\?accept=[\w-]+)"/.exec(rules.text)?.[1] ?? ''
    expect((await browser.get('/auth/sign_up?accept=guess')).text).not.toContain('user[email]')
    const page = await browser.get(link)
    expect(page.text).toContain('user[email]')
    await ctx.db('rules').delete()
  })

  it('says what is wrong with each field and keeps the rest', async () => {
    await make().user({ account: { username: 'taken' }, email: 'taken@example.org' })
    const { answer } = await signUp({
      'user[username]': 'Taken',
      'user[email]': 'TAKEN@example.org',
      'user[password]': 'short',
      'user[agreement]': '',
    })
    expect(answer.status).toBe(422)
    for (const text of [
      'Username has already been taken.',
      'E-mail address has already been taken.',
      'Password is too short (minimum is 8 characters).',
      'This must be accepted.',
      'value="Taken"',
    ])
      expect(answer.text).toContain(text)
    expect(await findUserByUsername(ctx, 'taken')).not.toBeNull()
  })

  it.each(['admin', '4dm1n', 'm0derator', 'my_mastodon_fan', 'a b', 'x'.repeat(31), 'ünicode'])(
    'does not give away the name %s',
    async (username) => {
      const { answer } = await signUp({ 'user[username]': username })
      expect(answer.status).toBe(422)
      expect(await ctx.db('accounts').where({ username })).toEqual([])
    },
  )

  it.each([
    'a%e.test@s.test',
    '"a,b"@x.test',
    'a@x.test,b@y.test',
    'a@x.test\nBcc:b@y.test',
    `${'a'.repeat(400)}@x.test`,
    'a@x',
    'a@@x.test',
    '<a@x.test>',
    'a b@x.test',
  ])('SEC-AUTH-14 refuses the address %j and mails nobody', async (email) => {
    const { answer } = await signUp({ 'user[email]': email })
    expect(answer.status).toBe(422)
    await runMailJobs(ctx)
    expect(ctx.mailer.sent).toEqual([])
  })

  it('SEC-AUTH-15 knows a banned address whatever its spelling, and a banned provider with its subdomains', async () => {
    const { createHash } = await import('node:crypto')
    const hash = createHash('sha256').update('spam@x.test').digest('hex')
    await ctx.db('canonical_email_blocks').insert({ canonical_email_hash: hash })
    await ctx.db('email_domain_blocks').insert({ domain: 'bad.test' })
    for (const email of ['SPAM+1@x.test', 's.pam@x.test', 'me@bad.test', 'me@mx.bad.test']) {
      const { answer } = await signUp({ 'user[email]': email })
      expect([email, answer.status]).toEqual([email, 422])
      expect(answer.text).toContain('uses a disallowed e-mail provider')
    }
  })

  it('turns programs away: too fast, or a hidden field filled in', async () => {
    const browser = openBrowser(web)
    const page = await browser.get('/auth/sign_up')
    const fast = await browser.submit(page, '/auth', details())
    expect([fast.status, fast.text]).toEqual([422, expect.stringContaining('faster than anybody can read')])
    clock.advance(4000)
    expect((await browser.submit(fast, '/auth', details())).status).toBe(303)
    const { answer } = await signUp({ 'user[website]': 'https://spam.test' })
    expect(answer.status).toBe(403)
  })

  it('checks the age and keeps no date', async () => {
    await saveSettings(ctx, { min_age: 16 })
    const young = new Date(clock.now().getTime() - 15 * 365 * 24 * 3600 * 1000).toISOString().slice(0, 10)
    expect((await signUp({ 'user[date_of_birth]': young })).answer.text).toContain('is below the age limit')
    expect((await signUp({})).answer.status).toBe(422)
    const { answer, fields } = await signUp({ 'user[date_of_birth]': '1980-02-29' })
    expect(answer.status).toBe(303)
    const viewer = await findUserByUsername(ctx, fields['user[username]'] ?? '')
    expect(viewer?.user.age_verified_at).not.toBeNull()
  })

  it('gives one of two at once the name', async () => {
    const browsers = [openBrowser(web), openBrowser(web)]
    const pages = await Promise.all(browsers.map((browser) => browser.get('/auth/sign_up')))
    clock.advance(4000)
    const answers = await Promise.all(
      browsers.map((browser, index) =>
        browser.submit(pages[index] as TestAnswer, '/auth', details({ 'user[username]': 'contested' })),
      ),
    )
    expect(answers.map((answer) => answer.status).sort()).toEqual([303, 422])
    expect(await ctx.db('accounts').where({ username: 'contested' })).toHaveLength(1)
  })

  it('needs the token of the form (SEC-HTTP-04)', async () => {
    const browser = openBrowser(web)
    const page = await browser.get('/auth/sign_up')
    clock.advance(4000)
    const forged = await browser.submit(page, '/auth', { ...details(), authenticity_token: 'x' })
    expect(forged.status).toBe(422)
    const elsewhere = openBrowser(web, { 'sec-fetch-site': 'cross-site' })
    for (const [name, value] of browser.cookies) elsewhere.cookies.set(name, value)
    expect((await elsewhere.submit(page, '/auth', details())).status).toBe(422)
  })
})

describe('registration by approval', () => {
  it('puts the newcomer before the moderators, and lets them in by a yes', async () => {
    await saveSettings(ctx, { registrations_mode: 'approved', require_invite_text: true })
    const role = await ctx.db('user_roles').where('name', 'Owner').first()
    const staff = await make().user({ role_id: role.id })
    expect((await signUp()).answer.text).toContain('can&#39;t be blank')
    const { answer, browser, fields } = await signUp({ 'user[reason]': 'I like <b>cats</b>' })
    expect(answer.status).toBe(303)
    const path = await mailLink()
    const page = await browser.get(path)
    expect(page.text).toContain('a moderator looks at your request')
    ctx.mailer.sent.length = 0
    await runMailJobs(ctx)
    const mail = ctx.mailer.sent.find(({ to }) => to === staff.user.email)
    expect(mail?.html).toContain('I like &lt;b&gt;cats&lt;/b&gt;')
    expect((await browser.get('/home')).headers.get('location')).toBe('/auth/edit')
    const viewer = await findUserByUsername(ctx, fields['user[username]'] ?? '')
    if (viewer) await approveUser(ctx, viewer)
    expect((await browser.get('/home')).headers.get('location')).toBeNull()
  })

  it('asks for approval of one address, provider or name in open mode too', async () => {
    await ctx.db('ip_blocks').insert({ ip: '127.0.0.0/8', severity: 5000 })
    const { fields } = await signUp()
    expect((await findUserByUsername(ctx, fields['user[username]'] ?? ''))?.user.approved).toBe(false)
    await ctx.db('ip_blocks').delete()
    await ctx.db('email_domain_blocks').insert({ domain: 'odd.test', allow_with_approval: true })
    const odd = await signUp({ 'user[email]': 'me@odd.test' })
    expect((await findUserByUsername(ctx, odd.fields['user[username]'] ?? ''))?.user.approved).toBe(false)
  })
})

describe('SEC-AUTH-27 closed registration', () => {
  const byApi = async () => {
    const app = await make().application({ scopes: 'read write' })
    const token = await make().token({ application: app, scopes: 'read write' })
    return web.as(token).post('/api/v1/accounts', {
      json: { username: 'api_user', email: 'api@example.org', password: TEST_PASSWORD, agreement: true },
    })
  }

  it.each([
    ['closed', async () => saveSettings(ctx, { registrations_mode: 'none' })],
    ['blocked', async () => void (await ctx.db('ip_blocks').insert({ ip: '127.0.0.1', severity: 5500 }))],
  ])('is %s for form and API alike', async (_name, close) => {
    await close()
    const browser: TestBrowser = openBrowser(web)
    const page = await browser.get('/auth/sign_up')
    expect(page.headers.get('location')).toBe('/auth/sign_in')
    expect((await browser.get('/auth/sign_in')).text).toContain('Nobody can sign up here')
    const answer = await byApi()
    expect([answer.status, answer.body]).toEqual([403, { error: 'Forbidden' }])
    await ctx.db('ip_blocks').delete()
  })
})

describe('POST /api/v1/accounts', () => {
  const ask = async (json: object, scopes = 'read write:accounts') => {
    const app = await make().application({ scopes: 'read write' })
    const token = await make().token({ application: app, scopes })
    return { answer: await web.as(token).post('/api/v1/accounts', { json }), app }
  }
  const good = () => ({ ...apiDetails(), agreement: true, locale: 'de' })
  const apiDetails = () => {
    number += 1
    return { username: `api${number}`, email: `api${number}@example.org`, password: TEST_PASSWORD }
  }

  it('gives a token that works once the address is confirmed', async () => {
    const { answer } = await ask(good())
    expect(answer.status).toBe(200)
    expect(answer.body).toMatchObject({ token_type: 'Bearer', scope: 'read write' })
    const client = web.as(answer.body.access_token)
    const me = await client.get('/api/v1/accounts/verify_credentials')
    expect([me.status, me.body.error]).toEqual([403, 'Your login is missing a confirmed e-mail address'])
    expect((await client.get('/api/v1/emails/check_confirmation')).text).toBe('false')
    expect((await web.get(await mailLink())).status).toBe(303)
    expect((await client.get('/api/v1/accounts/verify_credentials')).status).toBe(200)
    expect((await client.get('/api/v1/emails/check_confirmation')).text).toBe('true')
  })

  it('tells what is wrong with codes', async () => {
    const { answer } = await ask({ username: 'admin', email: 'no', password: 'short', locale: 'xx' })
    expect(answer.status).toBe(422)
    expect(answer.body.error).toMatch(/^Validation failed: Username is reserved, E-mail address is invalid/)
    expect(answer.body.details).toEqual({
      username: [{ error: 'ERR_RESERVED', description: 'is reserved' }],
      email: [{ error: 'ERR_INVALID', description: 'is invalid' }],
      password: [{ error: 'ERR_TOO_SHORT', description: 'is too short (minimum is 8 characters)' }],
      agreement: [{ error: 'ERR_ACCEPTED', description: 'must be accepted' }],
      locale: [{ error: 'ERR_INCLUSION', description: 'is not included in the list' }],
    })
  })

  it('SEC-AUTH-15 SEC-AUTH-27 holds newcomers to the rules of the form: banned mailboxes, age, reasons', async () => {
    const { createHash } = await import('node:crypto')
    const hash = createHash('sha256').update('troll@x.test').digest('hex')
    await ctx.db('canonical_email_blocks').insert({ canonical_email_hash: hash })
    for (const email of ['troll@x.test', 'TROLL+1@x.test', 't.r.o.l.l@x.test'])
      expect((await ask({ ...good(), email })).answer.body.details).toEqual({
        email: [{ error: 'ERR_BLOCKED', description: 'uses a disallowed e-mail provider' }],
      })
    await clearLimits()
    await saveSettings(ctx, { min_age: 16, registrations_mode: 'approved', require_invite_text: true })
    expect((await ask(good())).answer.body.details).toEqual({
      date_of_birth: [{ error: 'ERR_BLANK', description: "can't be blank" }],
      reason: [{ error: 'ERR_BLANK', description: "can't be blank" }],
    })
    const waiting = { ...good(), date_of_birth: '29.02.1980', reason: 'I like cats' }
    expect((await ask(waiting)).answer.status).toBe(200)
    expect((await findUserByUsername(ctx, waiting.username))?.user.approved).toBe(false)
    await saveSettings(ctx, { registrations_mode: 'none' })
    expect((await ask(good())).answer.status).toBe(403)
  })

  it('is for apps with the scope, five times in half an hour', async () => {
    expect((await ask(good(), 'read')).answer.status).toBe(403)
    const { user } = await make().user()
    const token = await make().token({ user, scopes: 'write' })
    const refused = await web.as(token).post('/api/v1/accounts', { json: good() })
    expect(refused.body.error).toBe('This method requires an client credentials authentication')
    for (let count = 0; count < 3; count += 1) await ask(good())
    expect((await ask(good())).answer.status).toBe(429)
  })

  it('sends the mail again, only to the app that signed the user up, only while it waits', async () => {
    const { answer, app } = await ask(good())
    await runMailJobs(ctx)
    ctx.mailer.sent.length = 0
    const client = web.as(answer.body.access_token)
    expect(
      (await client.post('/api/v1/emails/confirmations', { json: { email: 'other@example.org' } })).body,
    ).toEqual({})
    await runMailJobs(ctx)
    expect(ctx.mailer.sent.map(({ to }) => to)).toEqual(['other@example.org'])
    const viewer = await ctx.db('users').where('email', 'other@example.org').first()
    const foreign = await make().token({ user: viewer })
    expect((await web.as(foreign).post('/api/v1/emails/confirmations')).body.error).toBe(
      'This method is only available to the application the user originally signed-up with',
    )
    await web.get(mailedLink(ctx))
    const late = await client.post('/api/v1/emails/confirmations')
    expect([late.status, late.body.error]).toEqual([
      403,
      'This method is only available while the e-mail is awaiting confirmation',
    ])
    expect(app.id).toBeTruthy()
  })
})

describe('confirmation links', () => {
  it('end after two days', async () => {
    await signUp()
    const path = await mailLink()
    clock.advance(2 * 24 * 3600 * 1000 + 60_000)
    const answer = await openBrowser(web).get(path)
    expect([answer.status, answer.text]).toEqual([422, expect.stringContaining('expired')])
  })

  it('SEC-HTTP-07 lead to the configured domain, whatever the request called us', async () => {
    await signUp({}, openBrowser(web, { 'x-forwarded-host': 'evil.test' }))
    await runMailJobs(ctx)
    expect(ctx.mailer.sent[0]?.text).toContain('https://social.test/auth/confirmation?')
    expect(ctx.mailer.sent[0]?.text).not.toContain('evil.test')
  })

  it('SEC-AUTH-31 are sent again without telling who is known here', async () => {
    await make().user({ email: 'confirmed@example.org' })
    const { fields } = await signUp()
    await runMailJobs(ctx)
    ctx.mailer.sent.length = 0
    const answers = []
    for (const email of ['confirmed@example.org', 'nobody@example.org', fields['user[email]'] ?? '']) {
      const browser = openBrowser(web)
      const page = await browser.get('/auth/confirmation/new')
      answers.push(await browser.submit(page, '/auth/confirmation', { 'user[email]': email }))
    }
    expect(new Set(answers.map((answer) => `${answer.status} ${answer.headers.get('location')}`)).size).toBe(
      1,
    )
    await runMailJobs(ctx)
    expect(ctx.mailer.sent.map(({ to }) => to)).toEqual([fields['user[email]']])
  })

  it('an address that somebody else has only asked for is free; who confirms it last is told', async () => {
    const squatter = await make().user()
    await ctx.db('users').where('id', squatter.user.id).update({
      unconfirmed_email: 'owner@example.org',
      confirmation_token: 'squat',
      confirmation_sent_at: clock.now(),
    })
    const { answer } = await signUp({ 'user[email]': 'owner@example.org' })
    expect(answer.status).toBe(303)
    expect((await web.get(await mailLink())).status).toBe(303)
    const late = await openBrowser(web).get('/auth/confirmation?confirmation_token=squat')
    expect([late.status, late.text]).toEqual([422, expect.stringContaining('belongs to somebody else')])
    expect((await ctx.db('users').where('id', squatter.user.id).first()).email).toBe(squatter.user.email)
  })

  it('SEC-AUTH-08 go to one mailbox five times in half an hour, however they are asked for', async () => {
    const { fields } = await signUp()
    const statuses: number[] = []
    for (let count = 0; count < 8; count += 1) {
      const browser = openBrowser(web, { 'x-forwarded-for': `203.0.113.${count}` })
      const path = count % 2 ? '/auth/password' : '/auth/confirmation'
      const page = await browser.get(`${path}/new`)
      statuses.push((await browser.submit(page, path, { 'user[email]': fields['user[email]'] ?? '' })).status)
    }
    // The mail of signing up was the first.
    expect(statuses).toEqual([303, 303, 303, 303, 429, 429, 429, 429])
  })
})

it('a mail whose recipient is gone is not sent, and an unknown one is not tried again', async () => {
  ctx.mailer.sent.length = 0
  await sendMail(ctx, { template: 'welcome', userId: '999999', data: '{}' })
  expect(ctx.mailer.sent).toEqual([])
  await expect(sendMail(ctx, { template: 'nonsense', userId: '1', data: '{}' })).rejects.toThrow(
    'no mail called',
  )
})
