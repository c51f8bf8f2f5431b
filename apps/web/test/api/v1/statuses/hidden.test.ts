import { type Cast, castOf } from '@anancus/core/testing/cast'
import { closeTestContext, type TestContext, testContext } from '@anancus/core/testing/context'
import { clearRedis } from '@anancus/core/testing/context'
import type { StatusRow } from '@anancus/db'
import { factories } from '@anancus/db/testing/make'
import { apiRoutes } from '../../../../src/api/index.ts'
import type { Route } from '../../../../src/http/route.ts'
import { startWeb, type TestAnswer, type TestClient, type TestWeb } from '../../../support/server.ts'

/** Nobody can tell a hidden status from one that does not exist, by any route that takes one. */

const routes = apiRoutes.filter((route) => route.path.startsWith('/api/v1/statuses/:id'))
const UNUSED = '109999999999999999'

let ctx: TestContext
let web: TestWeb
let cast: Cast
let make: ReturnType<typeof factories>
let hidden: Record<string, StatusRow>
let stranger: TestClient
let appOnly: TestClient
let weak: TestClient

beforeAll(async () => {
  ctx = await testContext()
  web = await startWeb(ctx)
  cast = await castOf(ctx)
  make = factories(ctx.db)
  const { alice, mallory, eve } = cast
  await make.follow({ account: eve.account, target: mallory.account })
  const inner = await make.status({ account: alice.account, visibility: 'private' })
  const suspended = await make.account({ suspended_at: new Date() })
  await make.block({ account: alice.account, target: eve.account })
  hidden = {
    private: inner,
    direct: await make.status({ account: alice.account, visibility: 'direct', mentions: [cast.bob.account] }),
    limited: await make.status({ account: alice.account, visibility: 'limited' }),
    'by an author who blocks': await make.status({ account: alice.account }),
    'by a suspended author': await make.status({ account: suspended }),
    deleted: await make.status({ account: cast.bob.account, deleted_at: new Date() }),
    'a reblog of a private one': await make.status({
      account: mallory.account,
      reblogOf: inner,
      visibility: 'public',
    }),
  }
  stranger = web.as(await make.token({ user: eve.user }))
  appOnly = web.as(await make.token({}))
  weak = web.as(await make.token({ user: eve.user, scopes: 'profile' }))
})
beforeEach(() => clearRedis(ctx))
afterAll(async () => {
  await web.close()
  await closeTestContext(ctx)
})

const call = (client: TestClient, route: Route, id: string) =>
  client.request(
    route.method.toUpperCase(),
    route.path.replace(':id', id).replace(/:\w+/g, '1'),
    route.method === 'get' ? {} : { json: { status: 'x' } },
  )

function comparable({ status, text, headers }: TestAnswer) {
  const kept = [...headers].filter(
    ([name]) => !['date', 'x-request-id', 'x-runtime'].includes(name) && !name.startsWith('x-ratelimit'),
  )
  return { status, text, headers: kept }
}

it('covers every route that takes a status', () => expect(routes.length).toBeGreaterThanOrEqual(18))

describe.each(routes.map((route) => [`${route.method.toUpperCase()} ${route.path}`, route] as const))(
  'SEC-PRIV-01 %s',
  (_name, route) => {
    it('answers a stranger the same for what is hidden and what is not there', async () => {
      const unused = comparable(await call(stranger, route, UNUSED))
      expect(unused.status).toBe(404)
      for (const [kind, status] of Object.entries(hidden))
        expect([kind, comparable(await call(stranger, route, status.id))]).toEqual([kind, unused])
    })

    it('answers the anonymous, apps and weak tokens the same', async () => {
      for (const client of [web, appOnly, weak]) {
        const unused = comparable(await call(client, route, UNUSED))
        for (const kind of [
          'private',
          'direct',
          'limited',
          'by a suspended author',
          'deleted',
          'a reblog of a private one',
        ])
          expect([kind, comparable(await call(client, route, hidden[kind]?.id ?? ''))]).toEqual([
            kind,
            unused,
          ])
      }
    })
  },
)

const lastWord = ({ path }: Route) => path.replace('/:emoji', '').split('/').at(-1)

describe('the order of checks', () => {
  const early = [
    'favourite',
    'bookmark',
    'mute',
    'unmute',
    'pin',
    'unpin',
    'history',
    'source',
    'reblogged_by',
    'favourited_by',
    'interaction_policy',
    'quotes',
    'react',
    'revoke',
    'translate',
  ]

  it('looks the status up before it asks for a token on just the sub-resources that do', () => {
    const found = routes.filter((route) => route.lookUp).map(lastWord)
    expect(found.sort()).toEqual([...early].sort())
  })

  it.each(early)('%s: hidden is 404 even without token or scope, visible asks for them', async (verb) => {
    const route = routes.find((candidate) => lastWord(candidate) === verb) as Route
    const visible = await make.status({ account: cast.bob.account })
    expect((await call(web, route, hidden.private?.id ?? '')).body).toEqual({ error: 'Not Found' })
    expect((await call(weak, route, hidden.private?.id ?? '')).body).toEqual({ error: 'Not Found' })
    expect((await call(weak, route, visible.id)).status).toBe(403)
    const anonymous = await call(web, route, visible.id)
    expect(anonymous.status).toBe(route.auth.kind === 'optional' ? 200 : 401)
  })

  it.each(['reblog', 'unreblog', 'unfavourite', 'unbookmark'])(
    '%s asks for the token first',
    async (verb) => {
      const route = routes.find((candidate) => lastWord(candidate) === verb) as Route
      expect((await call(web, route, hidden.private?.id ?? '')).status).toBe(401)
      expect((await call(weak, route, hidden.private?.id ?? '')).status).toBe(403)
    },
  )
})

describe('SEC-PRIV-02 who has lost sight of a status', () => {
  const lose = async () => {
    const author = await make.account()
    const status = await make.status({ account: author, visibility: 'private' })
    await make.favourite({ account: cast.eve.account, status })
    await make.bookmark({ account: cast.eve.account, status })
    await make.status({ account: cast.eve.account, reblogOf: status, visibility: 'private' })
    await make.conversationMute({ account: cast.eve.account, status })
    return status
  }

  it.each([
    ['unfavourite', 'favourites'],
    ['unbookmark', 'bookmarks'],
    ['unreblog', 'statuses'],
  ])('%s is done, and nothing is told', async (verb, table) => {
    const status = await lose()
    const answer = await stranger.post(`/api/v1/statuses/${status.id}/${verb}`)
    expect([answer.status, answer.body]).toEqual([404, { error: 'Not Found' }])
    const left =
      table === 'statuses'
        ? await ctx.db('statuses').where({ reblog_of_id: status.id }).whereNull('deleted_at')
        : await ctx.db(table).where({ status_id: status.id })
    expect(left).toEqual([])
  })

  it.each(['unmute', 'unpin', 'mute'])('%s is not found', async (verb) => {
    const status = await lose()
    expect((await stranger.post(`/api/v1/statuses/${status.id}/${verb}`)).body).toEqual({
      error: 'Not Found',
    })
  })
})
