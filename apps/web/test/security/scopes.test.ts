import { SCOPES } from '@anancus/core/domain/oauth'
import { type Cast, castOf } from '@anancus/core/testing/cast'
import { clearRedis, closeTestContext, type TestContext, testContext } from '@anancus/core/testing/context'
import type { StatusRow } from '@anancus/db'
import { factories } from '@anancus/db/testing/make'
import { apiRoutes } from '../../src/api/index.ts'
import type { Route } from '../../src/http/route.ts'
import { oauthRoutes } from '../../src/oauth/router.ts'
import { startWeb, type TestAnswer, type TestClient, type TestWeb } from '../support/server.ts'
import { documented } from './documented-routes.ts'

/**
 * Every route with one token for each single scope, held against what Mastodon's own routes say; not against what ours
 * declare, which would be true by itself.
 */

/** Ours, or Mastodon's without a place in its documentation. */
const UNDOCUMENTED = new Set(['GET /api/docs', 'GET /api/openapi.json', 'GET /api/v1/streaming{/*stream}'])

const all = [...apiRoutes, ...oauthRoutes]
const nameOf = (route: Route) => `${route.method.toUpperCase()} ${route.path}`
const tested = all.filter((route) => !UNDOCUMENTED.has(nameOf(route)))

let ctx: TestContext
let web: TestWeb
let cast: Cast
let status: StatusRow
const clients = new Map<string, TestClient>()
let appOnly: TestClient

beforeAll(async () => {
  ctx = await testContext()
  web = await startWeb(ctx)
  cast = await castOf(ctx)
  const make = factories(ctx.db)
  status = await make.status({ account: cast.bob.account })
  // Somebody else for each scope, from another address: no limit is met.
  for (const [index, scope] of SCOPES.entries()) {
    const { user } = await make.user()
    const client = web.as(await make.token({ user, scopes: scope }))
    clients.set(scope, from(client, `203.0.113.${index}`))
  }
  appOnly = web.as(await make.token({ scopes: SCOPES.join(' ') }))
})
afterAll(async () => {
  await web.close()
  await closeTestContext(ctx)
})
beforeEach(() => clearRedis(ctx))

function call(client: TestClient, route: Route): Promise<TestAnswer> {
  const id = /^\/api\/v1\/(pleroma\/)?statuses\//.test(route.path) ? status.id : cast.eve.account.id
  return client.request(route.method.toUpperCase(), route.path.replace(/:\w+/g, id))
}

const from = (client: TestClient, address: string): TestClient => ({
  ...client,
  request: (method, path) => client.request(method, path, { headers: { 'x-forwarded-for': address } }),
})

const isOutsideScopes = ({ status, body }: TestAnswer) =>
  status === 403 && body?.error === 'This action is outside the authorized scopes'

/** As the documentation of scopes says: a parent covers its children, `follow` six of them. */
function grants(scope: string, wanted: string): boolean {
  if (scope === 'follow') return wanted === 'follow' || /^(read|write):(blocks|follows|mutes)$/.test(wanted)
  return scope === wanted || wanted.startsWith(`${scope}:`)
}

it('knows of every route who may call it (a new one is to be added to documented-routes.txt)', () => {
  expect(tested.filter((route) => !documented(route)).map(nameOf)).toEqual([])
  expect(tested.length).toBeGreaterThan(100)
})

describe.each(tested.map((route) => [nameOf(route), route] as const))('SEC-AUTH-01 %s', (_name, route) => {
  const rule = documented(route) ?? { kind: 'anyone', scopes: [] }

  it('takes just the scopes it should', async () => {
    const answers = await Promise.all(
      [...clients].map(
        async ([scope, client]) => [scope, isOutsideScopes(await call(client, route))] as const,
      ),
    )
    const refused = answers.filter(([, isRefused]) => isRefused).map(([scope]) => scope)
    const expected =
      rule.scopes.length === 0
        ? []
        : SCOPES.filter((scope) => !rule.scopes.some((wanted) => grants(scope, wanted)))
    expect(refused).toEqual(expected)
  })

  it('SEC-AUTH-04 is closed to nobody, and to an app with every scope, where it should', async () => {
    const [anonymous, byApp] = [await call(web, route), await call(appOnly, route)]
    const isClosed = ({ status }: TestAnswer) => status === 401 || status === 422
    if (rule.kind === 'user') {
      expect([anonymous.status, isClosed(anonymous)]).toEqual([anonymous.status, true])
      expect(byApp.status).toBe(422)
      // What only a browser's session may do looks at no token.
      if (route.auth.kind !== 'session')
        expect(byApp.body).toEqual({ error: 'This method requires an authenticated user' })
    } else if (rule.kind === 'token' || rule.kind === 'app') {
      expect(anonymous.status).toBe(401)
    } else {
      expect(anonymous.body?.error).not.toBe('The access token is invalid')
    }
  })
})
