import { closeTestContext, type TestContext, testContext } from '@anancus/core/testing/context'
import { clearRedis } from '@anancus/core/testing/context'
import { factories } from '@anancus/db/testing/make'
import { apiRoutes } from '../../src/api/index.ts'
import type { Route } from '../../src/http/route.ts'
import { startWeb, type TestClient, type TestWeb } from '../support/server.ts'

let ctx: TestContext
let web: TestWeb
/** Carries a scope that hardly any route takes; for those that do, another. */
let weak: TestClient
let otherwiseWeak: TestClient
/** Every scope, but nobody behind it. */
let appOnly: TestClient

beforeAll(async () => {
  ctx = await testContext()
  web = await startWeb(ctx)
  const make = factories(ctx.db)
  const alice = await make.viewer()
  weak = web.as(await make.token({ user: alice.user, scopes: 'push' }))
  otherwiseWeak = web.as(await make.token({ user: alice.user, scopes: 'profile' }))
  appOnly = web.as(await make.token({ scopes: 'read write follow push profile' }))
})
afterAll(async () => {
  await web.close()
  await closeTestContext(ctx)
})
beforeEach(() => clearRedis(ctx))

const call = (client: TestClient, route: Route) =>
  client.request(route.method.toUpperCase(), route.path.replace(/:\w+/g, '1'))
const named = (routes: readonly Route[]) =>
  routes.map((route) => [`${route.method.toUpperCase()} ${route.path}`, route] as const)
// A route that looks its subject up first answers 404 before it asks who is there.
const checked = apiRoutes.filter((route) => !route.lookUp)

describe('every route for a user', () => {
  const routes = checked.filter((route) => route.auth.kind === 'user')

  it.each(named(routes))('%s wants a token of a user', async (_name, route) => {
    const answer = await call(web, route)
    if (route.auth.kind === 'user' && route.auth.scopes.length > 0) {
      expect([answer.status, answer.body]).toEqual([401, { error: 'The access token is invalid' }])
      expect((await call(appOnly, route)).body).toEqual({
        error: 'This method requires an authenticated user',
      })
    } else {
      expect(answer.status).toBe(422)
    }
  })
})

describe('every route with a scope', () => {
  const routes = checked.filter(
    ({ auth }) => 'scopes' in auth && auth.scopes.length > 0 && auth.kind !== 'app',
  )

  it.each(named(routes))('%s is refused without it', async (_name, route) => {
    const isTaken = 'scopes' in route.auth && route.auth.scopes.includes('push')
    const answer = await call(isTaken ? otherwiseWeak : weak, route)
    expect([answer.status, answer.body]).toEqual([
      403,
      { error: 'This action is outside the authorized scopes' },
    ])
  })
})

it('names every route once', () => {
  const names = apiRoutes.map((route) => `${route.method} ${route.path.replace(/:\w+/g, ':')}`)
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
})
