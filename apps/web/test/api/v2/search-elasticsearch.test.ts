import { indexChanges } from '@anancus/core/domain/search'
import { type Cast, castOf } from '@anancus/core/testing/cast'
import { closeTestContext, type TestContext, testContext } from '@anancus/core/testing/context'
import { FakeElasticsearch } from '@anancus/core/testing/elasticsearch/server'
import { DEPLOYMENT } from '@anancus/core/testing/search-engines'
import { deploySearch } from '@anancus/core/domain/search'
import { factories } from '@anancus/db/testing/make'
import { startWeb, type TestClient, type TestWeb } from '../../support/server.ts'

let elasticsearch: FakeElasticsearch
let ctx: TestContext
let web: TestWeb
let cast: Cast
let alice: TestClient
let bob: TestClient

beforeAll(async () => {
  elasticsearch = await FakeElasticsearch.start()
  ctx = await testContext({ env: elasticsearch.env })
  const make = factories(ctx.db)
  web = await startWeb(ctx)
  cast = await castOf(ctx)
  const token = async (user: { id: string }) => web.as(await make.token({ user, scopes: 'read write' }))
  alice = await token(cast.alice.user)
  bob = await token(cast.bob.user)
  await deploySearch(ctx, DEPLOYMENT)
})
afterAll(async () => {
  await web.close()
  await closeTestContext(ctx)
  await elasticsearch.stop()
})

const settle = async () => {
  await indexChanges(ctx)
  elasticsearch.refresh()
}
const publish = async (client: TestClient, status: string) =>
  (await client.post('/api/v1/statuses', { json: { status } })).body.id as string
const find = async (client: TestClient, q: string) => {
  const { status, body } = await client.get(`/api/v2/search?${new URLSearchParams({ q, type: 'statuses' })}`)
  return [status, body.statuses.map((found: { id: string }) => found.id)]
}

describe('GET /api/v2/search with Elasticsearch', () => {
  it('finds what was published, and what was favourited, and nothing that was let go of', async () => {
    const own = await publish(alice, 'a yellow finch')
    const bobs = await publish(bob, 'another finch')
    await settle()
    expect(await find(alice, 'finch')).toEqual([200, [own]])
    await alice.post(`/api/v1/statuses/${bobs}/favourite`)
    await settle()
    expect(await find(alice, 'finch')).toEqual([200, [bobs, own]])
    await alice.post(`/api/v1/statuses/${bobs}/unfavourite`)
    await alice.delete(`/api/v1/statuses/${own}`)
    await settle()
    expect(await find(alice, 'finch')).toEqual([200, []])
    expect(elasticsearch.refused).toEqual([])
    expect(elasticsearch.asked.some(({ path }) => path === '/public_statuses,statuses/_search')).toBe(true)
  })

  it('opens the posts of who lets them be found, by the setting of the profile', async () => {
    const post = await publish(bob, 'a rare heron')
    await settle()
    expect(await find(alice, 'heron')).toEqual([200, []])
    await bob.request('PATCH', '/api/v1/accounts/update_credentials', { json: { indexable: true } })
    await settle()
    expect(await find(alice, 'heron')).toEqual([200, [post]])
    await bob.post(`/api/v1/accounts/${cast.alice.account.id}/block`)
    expect(await find(alice, 'heron')).toEqual([200, []])
    await bob.post(`/api/v1/accounts/${cast.alice.account.id}/unblock`)
  })

  it('R-22: publishes and finds while Elasticsearch is away, which catches up later', async () => {
    elasticsearch.mood = 'away'
    const post = await publish(alice, 'a stork in the dark')
    await indexChanges(ctx)
    expect(await find(alice, 'stork')).toEqual([200, [post]])
    const gone = await publish(alice, 'a stork that goes')
    await alice.delete(`/api/v1/statuses/${gone}`)
    elasticsearch.mood = 'well'
    await ctx.redis.del(`${ctx.config.redis.prefix}search:pause`)
    await settle()
    const [index] = elasticsearch.cluster.resolve('statuses')
    expect([index?.documents.has(post), index?.documents.has(gone)]).toEqual([true, false])
  })
})
