import { createHash } from 'node:crypto'
import { publishStatus } from '@anancus/core/domain/statuses'
import { saveSettings } from '@anancus/core/domain/settings'
import { fixedClock, type SettableClock } from '@anancus/core/kernel/clock'
import { createLogger } from '@anancus/core/kernel/log'
import { readMetrics } from '@anancus/core/kernel/metrics'
import { closeTestContext, type TestContext, testContext } from '@anancus/core/testing/context'
import { drainQueues, registerHandlers } from '@anancus/core/testing/drain-queues'
import { allHandlers } from '@anancus/core/testing/handlers'
import { picture } from '@anancus/core/testing/pictures'
import { factories, TEST_PASSWORD } from '@anancus/db/testing/make'
import { openBrowser } from '../support/browser.ts'
import { mailedLink, runMailJobs } from '../support/mails.ts'
import { startWeb, type TestAnswer, type TestWeb } from '../support/server.ts'

/** What is secret or said in confidence stands in no line of the log, be it the most talkative, and in no metric. */

let ctx: TestContext
let web: TestWeb
let log: string
let clock: SettableClock
/** Everything that must not be found. */
const canaries: string[] = []

beforeAll(async () => {
  log = ''
  const logger = createLogger({ level: 'debug', name: 'test' }, { write: (line) => void (log += line) })
  clock = fixedClock(new Date())
  ctx = await testContext({ log: logger, clock })
  registerHandlers(allHandlers)
  web = await startWeb(ctx)
  await saveSettings(ctx, { registrations_mode: 'approved' })
})
beforeEach(async () => {
  const keys = await ctx.redis.keys(`${ctx.config.redis.prefix}rate:*`)
  if (keys.length > 0) await ctx.redis.del(...keys)
})
afterAll(async () => {
  await web.close()
  await closeTestContext(ctx)
})

/** Something nobody may find again. */
function canary(text: string): string {
  canaries.push(text)
  return text
}

/** A secret of an answer, which nobody may find again either. */
function secretIn(answer: TestAnswer, name: string): string {
  const secret: unknown = answer.body?.[name]
  if (typeof secret !== 'string' || secret.length < 16) throw new Error(`No ${name}: ${answer.text}`)
  return canary(secret)
}

async function expectSilence(): Promise<void> {
  expect(log.split('\n').length).toBeGreaterThan(3)
  expect(canaries.filter((text) => log.includes(text))).toEqual([])
  const { text } = await readMetrics()
  expect(canaries.filter((word) => text.includes(word))).toEqual([])
}

describe('SEC-INFO-01', () => {
  it('signing up, confirming, signing in and out, and a new password', async () => {
    const browser = openBrowser(web)
    const page = await browser.get('/auth/sign_up')
    const fields = {
      'user[username]': 'secretive',
      'user[email]': canary('canary.mailbox@example.org'),
      'user[password]': canary('canary-first-password'),
      'user[agreement]': '1',
      'user[reason]': canary('canary reason to join'),
    }
    clock.advance(4_000)
    expect((await browser.submit(page, '/auth', fields)).status).toBe(303)
    await runMailJobs(ctx)
    const confirmation = mailedLink(ctx)
    canary(new URL(confirmation, 'https://social.test').searchParams.get('confirmation_token') ?? 'none')
    await browser.get(confirmation)
    const visitor = openBrowser(web)
    const signIn = await visitor.get('/auth/sign_in')
    await visitor.submit(signIn, '/auth/sign_in', {
      'user[email]': fields['user[email]'],
      'user[password]': canary('canary-wrong-password'),
    })
    await visitor.signIn(fields['user[email]'], fields['user[password]'])
    for (const value of visitor.cookies.values()) canary(value)
    await visitor.submit(await visitor.get('/auth/edit'), '/auth/sign_out')
    await visitor.submit(await visitor.get('/auth/password/new'), '/auth/password', {
      'user[email]': fields['user[email]'],
    })
    await runMailJobs(ctx)
    const reset = mailedLink(ctx)
    canary(new URL(reset, 'https://social.test').searchParams.get('reset_password_token') ?? 'none')
    const form = await visitor.get(reset)
    await visitor.submit(form, '/auth/password', {
      'user[password]': canary('canary-second-password'),
      'user[password_confirmation]': 'canary-second-password',
    })
    expect(canaries.length).toBeGreaterThanOrEqual(9)
    expect(canaries).not.toContain('none')
    await expectSilence()
  }, 30_000)

  it('an app, its secret, a code, its verifier and tokens', async () => {
    const { user } = await factories(ctx.db).user()
    const registered = await web.post('/api/v1/apps', {
      json: { client_name: 'App', redirect_uris: 'https://app.test/cb', scopes: 'read write' },
    })
    const client = {
      client_id: registered.body.client_id,
      client_secret: secretIn(registered, 'client_secret'),
    }
    const verifier = canary('canary-verifier-canary-verifier-canary-verifier')
    const challenge = createHash('sha256').update(verifier).digest('base64url')
    const browser = openBrowser(web)
    await browser.signIn(user.email, TEST_PASSWORD)
    const params = new URLSearchParams({
      client_id: client.client_id,
      redirect_uri: 'https://app.test/cb',
      response_type: 'code',
      scope: 'read write',
      state: canary('canary-state'),
      code_challenge: challenge,
      code_challenge_method: 'S256',
    })
    const consent = await browser.get(`/oauth/authorize?${params}`)
    const allowed = await browser.submit(consent, '/oauth/authorize')
    const code = canary(new URL(allowed.headers.get('location') ?? '').searchParams.get('code') ?? 'none')
    const grant = { ...client, grant_type: 'authorization_code', code, redirect_uri: 'https://app.test/cb' }
    await web.post('/oauth/token', { form: { ...grant, code_verifier: 'wrong' } })
    const token = secretIn(
      await web.post('/oauth/token', { form: { ...grant, code_verifier: verifier } }),
      'access_token',
    )
    await web.as(token).get('/api/v1/accounts/verify_credentials')
    await web.get(`/api/v1/accounts/verify_credentials?access_token=${token}`)
    await web.post('/api/v1/markers', { form: { bearer_token: token } })
    await web.get(`/media_proxy/1?access_token=${token}`)
    await web.get(`/nothing-here?code=${code}`)
    await web.get(`/oauth/authorize/native?code=${code}`)
    await web.as('canary-unknown-token').get('/api/v1/timelines/home')
    canary('canary-unknown-token')
    await web.post('/oauth/introspect', { form: { ...client, token } })
    await web.post('/oauth/revoke', { form: { ...client, token } })
    await expectSilence()
  })

  it('what is written in confidence, also where it goes wrong', async () => {
    const make = factories(ctx.db)
    const alice = await make.viewer({ account: { username: 'alice' } })
    await make.viewer({ account: { username: 'bob' } })
    const client = web.as(await make.token({ user: alice.user }))
    const write = () =>
      client.post('/api/v1/statuses', {
        json: {
          status: `@bob ${canary('canary of a private letter')}`,
          spoiler_text: canary('canary of a warning'),
          visibility: 'direct',
          poll: { options: [canary('canary of a choice'), 'other'], expires_in: 600 },
        },
      })
    expect((await write()).status).toBe(200)
    await client.post(`/api/v1/accounts/${alice.account.id}/note`, {
      json: { comment: canary('canary of a note') },
    })
    await client.post('/api/v2/filters', {
      json: {
        title: canary('canary of a filter'),
        context: ['home'],
        keywords_attributes: [{ keyword: canary('canaryword') }],
      },
    })
    await client.get(`/api/v2/search?q=${canary('canaryquery')}`)
    const upload = new FormData()
    upload.append('file', new Blob([(await picture('png')) as never]), canary('canary-name.png'))
    upload.append('description', canary('canary of a picture'))
    await client.post('/api/v2/media', { body: upload })
    await client.post('/api/v1/statuses', {
      body: `{"status":"${canary('canary of malformed JSON')}"`,
      headers: { 'content-type': 'application/json' },
    })
    await drainQueues(ctx)

    // Now the database refuses what it is to keep, at several places of the way.
    const errors: unknown[] = []
    for (const table of ['status_stats', 'mentions', 'polls']) {
      await ctx.db.raw(`alter table ${table} rename to ${table}_away`)
      expect((await write()).status).toBe(500)
      const params = { status: `@bob ${canary('canary of a job')}`, visibility: 'direct' as const }
      errors.push(await publishStatus(ctx, alice.account, params as never).catch((error: unknown) => error))
      await ctx.db.raw(`alter table ${table}_away rename to ${table}`)
    }
    await ctx.db.raw("alter table statuses add constraint refused check (text not like '%canary%') not valid")
    expect((await write()).status).toBe(500)
    expect(log).toContain('request failed')
    expect(log).toContain('violates check constraint')
    // What a queue keeps of a failed job.
    const kept = errors.map((error) => (error as Error).message + (error as Error).stack).join()
    expect(canaries.filter((text) => kept.includes(text))).toEqual([])
    await expectSilence()
  }, 30_000)
})
