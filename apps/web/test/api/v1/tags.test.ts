import { type Cast, castOf } from '@anancus/core/testing/cast'
import { closeTestContext, type TestContext, testContext } from '@anancus/core/testing/context'
import { countStatements } from '@anancus/core/testing/count-statements'
import { resetDatabase } from '@anancus/core/testing/reset'
import { factories } from '@anancus/db/testing/make'
import { startWeb, type TestClient, type TestWeb } from '../../support/server.ts'

let ctx: TestContext
let web: TestWeb
let cast: Cast
let make: ReturnType<typeof factories>
let alice: TestClient
let bob: TestClient

beforeAll(async () => {
  ctx = await testContext()
  web = await startWeb(ctx)
})
beforeEach(async () => {
  await resetDatabase(ctx)
  cast = await castOf(ctx)
  make = factories(ctx.db)
  alice = web.as(await make.token({ user: cast.alice.user }))
  bob = web.as(await make.token({ user: cast.bob.user }))
})
afterAll(async () => {
  await web.close()
  await closeTestContext(ctx)
})

const DAY = 86_400

describe('GET /api/v1/tags/:name', () => {
  it('tells the use of the last seven days, public statuses only', async () => {
    const daysAgo = (days: number) => new Date(Date.now() - days * DAY * 1000)
    await make.status({ account: cast.alice.account, tags: ['käse'] })
    await make.status({ account: cast.alice.account, tags: ['käse'] })
    await make.status({ account: cast.bob.account, tags: ['käse'], visibility: 'unlisted' })
    await make.status({ account: cast.bob.account, tags: ['käse'], created_at: daysAgo(2) })
    await make.status({ account: cast.bob.account, tags: ['käse'], created_at: daysAgo(9) })
    await ctx.db('tags').update({ name: 'kase', display_name: 'Käse' })
    const { body, headers } = await web.get('/api/v1/tags/K%C3%84SE')
    expect(body).toMatchObject({
      id: expect.stringMatching(/^\d+$/),
      name: 'Käse',
      url: 'https://social.test/tags/kase',
    })
    expect(body).not.toHaveProperty('following')
    const today = Math.floor(Date.now() / 1000 / DAY) * DAY
    expect(body.history).toEqual(
      [0, 1, 2, 3, 4, 5, 6].map((days) => ({
        day: String(today - days * DAY),
        accounts: days === 0 || days === 2 ? '1' : '0',
        uses: days === 0 ? '2' : days === 2 ? '1' : '0',
      })),
    )
    expect(headers.get('cache-control')).toContain('max-age=15, public')
  })

  it('knows names nobody has used, and no others', async () => {
    const { body } = await alice.get('/api/v1/tags/Never')
    expect(body).toMatchObject({
      id: '',
      name: 'Never',
      url: 'https://social.test/tags/never',
      following: false,
      featuring: false,
    })
    for (const name of ['123', 'a-b', 'a%20b', '%23x']) {
      const answer = await web.get(`/api/v1/tags/${name}`)
      expect([answer.status, answer.body]).toEqual([404, { error: 'Not Found' }])
    }
  })
})

describe('following', () => {
  it('follow and unfollow, again and again', async () => {
    for (const following of [true, true, false, false]) {
      const answer = await alice.post(`/api/v1/tags/Cheese/${following ? 'follow' : 'unfollow'}`)
      expect([answer.status, answer.body.following, answer.body.name]).toEqual([200, following, 'Cheese'])
    }
    expect((await alice.post('/api/v1/tags/123/follow')).status).toBe(404)
  })

  it("SEC-PRIV-14 is nobody else's", async () => {
    await alice.post('/api/v1/tags/cheese/follow')
    await bob.post('/api/v1/tags/cheese/follow')
    await alice.post('/api/v1/tags/cheese/unfollow')
    expect((await bob.get('/api/v1/followed_tags')).body).toMatchObject([{ name: 'cheese', following: true }])
    expect((await alice.get('/api/v1/followed_tags')).body).toEqual([])
  })

  it('pages by the rows of the follows', async () => {
    for (const name of ['one', 'two', 'three']) await alice.post(`/api/v1/tags/${name}/follow`)
    const rows = await ctx.db('tag_follows').orderBy('id', 'desc').pluck('id')
    const first = await alice.get('/api/v1/followed_tags?limit=2')
    expect(first.body.map((tag: { name: string }) => tag.name)).toEqual(['three', 'two'])
    const base = 'https://social.test/api/v1/followed_tags?limit=2'
    expect(first.headers.get('link')).toBe(
      `<${base}&max_id=${rows[1]}>; rel="next", <${base}&since_id=${rows[0]}>; rel="prev"`,
    )
    const next = await alice.get(`/api/v1/followed_tags?limit=2&max_id=${rows[1]}`)
    expect(next.body.map((tag: { name: string }) => tag.name)).toEqual(['one'])
    const above = await alice.get(`/api/v1/followed_tags?limit=1&min_id=${rows[2]}`)
    expect(above.body.map((tag: { name: string }) => tag.name)).toEqual(['two'])
  })

  it('takes as many statements for 2 as for 40', async () => {
    const count = async (from: number, to: number) => {
      for (let index = from; index < to; index++) await alice.post(`/api/v1/tags/tag${index}x/follow`)
      return (await countStatements(() => alice.get('/api/v1/followed_tags'))).count
    }
    await alice.get('/api/v1/favourites') // the first use of a token is noted
    const few = await count(0, 2)
    expect(await count(2, 40)).toBe(few)
  })
})
