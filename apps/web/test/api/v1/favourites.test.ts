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

describe.each(['favourites', 'bookmarks'] as const)('GET /api/v1/%s', (path) => {
  const mark = async (values: object = {}) => {
    const status = await make.status({ account: cast.bob.account, ...values })
    const how = path === 'favourites' ? make.favourite : make.bookmark
    return { status, row: await how({ account: cast.alice.account, status }) }
  }

  it("lists the user's own, newest mark first, by links alone", async () => {
    const marks = [await mark(), await mark(), await mark()]
    await make.favourite({ account: cast.bob.account, status: await make.status() })
    const first = await alice.get(`/api/v1/${path}?limit=2`)
    const flag = path === 'favourites' ? { favourited: true } : { bookmarked: true }
    expect(first.body).toMatchObject([{ id: marks[2]?.status.id, ...flag }, { id: marks[1]?.status.id }])
    const base = `https://social.test/api/v1/${path}?limit=2`
    expect(first.headers.get('link')).toBe(
      `<${base}&max_id=${marks[1]?.row.id}>; rel="next", <${base}&min_id=${marks[2]?.row.id}>; rel="prev"`,
    )
    const rest = await alice.get(`/api/v1/${path}?limit=2&max_id=${marks[1]?.row.id}`)
    expect(rest.body.map((status: { id: string }) => status.id)).toEqual([marks[0]?.status.id])
    expect(rest.headers.get('link')).not.toContain('rel="next"')
  })

  it('has no links when empty, and an empty page for limit=0', async () => {
    const empty = await alice.get(`/api/v1/${path}`)
    expect([empty.body, empty.headers.get('link')]).toEqual([[], null])
    await mark()
    expect((await alice.get(`/api/v1/${path}?limit=0`)).body).toEqual([])
  })

  it('SEC-PRIV-22 leaves out what the user can no longer see', async () => {
    const seen = await mark()
    await mark({ visibility: 'private' })
    await mark({ deleted_at: new Date() })
    expect((await alice.get(`/api/v1/${path}`)).body.map((status: { id: string }) => status.id)).toEqual([
      seen.status.id,
    ])
  })

  it('takes as many statements for 2 as for 40', async () => {
    const count = async (size: number) => {
      for (let index = 0; index < size; index++)
        await mark({ account: await make.account(), tags: [`t${index}x`] })
      return (await countStatements(() => alice.get(`/api/v1/${path}?limit=40`))).count
    }
    await alice.get('/api/v1/favourites') // the first use of a token is noted
    const few = await count(2)
    expect(await count(38)).toBe(few)
  })
})
