import { type Cast, castOf } from '@anancus/core/testing/cast'
import { closeTestContext, type TestContext, testContext } from '@anancus/core/testing/context'
import { resetDatabase } from '@anancus/core/testing/reset'
import { factories } from '@anancus/db/testing/make'
import { type ClientBuild, fakeClientBuild } from '../../support/client-build.ts'
import { startWeb, type TestClient, type TestWeb } from '../../support/server.ts'

let ctx: TestContext
let build: ClientBuild
let web: TestWeb
let cast: Cast
let alice: TestClient

beforeAll(async () => {
  ctx = await testContext()
  build = await fakeClientBuild()
  web = await startWeb(ctx, { clientFolder: build.folder })
})
beforeEach(async () => {
  await resetDatabase(ctx)
  cast = await castOf(ctx)
  alice = web.as(await factories(ctx.db).token({ user: cast.alice.user, scopes: 'read write' }))
})
afterAll(async () => {
  await web.close()
  await build.remove()
  await closeTestContext(ctx)
})

const html = { headers: { accept: 'text/html' } }
const create = async (more: object = {}) => {
  const json = {
    name: 'Birders <3',
    description: 'Who to follow',
    sensitive: false,
    discoverable: true,
    ...more,
  }
  return (await alice.post('/api/v1/collections', { json })).body.collection
}

describe('the page of a collection', () => {
  it('says in its head what it is, and where its document lies', async () => {
    const { id, uri } = await create()
    const page = await web.get(`/collections/${id}`, html)
    expect(page.status).toBe(200)
    expect(page.text).toContain('<meta property="og:title" content="Birders &lt;3">')
    expect(page.text).toContain('<meta property="og:description" content="Who to follow">')
    expect(page.text).not.toContain('name="robots"')
    expect(page.headers.get('link')).toContain(`<${uri}>; rel="alternate"`)
    expect((await web.get('/@alice/collections', html)).status).toBe(200)
  })

  it('keeps what is unlisted from search engines, and what is sensitive to itself', async () => {
    const unlisted = await web.get(`/collections/${(await create({ discoverable: false })).id}`, html)
    expect(unlisted.text).toContain('content="noindex, noarchive"')
    const sensitive = await web.get(`/collections/${(await create({ sensitive: true })).id}`, html)
    for (const secret of ['Birders', 'Who to follow']) expect(sensitive.text).not.toContain(secret)
  })

  it('is not found when there is none, and leads to the original of a remote one, by a page that says so', async () => {
    for (const id of ['987654321', 'x']) expect((await web.get(`/collections/${id}`, html)).status).toBe(404)
    const [{ id }] = await ctx
      .db('collections')
      .insert({
        account_id: cast.carol.id,
        local: false,
        name: 'Theirs',
        uri: 'https://mastodon.example/collections/1',
        url: 'javascript:alert(1)',
        sensitive: false,
        discoverable: true,
      })
      .returning('id')
    const away = await web.get(`/collections/${id}`, html)
    expect([away.status, away.headers.get('location')]).toEqual([302, `/redirect/collections/${id}`])
    expect((await web.get(`/redirect/collections/${id}`, html)).status).toBe(404)
    await ctx.db('collections').where({ id }).update({ url: null })
    const leaving = await web.get(`/redirect/collections/${id}`, html)
    expect(leaving.text).toContain('href="https://mastodon.example/collections/1"')
  })
})
