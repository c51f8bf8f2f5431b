import { closeTestContext, type TestContext, testContext } from '@anancus/core/testing/context'
import { connect, disconnect } from '@anancus/db'
import { factories } from '@anancus/db/testing/make'
import { apiRoutes } from '../../src/api/index.ts'
import { oauthRoutes } from '../../src/oauth/router.ts'
import { startWeb, type TestWeb } from '../support/server.ts'

let ctx: TestContext
let web: TestWeb
const routes = [...apiRoutes, ...oauthRoutes].filter(({ path }) => !/streaming/.test(path))

beforeAll(async () => {
  ctx = await testContext()
  web = await startWeb(ctx)
})
afterAll(async () => {
  await web.close()
  await closeTestContext(ctx)
})

/** What somebody may put in the place of a value. */
const ODD: [name: string, value: unknown][] = [
  ['a quote', `'; drop table users; --`],
  ['a list', ['1', `'`]],
  ['a hash', { a: { b: `"` } }],
  ['a number too large', '99999999999999999999999999'],
  ['a negative number', '-1'],
  ['nothing', ''],
  ['null', null],
  ['text right to left', '\u202e\u0000'.replace('\0', '') + 'x'],
  ['an array of nulls', [null, null]],
  ['a long text', 'x'.repeat(5_000)],
]

describe('SEC-HTTP-08 odd values in every parameter of every route', () => {
  it.each(ODD)(
    '%s never breaks anything',
    async (_name, value) => {
      const { user } = await factories(ctx.db).user()
      const broken: string[] = []
      const token = await factories(ctx.db).token({ user, scopes: 'read write follow push profile' })
      for (const route of routes) {
        const shape = (route.params as unknown as { shape?: Record<string, unknown> }).shape ?? {}
        const body = Object.fromEntries(Object.keys(shape).map((name) => [name, value]))
        const inPath = typeof value === 'string' && value !== '' ? encodeURIComponent(value) : '1'
        const path = route.path.replace(/:\w+/g, inPath.slice(0, 300))
        const method = route.method.toUpperCase()
        const answer =
          method === 'GET'
            ? await web.as(token).get(`${path}?${queryOf(body)}`)
            : await web.as(token).request(method, path, { json: body })
        if (answer.status >= 500)
          broken.push(`${method} ${route.path} ${answer.status} ${answer.text.slice(0, 100)}`)
      }
      expect(broken).toEqual([])
      expect(await ctx.db('users').where('id', user.id)).toHaveLength(1)
    },
    120_000,
  )
})

function queryOf(body: Record<string, unknown>): string {
  const pairs = Object.entries(body).flatMap(([name, value]): [string, string][] => {
    if (Array.isArray(value)) return value.map((item) => [`${name}[]`, String(item ?? '')])
    if (typeof value === 'object' && value !== null) return [[`${name}[a][b]`, '"']]
    return [[name, typeof value === 'string' ? value : '']]
  })
  return new URLSearchParams(pairs).toString()
}

describe('while Postgres is away', () => {
  it('answers 503 in JSON to programs and as a page to people, without saying why', async () => {
    const db = connect({
      url: 'postgres://nobody:secret@127.0.0.1:1/none',
      poolSize: 1,
      acquireTimeoutMs: 500,
    })
    const other = await startWeb({ ...ctx, db })
    const api = await other.as('token').get('/api/v1/accounts/verify_credentials')
    expect([api.status, api.body]).toEqual([
      503,
      { error: 'There was a temporary problem serving your request, please try again' },
    ])
    await ctx.cache.delete('settings')
    const page = await other.get('/auth/sign_in', { headers: { accept: 'text/html' } })
    expect([page.status, page.text]).toEqual([503, expect.stringContaining('Not right now')])
    expect(page.text).not.toMatch(/secret|127\.0\.0\.1|ECONNREFUSED/)
    expect((await other.get('/health')).status).toBe(200)
    await other.close()
    await disconnect(db)
  })
})
