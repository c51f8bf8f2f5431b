import { type Cast, castOf } from '@anancus/core/testing/cast'
import { closeTestContext, type TestContext, testContext } from '@anancus/core/testing/context'
import { resetDatabase } from '@anancus/core/testing/reset'
import { factories } from '@anancus/db/testing/make'
import { startWeb, type TestClient, type TestWeb } from '../../../support/server.ts'

let ctx: TestContext
let web: TestWeb
let cast: Cast
let make: ReturnType<typeof factories>
let alice: TestClient

beforeAll(async () => {
  ctx = await testContext()
  web = await startWeb(ctx)
})
beforeEach(async () => {
  await resetDatabase(ctx)
  cast = await castOf(ctx)
  make = factories(ctx.db)
  alice = web.as(await make.token({ user: cast.alice.user }))
})
afterAll(async () => {
  await web.close()
  await closeTestContext(ctx)
})

const FOX = encodeURIComponent('🦊')
type Act = (client: TestClient, id: string, emoji: string) => ReturnType<TestClient['post']>
const dialects: [name: string, react: Act, unreact: Act][] = [
  [
    'glitch-soc',
    (client, id, emoji) => client.post(`/api/v1/statuses/${id}/react/${emoji}`),
    (client, id, emoji) => client.post(`/api/v1/statuses/${id}/unreact/${emoji}`),
  ],
  [
    'Pleroma',
    (client, id, emoji) => client.request('PUT', `/api/v1/pleroma/statuses/${id}/reactions/${emoji}`),
    (client, id, emoji) => client.request('DELETE', `/api/v1/pleroma/statuses/${id}/reactions/${emoji}`),
  ],
]

describe.each(dialects)('reactions by the routes of %s', (_name, react, unreact) => {
  it('are shown, count as a favourite, and can be taken back', async () => {
    const status = await make.status({ account: cast.bob.account })
    const given = await react(alice, status.id, FOX)
    expect(given).toMatchObject({
      status: 200,
      body: {
        id: status.id,
        favourited: true,
        favourites_count: 1,
        reactions: [{ name: '🦊', count: 1, me: true }],
      },
    })
    const others = await web.get(`/api/v1/statuses/${status.id}/favourited_by`)
    expect(others.body).toMatchObject([{ acct: 'alice' }])
    const taken = await unreact(alice, status.id, FOX)
    expect(taken).toMatchObject({
      status: 200,
      body: { favourited: false, favourites_count: 0, reactions: [] },
    })
    expect((await unreact(alice, status.id, FOX)).status).toBe(200)
  })

  it('are refused without the scope, of what is no emoji, and of what is hidden', async () => {
    const status = await make.status({ account: cast.bob.account })
    const reader = web.as(await make.token({ user: cast.alice.user, scopes: 'read' }))
    expect((await react(reader, status.id, FOX)).status).toBe(403)
    expect((await unreact(reader, status.id, FOX)).status).toBe(403)
    expect(await react(alice, status.id, 'nonsense')).toMatchObject({
      status: 422,
      body: { error: 'Validation failed: Name is not a recognized emoji' },
    })
    const hidden = await make.status({ account: cast.bob.account, visibility: 'private' })
    expect((await react(alice, hidden.id, FOX)).status).toBe(404)
    expect((await unreact(alice, hidden.id, FOX)).status).toBe(404)
    expect(await ctx.db('status_reactions')).toEqual([])
  })
})

it('a reaction to a reblog is one to what it reblogs', async () => {
  const status = await make.status({ account: cast.bob.account })
  const reblog = await make.status({ account: cast.bob.account, reblogOf: status })
  const answer = await alice.post(`/api/v1/statuses/${reblog.id}/react/${FOX}`)
  expect(answer.body).toMatchObject({ reactions: [], reblog: { reactions: [{ name: '🦊', me: true }] } })
})

it('unfavouriting takes the reactions along', async () => {
  const status = await make.status({ account: cast.bob.account })
  await alice.post(`/api/v1/statuses/${status.id}/react/${FOX}`)
  const answer = await alice.post(`/api/v1/statuses/${status.id}/unfavourite`)
  expect(answer.body).toMatchObject({ favourited: false, reactions: [] })
})
