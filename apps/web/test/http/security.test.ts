import { once } from 'node:events'
import { connect } from 'node:net'
import type { Logger } from '@anancus/core/kernel/log'
import { closeTestContext, type TestContext, testContext } from '@anancus/core/testing/context'
import { factories, TEST_PASSWORD } from '@anancus/db/testing/make'
import { apiRoutes } from '../../src/api/index.ts'
import { oauthRoutes } from '../../src/oauth/router.ts'
import { openBrowser } from '../support/browser.ts'
import { startWeb, type TestWeb } from '../support/server.ts'

let ctx: TestContext
let web: TestWeb
const make = () => factories(ctx.db)

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
})

const PAGES = [
  '/auth/sign_in',
  '/auth/password/new',
  '/auth/confirmation/new',
  '/nothing-here',
  '/oauth/applications',
]

describe('pages', () => {
  it.each(PAGES)(
    'SEC-HTTP-01 %s loads from here only, runs only what carries its nonce, and is in no frame',
    async (path) => {
      const answer = await openBrowser(web).get(path)
      const policy = answer.headers.get('content-security-policy') ?? ''
      const directives = Object.fromEntries(policy.split('; ').map((part) => [part.split(' ')[0], part]))
      expect(directives['default-src']).toBe("default-src 'none'")
      expect(directives['base-uri']).toBe("base-uri 'none'")
      expect(directives['frame-ancestors']).toBe("frame-ancestors 'none'")
      expect(directives['script-src']).toMatch(/^script-src 'self' 'nonce-[\w+/=]{24}' 'wasm-unsafe-eval'$/)
      expect(directives['style-src']).toMatch(/^style-src 'self' 'nonce-[\w+/=]{24}'$/)
      expect(directives['img-src']).toBe("img-src 'self' data: blob:")
      expect(directives['connect-src']).toMatch(/^connect-src 'self' data: blob: wss?:\/\/[\w.:]+$/)
      expect(directives['form-action']).toBe(path === '/auth/sign_in' ? undefined : "form-action 'self'")
      expect(policy).not.toContain('unsafe-inline')
      expect(answer.text).not.toMatch(/\son\w+="|javascript:|style="/)
    },
  )

  it('carry the headers of every answer', async () => {
    for (const path of ['/auth/sign_in', '/api/v2/instance', '/health', '/pages.css']) {
      const { headers } = await web.get(path)
      expect(headers.get('x-frame-options')).toBe('DENY')
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      // SEC-INFO-02
      expect(headers.get('referrer-policy')).toBe('same-origin')
      expect(headers.get('strict-transport-security')).toBe('max-age=63072000; includeSubDomains')
      expect(headers.get('x-powered-by')).toBeNull()
    }
  })

  it('SEC-HTTP-03 are not kept by the browser', async () => {
    const { user } = await make().user()
    const browser = openBrowser(web)
    await browser.signIn(user.email, TEST_PASSWORD)
    for (const path of ['/auth/edit', '/oauth/authorized_applications', '/auth/sign_up', '/auth/setup'])
      expect((await browser.get(path)).headers.get('cache-control')).toBe('private, no-store')
  })

  it('SEC-HTTP-05 are for no other origin to read', async () => {
    const answer = await web.get('/auth/sign_in', {
      headers: { origin: 'https://e.test', accept: 'text/html' },
    })
    expect(answer.headers.get('access-control-allow-origin')).toBeNull()
  })

  it('SEC-HTTP-09 escape what people call themselves', async () => {
    const { user } = await make().user()
    const app = await make().application({ name: '"><script>alert(1)</script>\r\nX: y' })
    await make().token({ user, application: app })
    const browser = openBrowser(web)
    await browser.signIn(user.email, TEST_PASSWORD)
    const page = await browser.get('/oauth/authorized_applications')
    expect(page.text).not.toContain('<script>alert')
    expect(page.text).toContain('&quot;&gt;&lt;script&gt;')
  })

  it('tell errors as pages to people and as JSON to programs, without a stack (SEC-INFO-03)', async () => {
    const page = await web.get('/nothing-here', { headers: { accept: 'text/html' } })
    expect([page.status, page.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8'])
    expect(page.text).toContain('<h1>Not found</h1>')
    const json = await web.get('/nothing-here', { headers: { accept: 'application/json' } })
    expect([json.status, json.body]).toEqual([404, { error: 'Not Found' }])
    const malformed = await web.get('/@%E0%A4%A', { headers: { accept: 'text/html' } })
    expect(malformed.status).toBe(400)
    expect(malformed.text).not.toMatch(/at .*\.ts:\d+|URIError/)
  })
})

describe('SEC-HTTP-04', () => {
  it('takes a session with its token, and nothing else, for what the client keeps', async () => {
    const { user } = await make().user()
    const browser = openBrowser(web)
    await browser.signIn(user.email, TEST_PASSWORD)
    const page = await browser.get('/auth/edit')
    const csrf = /name="authenticity_token" value="([^"]+)"/.exec(page.text)?.[1] ?? ''
    const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const save = (headers: Record<string, string>) =>
      web.put('/api/web/settings', { json: { data: { a: 1 } }, headers })
    const refused = await save({ cookie })
    expect([refused.status, refused.body.error]).toEqual([422, "Can't verify CSRF token authenticity."])
    expect((await save({ cookie, 'x-csrf-token': csrf, 'sec-fetch-site': 'cross-site' })).status).toBe(422)
    expect((await save({ cookie, 'x-csrf-token': csrf, origin: 'https://evil.test' })).status).toBe(422)
    expect((await save({ 'x-csrf-token': csrf })).status).toBe(422)
    expect((await save({ cookie, 'x-csrf-token': csrf })).body).toEqual({})
    expect((await ctx.db('web_settings').where('user_id', user.id).first()).data).toEqual({ a: 1 })
  })

  it('never takes the cookie for a write of the API, nor for a read another site caused', async () => {
    const { user, account } = await make().user()
    const browser = openBrowser(web)
    await browser.signIn(user.email, TEST_PASSWORD)
    const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const post = await web.post('/api/v1/statuses', { json: { status: 'forged' }, headers: { cookie } })
    expect(post.status).toBe(401)
    const strict = await web.get('/api/v1/accounts/verify_credentials', { headers: { cookie } })
    expect(strict.status).toBe(401)
    const own = await web.get('/api/v1/emails/check_confirmation', { headers: { cookie } })
    expect([own.status, own.text]).toEqual([200, 'true'])
    const foreign = await web.get('/api/v1/emails/check_confirmation', {
      headers: { cookie, 'sec-fetch-site': 'cross-site' },
    })
    expect(foreign.status).toBe(401)
    expect(account.id).toBeTruthy()
  })

  it('asks a bearer for no token of a form', async () => {
    const { user } = await make().user()
    const token = await make().token({ user })
    const answer = await web
      .as(token)
      .post('/api/v1/markers', { json: {}, headers: { origin: 'https://app.test' } })
    expect(answer.status).toBe(200)
  })
})

describe('SEC-AUTH-01', () => {
  const scoped = [...apiRoutes, ...oauthRoutes].filter(
    ({ auth }) => 'scopes' in auth && auth.scopes.length > 0,
  )

  it('every route says who may call it', () => {
    for (const route of [...apiRoutes, ...oauthRoutes]) {
      expect(route.auth.kind).toMatch(/^(none|optional|token|user|app|session)$/)
      expect(route.summary).not.toBe('')
    }
    const names = [...apiRoutes].map(({ method, path }) => `${method} ${path}`)
    expect(new Set(names).size).toBe(names.length)
  })

  it('every scoped route refuses a token with all scopes but its own', async () => {
    const { SCOPES } = await import('@anancus/core/domain/oauth')
    const { user } = await make().user()
    const app = await make().application()
    const seen: string[] = []
    for (const route of scoped) {
      const wanted = 'scopes' in route.auth ? route.auth.scopes : []
      const parentsOf = (scope: string) =>
        scope.split(':').map((_part, index, parts) => parts.slice(0, index + 1).join(':'))
      const covering = new Set(wanted.flatMap((scope) => [...parentsOf(scope), 'follow']))
      const scopes = SCOPES.filter((scope) => !covering.has(scope)).join(' ')
      const owner = route.auth.kind === 'app' ? { application: app } : { user, application: app }
      const { secret } = await make().token({ ...owner, scopes })
      const path = route.path.replace(/:(\w+)/g, '1')
      const answer = await web.as(secret).request(route.method.toUpperCase(), path)
      const isRefused =
        answer.status === 403 && answer.body.error === 'This action is outside the authorized scopes'
      // Some look their subject up first: nothing is there.
      if (!isRefused && !(route.lookUp && answer.status === 404))
        seen.push(`${route.method} ${path} ${answer.status}`)
    }
    expect(seen).toEqual([])
    expect(scoped.length).toBeGreaterThan(50)
  }, 60_000)

  it('every user route refuses the anonymous and an app', async () => {
    const { secret } = await make().token({ scopes: 'read write follow push profile' })
    const seen: string[] = []
    for (const route of scoped.filter(({ auth }) => auth.kind === 'user')) {
      const path = route.path.replace(/:(\w+)/g, '1')
      const method = route.method.toUpperCase()
      const [anonymous, byApp] = [await web.request(method, path), await web.as(secret).request(method, path)]
      const isFine =
        (anonymous.status === 401 && byApp.status === 422) ||
        (route.lookUp && anonymous.status === 404 && byApp.status === 404)
      if (!isFine) seen.push(`${method} ${path} ${anonymous.status} ${byApp.status}`)
    }
    expect(seen).toEqual([])
  }, 60_000)
})

describe('SEC-HTTP-11', () => {
  it('shows metrics to this machine alone', async () => {
    const own = await web.get('/metrics')
    expect(own.text).toContain('http_request_duration_seconds_bucket')
    expect((await web.get('/metrics', { headers: { 'x-forwarded-for': '203.0.113.1' } })).status).toBe(404)
    for (const path of [
      '/admin/queues',
      '//admin/queues',
      '/admin/%71ueues',
      '/sidekiq',
      '/pghero',
      '/debug',
    ])
      expect((await web.get(path)).status).toBe(404)
  })
})

describe('SEC-HTTP-06', () => {
  const raw = async (text: string): Promise<string> => {
    const { hostname, port } = new URL(web.url)
    const socket = connect(Number(port), hostname)
    socket.write(text)
    const chunks: Buffer[] = []
    socket.on('data', (chunk) => chunks.push(chunk))
    socket.setTimeout(1500, () => socket.destroy())
    await once(socket, 'close')
    return Buffer.concat(chunks).toString()
  }

  it.each([
    ['both lengths', 'Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /x'],
    ['two lengths', 'Content-Length: 4\r\nContent-Length: 5\r\n\r\nabcde'],
    ['an odd encoding', 'Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n'],
    ['a space before the colon', 'Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n'],
    ['a bare carriage return', 'X: a\rTransfer-Encoding: chunked\r\n\r\n'],
    ['a folded header', 'X: a\r\n Transfer-Encoding: chunked\r\n\r\n'],
  ])('refuses a request with %s and closes the connection', async (_name, rest) => {
    const answer = await raw(`POST /api/v1/apps HTTP/1.1\r\nHost: social.test\r\n${rest}`)
    expect(answer).toMatch(/^HTTP\/1\.1 400 /)
    expect(answer.match(/HTTP\/1\.1/g)).toHaveLength(1)
  })
})

describe('SEC-INFO-01', () => {
  it('writes no password, token or cookie into the log', async () => {
    const lines: string[] = []
    const write = (fields: object, message?: string) => void lines.push(JSON.stringify([fields, message]))
    const log: Logger = { debug: write, info: write, warn: write, error: write, child: () => log }
    const web2 = await startWeb({ ...ctx, log })
    const { user } = await make().user()
    const { secret } = await make().token({ user })
    await web2.get(`/api/v1/accounts/verify_credentials?access_token=${secret}`)
    await web2.as(secret).get('/api/v1/accounts/verify_credentials')
    const browser = openBrowser(web2)
    const page = await browser.get('/auth/sign_in')
    await browser.submit(page, '/auth/sign_in', {
      'user[email]': user.email,
      'user[password]': 'canary-password',
    })
    await browser.signIn(user.email, TEST_PASSWORD)
    await browser.get('/auth/edit')
    await web2.close()
    expect(lines.length).toBeGreaterThan(4)
    const all = lines.join('')
    expect(all).toContain('/api/v1/accounts/verify_credentials')
    for (const canary of [
      secret,
      'canary-password',
      TEST_PASSWORD,
      user.email,
      browser.cookies.get('__Host-session_id'),
    ])
      expect(all).not.toContain(canary)
  })
})

it('SEC-INFO-04 tells of the instance what is documented, and no more', async () => {
  const { body } = await web.get('/api/v2/instance')
  expect(Object.keys(body).sort()).toEqual(
    [
      'api_versions',
      'configuration',
      'contact',
      'description',
      'domain',
      'icon',
      'languages',
      'registrations',
      'rules',
      'source_url',
      'thumbnail',
      'title',
      'usage',
      'version',
      'wrapstodon',
    ].sort(),
  )
})

it('turns requests away while too many run', async () => {
  const { default: express } = await import('express')
  const { shed } = await import('../../src/http/shed.ts')
  const { lastResort } = await import('../../src/pages/router.ts')
  const app = express()
  let release = () => {}
  const gate = new Promise<void>((resolve) => {
    release = resolve
  })
  app.use(shed(1))
  app.get('/slow', async (_req, res) => {
    await gate
    res.send('done')
  })
  app.use(lastResort(ctx))
  const server = app.listen(0)
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  const url = `http://127.0.0.1:${port}/slow`
  const first = fetch(url)
  await new Promise((resolve) => setTimeout(resolve, 50))
  const second = await fetch(url, { headers: { accept: 'application/json' } })
  expect([second.status, second.headers.get('retry-after')]).toEqual([503, '5'])
  release()
  expect((await first).status).toBe(200)
  expect((await fetch(url)).status).toBe(200)
  server.closeAllConnections()
  server.close()
})
