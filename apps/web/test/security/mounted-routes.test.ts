import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { closeTestContext, type TestContext, testContext } from '@anancus/core/testing/context'
import { factories, TEST_PASSWORD } from '@anancus/db/testing/make'
import { apiRoutes } from '../../src/api/index.ts'
import { createServer } from '../../src/server.ts'
import { openBrowser, type TestBrowser } from '../support/browser.ts'
import { type ClientBuild, fakeClientBuild } from '../support/client-build.ts'
import { startWeb, type TestWeb } from '../support/server.ts'
import { type MountedRoute, mountedRoutes } from './mounted.ts'
import { atOnce, type RawAnswer, sendRaw } from './support.ts'

let ctx: TestContext
let build: ClientBuild
let web: TestWeb
let routes: MountedRoute[]
let browser: TestBrowser

beforeAll(async () => {
  ctx = await testContext()
  build = await fakeClientBuild()
  web = await startWeb(ctx, { clientFolder: build.folder })
  routes = mountedRoutes(createServer(ctx))
  const { user } = await factories(ctx.db).user()
  browser = openBrowser(web)
  await browser.signIn(user.email, TEST_PASSWORD)
})
beforeEach(async () => {
  const keys = await ctx.redis.keys(`${ctx.config.redis.prefix}rate:*`)
  if (keys.length > 0) await ctx.redis.del(...keys)
})
afterAll(async () => {
  await web.close()
  await build.remove()
  await closeTestContext(ctx)
})

/** Asks as a browser would, by a path that nobody tidies up on the way. */
const visit = (path: string, isSignedIn: boolean): Promise<RawAnswer> =>
  sendRaw(web, 'GET', path, {
    host: 'social.test',
    accept: 'text/html',
    ...(isSignedIn ? { cookie: browser.cookieHeader() } : {}),
  })
const visitBoth = (path: string) => Promise.all([visit(path, false), visit(path, true)])

const nameOf = ({ method, path }: MountedRoute) => `${method} ${path}`
const isApi = ({ path }: MountedRoute) => path.startsWith('/api/')

/** The echo answers from the bytes on the wire, which the door of the API does not keep. */
const NOT_OF_THE_TABLE = [
  'ALL /api/*path',
  'GET /api/v1/federation/echo',
  'OPTIONS /api/*path',
  'POST /api/v1/federation/echo',
]

describe('SEC-AUTH-23 what is mounted', () => {
  it('beside the API is what was reviewed (a new route is to be added to mounted-routes.txt)', () => {
    const text = readFileSync(join(import.meta.dirname, 'mounted-routes.txt'), 'utf8')
    const reviewed = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
    const mounted = routes.filter((route) => !isApi(route)).map(nameOf)
    expect([...new Set(mounted)].sort()).toEqual([...new Set(reviewed)].sort())
  })

  it('of the API is in its table', () => {
    const table = apiRoutes.flatMap(({ method, path }) => [
      `${method.toUpperCase()} ${path}`,
      ...(method === 'put' ? [`PATCH ${path}`] : []),
    ])
    const mounted = routes.filter(isApi).map(nameOf)
    expect([...new Set(mounted)].sort()).toEqual([...table, ...NOT_OF_THE_TABLE].sort())
  })
})

describe('SEC-AUTH-19 SEC-HTTP-11 what others mount', () => {
  it.each([
    '/admin/queues',
    '/sidekiq',
    '/pghero',
    '/queues',
    '/debug',
    '/inspector',
    '/json/list',
    '/graphql',
    '/rails/info/routes',
    '/server-status',
    '/.env',
    '/.git/config',
    '/package.json',
    '/src/main.ts',
  ])('%s is nowhere, however it is spelt', async (path) => {
    const [, first = '', rest = ''] = /^\/([^/]*)(.*)$/.exec(path) ?? []
    const spellings = [
      path,
      `/${path}`,
      `/${encodeURIComponent(first.slice(0, 1)).replace(/^./, (letter) => `%${letter.charCodeAt(0).toString(16)}`)}${first.slice(1)}${rest}`,
      path.toUpperCase(),
      `${path};x`,
      `${path}/`,
      `/x/..${path}`,
      `/x/%2e%2e${path}`,
      `/assets/..${path}`,
      `/assets/%2e%2e${path}`,
    ]
    for (const spelling of spellings)
      for (const { status } of await visitBoth(spelling))
        expect([spelling, [400, 401, 403, 404].includes(status)]).toEqual([spelling, true])
  })
})

describe('SEC-AUTH-16 no redirect leads away', () => {
  const HOSTILE = [
    '//e.test',
    '/\\e.test',
    '%2F%2Fe.test',
    '%5Ce.test',
    '@e.test',
    '.e.test',
    'https:%2F%2Fe.test',
    'e.test%2F..',
    '%09%2F%2Fe.test',
    'x%0d%0aLocation:%20https:%2F%2Fe.test',
  ]

  it.each(HOSTILE)(
    'with %s in the place of every part of every path',
    async (part) => {
      const away: string[] = []
      const paths = routes
        .filter(({ method, path }) => method === 'GET' && /[:*]/.test(path) && !path.startsWith('/api/'))
        .map(({ path }) => path.replace(/\{([^}]*)\}/g, '$1').replace(/[:*]\w+/g, part))
      const plain = routes
        .filter(({ method, path }) => method === 'GET' && !/[:*]/.test(path))
        .flatMap(({ path }) => [
          `${path}${part}`,
          `${path}?uri=${part}&return_to=${part}&redirect_uri=${part}`,
        ])
      await atOnce(8, [...paths, ...plain], async (path) => {
        for (const { headers, status } of await visitBoth(path)) {
          expect([path, status < 500]).toEqual([path, true])
          const { location } = headers
          if (
            location !== undefined &&
            new URL(String(location), 'https://social.test').host !== 'social.test'
          )
            away.push(`${path} → ${location}`)
        }
      })
      expect(away).toEqual([])
    },
    60_000,
  )

  it.each(HOSTILE)('after signing in or out with %s', async (part) => {
    const visitor = openBrowser(web)
    await visitor.get('/auth/sign_in')
    const { user } = await factories(ctx.db).user()
    for (const path of [`/auth/edit?${part}`, `/oauth/authorize?client_id=${part}&redirect_uri=${part}`])
      await sendRaw(web, 'GET', path, {
        host: 'social.test',
        accept: 'text/html',
        cookie: visitor.cookieHeader(),
      })
    const answer = await visitor.signIn(user.email, TEST_PASSWORD)
    const out = await visitor.submit(await visitor.get('/auth/edit'), '/auth/sign_out', {
      return_to: decodeURIComponent(part),
    })
    const back = await visitor.signIn(user.email, TEST_PASSWORD)
    for (const { headers } of [answer, out, back])
      expect(new URL(headers.get('location') ?? '', 'https://social.test').host).toBe('social.test')
  })
})
