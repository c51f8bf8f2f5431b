import { type Cast, castOf } from '@anancus/core/testing/cast'
import { closeTestContext, type TestContext, testContext } from '@anancus/core/testing/context'
import { resetDatabase } from '@anancus/core/testing/reset'
import { type Factories, factories } from '@anancus/db/testing/make'
import { startWeb, type TestClient, type TestWeb } from '../../support/server.ts'

let ctx: TestContext
let web: TestWeb
let make: Factories
let cast: Cast
let api: TestClient

beforeAll(async () => {
  ctx = await testContext()
  make = factories(ctx.db)
  web = await startWeb(ctx)
})
afterAll(async () => {
  await web.close()
  await closeTestContext(ctx)
})
beforeEach(async () => {
  await resetDatabase(ctx)
  cast = await castOf(ctx)
  api = web.as(await make.token({ user: cast.alice.user }))
})

const idsOf = (items: { id: string }[]) => items.map((item) => item.id)
const search = async (client: TestClient, query: Record<string, string>) =>
  client.get(`/api/v2/search?${new URLSearchParams(query)}`)

describe('GET /api/v2/search', () => {
  it('finds a collection of accounts by its address or its page, unless its owner blocks the viewer', async () => {
    const bob = web.as(await make.token({ user: cast.bob.user, scopes: 'read write' }))
    const json = { name: 'Birders', sensitive: false, discoverable: false }
    const { collection } = (await bob.post('/api/v1/collections', { json })).body
    for (const q of [collection.uri, collection.url]) {
      const { body } = await search(api, { q, resolve: 'true' })
      expect([idsOf(body.collections), body.accounts, body.statuses]).toEqual([[collection.id], [], []])
    }
    expect(
      (await search(api, { q: collection.url, resolve: 'true', type: 'statuses' })).body.collections,
    ).toEqual([])
    await make.block({ account: cast.bob.account, target: cast.alice.account })
    expect((await search(api, { q: collection.url, resolve: 'true' })).body.collections).toEqual([])
  })

  it('finds accounts and hashtags, or one kind of them', async () => {
    const tag = await make.tag({ name: 'bobsleigh', display_name: 'BobSleigh' })
    const both = await search(api, { q: 'bob' })
    expect(idsOf(both.body.accounts)).toEqual([cast.bob.account.id])
    expect(both.body.hashtags).toMatchObject([{ id: tag.id, name: 'BobSleigh', following: false }])
    expect([both.body.statuses, both.body.collections]).toEqual([[], []])
    expect((await search(api, { q: 'bob', type: 'accounts' })).body.hashtags).toEqual([])
    expect((await search(api, { q: 'bob', type: 'hashtags' })).body.accounts).toEqual([])
    expect((await search(api, { q: '#bob' })).body).toMatchObject({
      accounts: [],
      hashtags: [{ id: tag.id }],
    })
    expect((await search(api, { q: '@bob' })).body).toMatchObject({
      accounts: [{ id: cast.bob.account.id }],
      hashtags: [],
    })
  })

  it('finds hashtags in any spelling, the exact one first, and not those that are hidden', async () => {
    const [long, exact] = [await make.tag({ name: 'cafes' }), await make.tag({ name: 'cafe' })]
    await make.tag({ name: 'cafehidden', listable: false })
    const found = await search(api, { q: '#CAFÉ', type: 'hashtags' })
    expect(idsOf(found.body.hashtags)).toEqual([exact.id, long.id])
    expect(
      idsOf((await search(api, { q: 'cafe', type: 'hashtags', limit: '1', offset: '1' })).body.hashtags),
    ).toEqual([long.id])
    await ctx.db('tags').where({ id: long.id }).update({ reviewed_at: null })
    expect(idsOf((await search(api, { q: 'cafe', exclude_unreviewed: 'true' })).body.hashtags)).toEqual([
      exact.id,
    ])
  })

  it('finds the exact handle first', async () => {
    const other = await make.remoteAccount({ username: 'bob', domain: 'mastodon.example' })
    const { body } = await search(api, { q: '@bob@mastodon.example', resolve: 'true' })
    expect(idsOf(body.accounts)[0]).toBe(other.id)
  })

  it('finds what an address of ours leads to, as far as the viewer may see it', async () => {
    const { bob, alice } = cast
    const open = await make.status({ account: bob.account })
    const shy = await make.status({ account: bob.account, visibility: 'private' })
    const ask = async (url: string) => (await search(api, { q: url, resolve: 'true' })).body
    expect(idsOf((await ask(`https://social.test/@bob/${open.id}`)).statuses)).toEqual([open.id])
    expect((await ask(`https://social.test/@bob/${shy.id}`)).statuses).toEqual([])
    await make.follow({ account: alice.account, target: bob.account })
    expect(idsOf((await ask(`https://social.test/@bob/${shy.id}`)).statuses)).toEqual([shy.id])
    expect(idsOf((await ask('https://social.test/@bob')).accounts)).toEqual([bob.account.id])
    expect((await ask('https://social.test/@nobody')).accounts).toEqual([])
  })

  it('finds a stored remote status by its address, as far as the viewer may see it (SEC-PRIV-09)', async () => {
    const { carol, bob } = cast
    const shy = await make.status({ account: carol, visibility: 'private' })
    await make.follow({ account: bob.account, target: carol })
    const asBob = web.as(await make.token({ user: bob.user }))
    const query = { q: shy.uri as string, resolve: 'true', type: 'statuses' }
    expect(idsOf((await search(asBob, query)).body.statuses)).toEqual([shy.id])
    expect((await search(api, query)).body.statuses).toEqual([])
  })

  it('answers with nothing when the other server does not', async () => {
    for (const q of [
      'https://127.0.0.1:1/nothing',
      'https://gone.invalid/@x',
      'nobody@gone.invalid',
      'http://',
    ]) {
      const answer = await search(api, { q, resolve: 'true' })
      expect([q, answer.status, answer.body]).toEqual([
        q,
        200,
        { accounts: [], statuses: [], hashtags: [], collections: [] },
      ])
    }
  })

  it('wants something to search, and pages that exist', async () => {
    for (const query of [{}, { q: '' }, { q: '  ' }] as Record<string, string>[]) {
      const answer = await search(api, query)
      expect([answer.status, answer.body.error]).toEqual([
        400,
        'param is missing or the value is empty or invalid: q',
      ])
    }
    for (const wrong of ['limit', 'offset']) {
      const answer = await search(api, { q: 'bob', [wrong]: '-1' })
      expect([answer.status, answer.body.error]).toEqual([
        400,
        'Pagination values for `offset` and `limit` must be positive',
      ])
    }
    expect((await search(api, { q: 'bob', limit: '0' })).body.accounts).toEqual([])
  })

  it('lets the anonymous search, but not page, resolve or look for two letters', async () => {
    expect(idsOf((await search(web, { q: 'bob' })).body.accounts)).toEqual([cast.bob.account.id])
    expect((await search(web, { q: 'bo', type: 'accounts' })).body.accounts).toEqual([])
    const paged = await search(web, { q: 'bob', type: 'accounts', offset: '1' })
    expect([paged.status, paged.body.error]).toEqual([
      401,
      'Search queries pagination is not supported without authentication',
    ])
    const resolved = await search(web, { q: 'bob', resolve: 'true' })
    expect([resolved.status, resolved.body.error]).toEqual([
      401,
      'Search queries that resolve remote resources are not supported without authentication',
    ])
  })
})
