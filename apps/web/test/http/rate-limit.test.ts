import { rates } from '@anancus/core/kernel/config/rate-limits'
import { fixedClock } from '@anancus/core/kernel/clock'
import { createRedis } from '@anancus/core/kernel/redis'
import { closeTestContext, type TestContext, testContext } from '@anancus/core/testing/context'
import { factories } from '@anancus/db/testing/make'
import { noParams } from '../../src/http/params.ts'
import { answer, ok } from '../../src/http/reply.ts'
import { anyone, type Route, route, user, userRoute } from '../../src/http/route.ts'
import { startWeb, type TestWeb } from '../support/server.ts'

const routes: Route[] = [
  route({
    method: 'get',
    path: '/api/v1/open',
    auth: anyone(),
    summary: '',
    answers: 'empty',
    params: noParams,
    handle: async () => ok([]),
  }),
  userRoute({
    method: 'get',
    path: '/api/v1/mine',
    auth: user('read'),
    summary: '',
    answers: 'empty',
    params: noParams,
    handle: async () => ok([]),
  }),
  userRoute({
    method: 'post',
    path: '/api/v1/things',
    auth: user('write'),
    rateLimit: 'statuses',
    summary: '',
    answers: 'empty',
    params: noParams,
    handle: async ({ req }) => {
      if (req.query && req.originalUrl.includes('bad')) return answer(422, { error: 'no' })
      return { kind: 'json', status: 200, body: {}, isRepeat: req.originalUrl.includes('repeat') }
    },
  }),
  route({
    method: 'post',
    path: '/api/v1/sign-up',
    auth: anyone(),
    rateLimit: 'sign_ups',
    summary: '',
    answers: 'empty',
    params: noParams,
    handle: async () => ok({}),
  }),
]

let ctx: TestContext
let web: TestWeb
const make = () => factories(ctx.db)

/** A minute into a window of every length: no test meets the end of one. */
const SIX_HOURS = 6 * 3600_000
const clock = fixedClock(new Date(Math.ceil(Date.now() / SIX_HOURS) * SIX_HOURS + 60_000))

beforeAll(async () => {
  ctx = await testContext({ clock })
  web = await startWeb(ctx, { routes })
})
afterAll(async () => {
  await web.close()
  await closeTestContext(ctx)
})
beforeEach(async () => {
  const keys = await ctx.redis.keys(`${ctx.config.redis.prefix}rate:*`)
  if (keys.length > 0) await ctx.redis.del(...keys)
})

const remaining = async (headers: Record<string, string> = {}) =>
  Number((await web.get('/api/v1/open', { headers })).headers.get('x-ratelimit-remaining'))

/** Another process: its own server and its own connection to Redis. */
async function anotherProcess(env: Partial<TestContext['config']['env']> = {}) {
  const redis = createRedis(ctx.config, { purpose: 'commands', name: 'other', log: ctx.log })
  await new Promise<void>((resolve) => redis.once('ready', () => resolve()))
  const config = { ...ctx.config, env: { ...ctx.config.env, ...env } }
  const other = await startWeb({ ...ctx, config, redis }, { routes })
  return {
    web: other,
    close: async () => {
      await other.close()
      redis.disconnect()
    },
  }
}

describe('the headers', () => {
  it('know the numbers an operator has set', async () => {
    const RATE_LIMITS = rates()('api-address=2/60')
    const other = await anotherProcess({ RATE_LIMITS })
    const answers = []
    for (let count = 0; count < 3; count += 1) answers.push(await other.web.get('/api/v1/open'))
    await other.close()
    expect(answers.map(({ headers }) => headers.get('x-ratelimit-limit'))).toEqual(['2', '2', '2'])
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 429])
  })

  it('say how many are left until when, the window being a multiple of its length', async () => {
    const { headers } = await web.get('/api/v1/open')
    expect(headers.get('x-ratelimit-limit')).toBe('300')
    expect(headers.get('x-ratelimit-remaining')).toBe('299')
    const reset = headers.get('x-ratelimit-reset') ?? ''
    expect(reset).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/)
    expect(new Date(reset).getTime() % 300_000).toBe(0)
    expect(new Date(reset).getTime()).toBeGreaterThan(Date.now())
  })

  it('tell of the tighter of several limits', async () => {
    for (let count = 0; count < 3; count += 1) await web.get('/api/v1/open?max_id=1')
    await web.get('/api/v1/open')
    expect((await web.get('/api/v1/open?max_id=1')).headers.get('x-ratelimit-remaining')).toBe('295')
    expect((await web.get('/api/v1/open')).headers.get('x-ratelimit-remaining')).toBe('294')
  })
})

describe('limits', () => {
  it('answer 429 and when to come back', async () => {
    const { secret } = await make().token({ user: (await make().user()).user })
    const answers = []
    for (let count = 0; count < 301; count += 1) answers.push(await web.as(secret).get('/api/v1/mine'))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(300)
    const last = answers.at(-1)
    expect([last?.status, last?.body]).toEqual([429, { error: 'Too many requests' }])
    expect(Number(last?.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(last?.headers.get('x-ratelimit-remaining')).toBe('0')
  }, 60_000)

  it('SEC-RATE-05 hold a user with many tokens to 1,500', async () => {
    const { user: owner } = await make().user()
    const secrets: string[] = []
    for (let count = 0; count < 6; count += 1) secrets.push((await make().token({ user: owner })).secret)
    let refused = 0
    for (const secret of secrets) {
      for (let batch = 0; batch < 26; batch += 1) {
        const answers = await Promise.all(
          Array.from({ length: 10 }, () => web.as(secret).get('/api/v1/mine')),
        )
        refused += answers.filter(({ status }) => status === 429).length
      }
    }
    expect(refused).toBe(6 * 260 - 1500)
  }, 120_000)

  it('SEC-RATE-01 count a direct client once, whatever it claims', async () => {
    const strict = await anotherProcess({ TRUSTED_PROXY_IP: ['192.0.2.1'] })
    const left: number[] = []
    for (const headers of [
      { 'x-forwarded-for': '1.2.3.4' },
      { 'x-forwarded-for': '1.2.3.5, 127.0.0.1' },
      { forwarded: 'for=1.2.3.6' },
      { 'x-real-ip': '1.2.3.7' },
      { 'cf-connecting-ip': '1.2.3.8' },
      { 'client-ip': '127.0.0.1' },
      {},
    ]) {
      const { headers: got } = await strict.web.get('/api/v1/open', {
        headers: headers as Record<string, string>,
      })
      left.push(Number(got.get('x-ratelimit-remaining')))
    }
    expect(left).toEqual([299, 298, 297, 296, 295, 294, 293])
    await strict.close()
  })

  it('SEC-RATE-01 believe trusted proxies up to the first that is none', async () => {
    expect(await remaining({ 'x-forwarded-for': '203.0.113.1' })).toBe(299)
    expect(await remaining({ 'x-forwarded-for': '9.9.9.9, 203.0.113.1, 10.0.0.2' })).toBe(298)
    expect(await remaining({ 'x-forwarded-for': '203.0.113.2' })).toBe(299)
  })

  it('SEC-RATE-03 count one /64 once', async () => {
    expect(await remaining({ 'x-forwarded-for': '2001:db8:1:1::1' })).toBe(299)
    expect(await remaining({ 'x-forwarded-for': '2001:db8:1:1:ffff::9' })).toBe(298)
    expect(await remaining({ 'x-forwarded-for': '2001:db8:1:2::1' })).toBe(299)
    expect(await remaining({ 'x-forwarded-for': '::ffff:203.0.113.9' })).toBe(299)
    expect(await remaining({ 'x-forwarded-for': '203.0.113.9' })).toBe(298)
  })

  it('SEC-RATE-04 apply after routing: no spelling of the path gets round them', async () => {
    const ask = (path: string) => web.post(path)
    for (let count = 0; count < 5; count += 1) expect((await ask('/api/v1/sign-up')).status).toBe(200)
    for (const path of ['/api/v1/sign-up', '/api/v1/sign-up/', '/api/v1/sign-up?x=1']) {
      expect((await ask(path)).status).toBe(429)
    }
    for (const path of ['/api/v1/sign-up.json', '//api/v1/sign-up', '/API/v1/sign-up', '/api/v1//sign-up'])
      expect((await ask(path)).status).toBe(404)
  })

  it('SEC-RATE-06 are shared by processes', async () => {
    const other = await anotherProcess()
    expect(await remaining()).toBe(299)
    const answered = await other.web.get('/api/v1/open')
    expect(answered.headers.get('x-ratelimit-remaining')).toBe('298')
    await other.close()
  })

  it('SEC-RATE-06 close sign-up and leave reading open while Redis is away', async () => {
    const redis = createRedis(ctx.config, { purpose: 'commands', name: 'away', log: ctx.log })
    await new Promise<void>((resolve) => redis.once('ready', () => resolve()))
    const other = await startWeb({ ...ctx, redis }, { routes })
    redis.disconnect()
    expect((await other.get('/api/v1/open')).status).toBe(200)
    expect((await other.post('/api/v1/sign-up')).status).toBe(503)
    await other.close()
  })
})

describe('families', () => {
  it('count what was made: not repetitions, not failures', async () => {
    const { secret } = await make().token({ user: (await make().user()).user })
    const client = web.as(secret)
    await client.post('/api/v1/things?repeat')
    await client.post('/api/v1/things?bad')
    const key = (await ctx.redis.keys(`${ctx.config.redis.prefix}rate:statuses:*`))[0]
    expect(key).toBeUndefined()
    const made = await client.post('/api/v1/things')
    expect([made.headers.get('x-ratelimit-limit'), made.headers.get('x-ratelimit-remaining')]).toEqual([
      '300',
      '297',
    ])
    const [counted] = await ctx.redis.keys(`${ctx.config.redis.prefix}rate:statuses:*`)
    await ctx.redis.set(counted ?? '', '300', 'KEEPTTL')
    const refused = await client.post('/api/v1/things')
    expect([refused.status, refused.headers.get('x-ratelimit-remaining')]).toEqual([429, '0'])
  })
})

it('SEC-RATE-02 refuses to trust everybody', async () => {
  const { loadConfig } = await import('@anancus/core/kernel/config')
  for (const TRUSTED_PROXY_IP of ['true', '0.0.0.0/0', '::/0'])
    expect(() => loadConfig({ TRUSTED_PROXY_IP })).toThrow('TRUSTED_PROXY_IP must name proxies')
})
