import { castOf, type Cast } from '@anancus/core/testing/cast'
import { closeTestContext, type TestContext, testContext } from '@anancus/core/testing/context'
import type { Db, StatusRow } from '@anancus/db'
import { factories, TEST_PASSWORD } from '@anancus/db/testing/make'
import { oauthRoutes } from '../../src/oauth/router.ts'
import { createServer } from '../../src/server.ts'
import { hiddenFields, openBrowser, type TestBrowser } from '../support/browser.ts'
import { type ClientBuild, fakeClientBuild } from '../support/client-build.ts'
import { startWeb, type TestWeb } from '../support/server.ts'
import { type MountedRoute, mountedRoutes } from './mounted.ts'
import { atOnce, type RawAnswer, sendRaw } from './support.ts'

/** What holds for every answer of every door, whatever stands behind it. */

let ctx: TestContext
let build: ClientBuild
let web: TestWeb
let cast: Cast
let status: StatusRow
let browser: TestBrowser
let token: string
let routes: MountedRoute[]

beforeAll(async () => {
  ctx = await testContext()
  build = await fakeClientBuild()
  web = await startWeb(ctx, { clientFolder: build.folder })
  cast = await castOf(ctx)
  const make = factories(ctx.db)
  status = await make.status({ account: cast.bob.account, tags: ['birds'] })
  token = (await make.token({ user: cast.alice.user, scopes: 'read write follow push profile' })).secret
  browser = openBrowser(web)
  await browser.signIn(cast.alice.user.email, TEST_PASSWORD)
  routes = mountedRoutes(createServer(ctx)).filter(
    ({ method, path }) => method !== 'OPTIONS' && method !== 'ALL' && !path.includes('streaming'),
  )
})
beforeEach(() => forgetCounts())
afterAll(async () => {
  await web.close()
  await build.remove()
  await closeTestContext(ctx)
})

async function forgetCounts(): Promise<void> {
  const keys = await ctx.redis.keys(`${ctx.config.redis.prefix}rate:*`)
  if (keys.length > 0) await ctx.redis.del(...keys)
}

/** The one page other sites may show in a frame. */
const FRAMED = '/@:acct/:id/embed'
/** What push services and mail programs call, which have no cookie: a signed token in the address is all that counts. */
const BY_SIGNED_TOKEN: ReadonlySet<string> = new Set([
  'DELETE /api/web/push_subscriptions/:id',
  'POST /unsubscribe',
])

/** A path of a route that leads to something, where something is. */
function pathOf(path: string): string {
  const id = path.includes('accounts/:id') || path.startsWith('/ap/users') ? cast.bob.account.id : status.id
  return path
    .replace(/\{([^}]*)\}/g, '$1')
    .replace(':name/', 'bob/')
    .replace(/:(name|acct)$/, path.startsWith('/api/') ? 'birds' : 'bob')
    .replace(':acct', 'bob')
    .replace(/:(hashtag|tag)/, 'birds')
    .replace(/^(\/ap\/users\/):id/, `$1${id}`)
    .replace(':statusId', status.id)
    .replace(/[:*]\w+/g, id)
}

const ask = (method: string, path: string, headers: Record<string, string> = {}, body = '') =>
  sendRaw(web, method, path, { host: 'social.test', ...headers }, body)
const readable = () => routes.filter(({ method }) => method === 'GET')
const isPage = ({ status: code, headers }: RawAnswer) =>
  (code < 300 || code >= 400) && String(headers['content-type']).startsWith('text/html')
const isShared = ({ headers }: RawAnswer) => /\bpublic\b/.test(String(headers['cache-control'] ?? ''))

/** Asks everything that can be read, in the way given. */
async function readAll(headers: Record<string, string>): Promise<Map<string, RawAnswer>> {
  const found = new Map<string, RawAnswer>()
  let count = 0
  await atOnce(4, readable(), async ({ path }) => {
    if (count++ % 100 === 0) await forgetCounts()
    found.set(path, await ask('GET', pathOf(path), { accept: 'text/html', ...headers }))
  })
  return found
}

describe('SEC-HTTP-02 what shared caches may keep', () => {
  it('carries no cookie, and is the same for somebody signed in as for anybody', async () => {
    const anonymous = await readAll({})
    const wrong: string[] = []
    const ways: Record<string, string>[] = [
      { cookie: browser.cookieHeader() },
      { authorization: `Bearer ${token}` },
    ]
    for (const headers of ways) {
      const own = await readAll(headers)
      for (const [path, answer] of own) {
        if (!isShared(answer)) continue
        if (answer.headers['set-cookie'] !== undefined) wrong.push(`${path} sets a cookie`)
        if (answer.text !== anonymous.get(path)?.text) wrong.push(`${path} is personal`)
      }
    }
    for (const [path, answer] of anonymous)
      if (isShared(answer) && answer.headers['set-cookie'] !== undefined) wrong.push(`${path} sets a cookie`)
    expect(wrong).toEqual([])
    expect([...anonymous.values()].filter(isShared).length).toBeGreaterThan(20)
  }, 60_000)

  it('is no answer to a write, no error of a page, and nothing about oneself', async () => {
    for (const path of ['/api/v1/accounts/verify_credentials', '/api/v1/timelines/home', '/api/v1/bookmarks'])
      expect((await ask('GET', path, { authorization: `Bearer ${token}` })).headers['cache-control']).toBe(
        'private, no-store',
      )
    for (const path of ['/nothing-here', '/@nobody-here', '/@bob/1'])
      expect((await ask('GET', path, { accept: 'text/html' })).headers['cache-control']).toBe(
        'private, no-store',
      )
  })
})

it('SEC-HTTP-03 no page of a login, a setting or a consent is kept by the browser', async () => {
  const own = await readAll({ cookie: browser.cookieHeader() })
  const pages = [...own].filter(([path]) => /^\/(auth|settings|oauth|admin)\b/.test(path))
  for (const [path, { headers }] of pages)
    expect([path, headers['cache-control']]).toEqual([path, expect.stringMatching(/no-store/)])
  expect(pages.length).toBeGreaterThan(8)
})

describe('headers', () => {
  it('SEC-HTTP-01 SEC-INFO-02 every answer says what browsers may do with it', async () => {
    const all = [...(await readAll({})), ...(await readAll({ cookie: browser.cookieHeader() }))]
    for (const [path, answer] of all) {
      const { headers } = answer
      expect([
        path,
        headers['x-content-type-options'],
        headers['referrer-policy'],
        headers['x-frame-options'],
      ]).toEqual([path, 'nosniff', 'same-origin', path === FRAMED ? undefined : 'DENY'])
      expect([path, headers['x-powered-by'], headers.etag === undefined || !isPage(answer)]).toEqual([
        path,
        undefined,
        true,
      ])
      if (isPage(answer)) expectStrict(path, String(headers['content-security-policy']))
    }
    expect(all.filter(([, answer]) => isPage(answer)).length).toBeGreaterThan(60)
  }, 60_000)

  function expectStrict(path: string, policy: string): void {
    const directives = new Map(policy.split('; ').map((part) => [part.split(' ')[0] ?? '', part]))
    expect([
      path,
      directives.get('default-src'),
      directives.get('frame-ancestors'),
      directives.get('base-uri'),
    ]).toEqual([
      path,
      "default-src 'none'",
      path === FRAMED ? undefined : "frame-ancestors 'none'",
      "base-uri 'none'",
    ])
    expect([path, policy]).toEqual([
      path,
      expect.not.stringMatching(/unsafe-inline|unsafe-eval'(?<!wasm-unsafe-eval')|\*|http:/),
    ])
    // Signing in and consenting lead on to the app that asked.
    const leadsOn = ['/auth/sign_in', '/oauth/authorize'].includes(path)
    if (!leadsOn) expect([path, directives.get('form-action')]).toEqual([path, "form-action 'self'"])
  }

  it('SEC-HTTP-05 other origins read what is for all, with credentials nothing, pages not at all', async () => {
    const all = await readAll({ origin: 'https://e.test', cookie: browser.cookieHeader() })
    for (const [path, answer] of all) {
      expect([path, answer.headers['access-control-allow-credentials']]).toEqual([path, undefined])
      const origin = answer.headers['access-control-allow-origin']
      expect([path, origin === undefined || origin === '*']).toEqual([path, true])
      if (isPage(answer)) expect([path, origin]).toEqual([path, undefined])
    }
    for (const path of [
      '/api/v2/instance',
      '/.well-known/webfinger',
      '/.well-known/oauth-authorization-server',
    ])
      expect([path, all.get(path)?.headers['access-control-allow-origin']]).toEqual([path, '*'])
    const headers = { origin: 'https://e.test', 'content-type': 'application/json' }
    const answer = await ask('POST', '/oauth/token', headers, '{}')
    expect(answer.headers['access-control-allow-origin']).toBe('*')
  }, 60_000)
})

describe('SEC-HTTP-04 a cookie alone', () => {
  const machines = new Set(oauthRoutes.map(({ path }) => path))
  // The echo only tells what it saw of a request.
  const isForMachines = (path: string) =>
    path.endsWith('/inbox') || path.endsWith('/federation/echo') || machines.has(path)
  const isByToken = (method: string, path: string) => BY_SIGNED_TOKEN.has(`${method} ${path}`)
  const writes = () =>
    routes.filter(({ method, path }) => method !== 'GET' && !isForMachines(path) && !isByToken(method, path))

  const attempts: [string, () => Record<string, string>][] = [
    ['without a token of a form', () => ({})],
    ['with one that is none', () => ({ 'x-csrf-token': 'x'.repeat(64) })],
    [
      'with the right one, from another site',
      () => ({ 'x-csrf-token': csrf, 'sec-fetch-site': 'cross-site' }),
    ],
    [
      'with the right one, from a sister site',
      () => ({ 'x-csrf-token': csrf, 'sec-fetch-site': 'same-site' }),
    ],
    ['with the right one, by another origin', () => ({ 'x-csrf-token': csrf, origin: 'https://evil.test' })],
    ['with the right one, by no origin to speak of', () => ({ 'x-csrf-token': csrf, origin: 'null' })],
  ]
  let csrf: string

  beforeAll(async () => {
    const page = await browser.get('/auth/edit')
    csrf = hiddenFields(page.text, '/auth/sign_out').authenticity_token ?? ''
  })

  it.each(attempts)(
    '%s changes nothing by any route',
    async (_name, headers) => {
      const done: string[] = []
      for (const { method, path } of writes()) {
        const form = 'user[email]=evil@example.org&status=forged&user[current_password]=x'
        const answer = await ask(
          method,
          pathOf(path),
          {
            cookie: browser.cookieHeader(),
            accept: 'text/html',
            'content-type': 'application/x-www-form-urlencoded',
            'content-length': String(form.length),
            ...headers(),
          },
          form,
        )
        if (![401, 403, 404, 422, 429].includes(answer.status))
          done.push(`${method} ${path} ${answer.status}`)
        const isPageRoute = !path.startsWith('/api/')
        if (isPageRoute && ![422, 403].includes(answer.status))
          done.push(`${method} ${path} ${answer.status}`)
      }
      expect(done).toEqual([])
      expect(writes().length).toBeGreaterThan(60)
      // Still signed in: not even signing out went through.
      expect((await browser.get('/auth/edit')).status).toBe(200)
      expect(await ctx.db('statuses').where({ account_id: cast.alice.account.id })).toEqual([])
    },
    60_000,
  )

  it('reads nothing of the API that asks for a token', async () => {
    for (const path of [
      '/api/v1/timelines/home',
      '/api/v1/notifications',
      '/api/v1/accounts/verify_credentials',
    ])
      expect((await ask('GET', path, { cookie: browser.cookieHeader() })).status).toBe(401)
  })
})

describe('SEC-INFO-03 SEC-INFO-01 a fault of ours', () => {
  /** A database whose every use fails with words that nobody may read. */
  const broken = new Proxy((() => {}) as unknown as Db, {
    apply: () => {
      throw new Error('canary of the inside')
    },
    get: () => {
      throw new Error('canary of the inside')
    },
  })

  it('tells nothing of the inside, by any route', async () => {
    const ill = await startWeb({ ...ctx, db: broken }, { clientFolder: build.folder })
    const ways: Record<string, string>[] = [
      { accept: 'text/html' },
      { accept: 'application/activity+json', authorization: `Bearer ${token}` },
    ]
    const told: string[] = []
    let faults = 0
    for (const { method, path } of routes) {
      for (const headers of ways) {
        const answer = await sendRaw(ill, method, pathOf(path), { host: 'social.test', ...headers })
        if (answer.status >= 500) faults += 1
        if (/canary|\bat .*\.ts\b|node_modules|\/work\//.test(answer.text + JSON.stringify(answer.headers)))
          told.push(`${method} ${path} ${answer.text.slice(0, 200)}`)
      }
      if (faults % 50 === 0) await forgetCounts()
    }
    expect(told).toEqual([])
    expect(faults).toBeGreaterThan(100)
    await ill.close()
  }, 60_000)
})
