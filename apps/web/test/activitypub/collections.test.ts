import { type Cast, castOf } from '@anancus/core/testing/cast'
import { closeTestContext, type TestContext, testContext } from '@anancus/core/testing/context'
import { countStatements } from '@anancus/core/testing/count-statements'
import { resetDatabase } from '@anancus/core/testing/reset'
import { factories } from '@anancus/db/testing/make'
import { startWeb, type TestClient, type TestWeb } from '../support/server.ts'

let ctx: TestContext
let web: TestWeb
let cast: Cast
let alice: TestClient
let bob: TestClient

beforeAll(async () => {
  ctx = await testContext()
  web = await startWeb(ctx)
})
beforeEach(async () => {
  await resetDatabase(ctx)
  cast = await castOf(ctx)
  const make = factories(ctx.db)
  await ctx.db('accounts').whereIn('username', ['bob', 'eve']).update({ discoverable: true })
  alice = web.as(await make.token({ user: cast.alice.user, scopes: 'read write' }))
  bob = web.as(await make.token({ user: cast.bob.user, scopes: 'read write' }))
})
afterAll(async () => {
  await web.close()
  await closeTestContext(ctx)
})

const accept = { headers: { accept: 'application/activity+json' } }
const BASE = 'https://social.test'
const pathOf = (uri: string) => uri.replace(BASE, '')
const create = async (more: Record<string, unknown> = {}) =>
  (
    await alice.post('/api/v1/collections', {
      json: {
        name: 'Birders',
        description: 'Follow them',
        language: 'en',
        sensitive: false,
        discoverable: true,
        ...more,
      },
    })
  ).body.collection
const root = () => `/ap/users/${cast.alice.account.id}`

describe('the document of a collection', () => {
  it('names who agreed, and where each says so; that says it, until it is taken back', async () => {
    const collection = await create({ tag_name: 'birds', account_ids: [cast.bob.account.id] })
    const path = pathOf(collection.uri)
    const { status, headers, body } = await web.get(path, accept)
    expect([status, headers.get('cache-control')]).toEqual([200, 'max-age=30, public'])
    const [item] = body.orderedItems
    expect(body).toMatchObject({
      id: collection.uri,
      type: 'FeaturedCollection',
      totalItems: 1,
      name: 'Birders',
      attributedTo: expect.stringMatching(/^https:\/\/social\.test\//),
      url: collection.url,
      sensitive: false,
      discoverable: true,
      summaryMap: { en: 'Follow them' },
      topic: { type: 'Hashtag', name: '#birds' },
    })
    expect(body).not.toHaveProperty('summary')
    expect(body['@context'][1]).toMatchObject({
      FeaturedCollection: 'https://w3id.org/fep/7aa9#FeaturedCollection',
    })
    const actor = (await web.get(`/ap/users/${cast.bob.account.id}`, accept)).body
    expect(item).toMatchObject({ type: 'FeaturedItem', featuredObject: actor.id })
    expect((await web.get(pathOf(item.id), accept)).body).toMatchObject({ ...item })
    const stamp = pathOf(item.featureAuthorization)
    expect((await web.get(stamp, accept)).body).toEqual({
      '@context': expect.anything(),
      id: item.featureAuthorization,
      type: 'FeatureAuthorization',
      interactingObject: collection.uri,
      interactionTarget: actor.id,
    })
    expect((await web.get(stamp.replace(cast.bob.account.id, cast.eve.account.id), accept)).status).toBe(404)
    await bob.post(`/api/v1/collections/${collection.id}/items/${collection.items[0].id}/revoke`)
    for (const gone of [stamp, pathOf(item.id)]) expect((await web.get(gone, accept)).status).toBe(404)
    expect((await web.get(path, accept)).body).toMatchObject({ totalItems: 0, orderedItems: [] })
  })

  it('is a page for people, and not somebody else’s', async () => {
    const collection = await create()
    const page = await web.get(pathOf(collection.uri), { headers: { accept: 'text/html' } })
    expect([page.status, page.headers.get('location')]).toEqual([301, collection.url])
    const foreign = collection.uri.replace(cast.alice.account.id, cast.bob.account.id)
    expect((await web.get(pathOf(foreign), accept)).status).toBe(404)
    expect((await web.get(pathOf(collection.url), accept)).body.id).toBe(collection.uri)
    expect((await web.get('/collections/987654321', accept)).status).toBe(404)
    await ctx.db('accounts').where({ id: cast.alice.account.id }).update({ suspended_at: new Date() })
    expect((await web.get(pathOf(collection.uri), accept)).status).toBeGreaterThanOrEqual(403)
  })
})

describe('the list of an actor’s collections', () => {
  it('is named by the actor, who also says who may feature it, and read page by page', async () => {
    for (let n = 0; n < 6; n++) await create({ name: `Number ${n}` })
    const actor = (await web.get(root(), accept)).body
    expect(actor.featuredCollections).toBe(`${BASE}${root()}/featured_collections`)
    expect(actor.interactionPolicy).toEqual({ canFeature: { automaticApproval: [actor.id] } })
    await ctx.db('accounts').where({ id: cast.alice.account.id }).update({ discoverable: true })
    expect((await web.get(root(), accept)).body.interactionPolicy.canFeature.automaticApproval).toEqual([
      'https://www.w3.org/ns/activitystreams#Public',
    ])
    const list = (await web.get(pathOf(actor.featuredCollections), accept)).body
    expect(list).toMatchObject({
      type: 'Collection',
      totalItems: 6,
      first: `${actor.featuredCollections}?page=1`,
    })
    const first = (await web.get(pathOf(list.first), accept)).body
    expect(first).toMatchObject({ type: 'CollectionPage', partOf: list.id, next: `${list.id}?page=2` })
    expect(first.items.map((item: { name: string }) => item.name)).toEqual(
      [5, 4, 3, 2, 1].map((n) => `Number ${n}`),
    )
    const second = (await web.get(pathOf(first.next), accept)).body
    expect(second).toMatchObject({
      prev: list.first,
      items: [{ type: 'FeaturedCollection', name: 'Number 0' }],
    })
    expect(second).not.toHaveProperty('next')
  })

  it('takes as many statements for one as for five', async () => {
    const path = `${root()}/featured_collections?page=1`
    const count = async () => (await countStatements(() => web.get(path, accept))).count
    await create()
    await count()
    const few = await count()
    for (let n = 0; n < 4; n++) await create({ account_ids: [cast.bob.account.id, cast.eve.account.id] })
    // A cache that ran out in between may have cost the first one more.
    expect(await count()).toBeLessThanOrEqual(few)
  })
})
