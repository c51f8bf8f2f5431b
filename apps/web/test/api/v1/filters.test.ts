import { type Cast, castOf } from '@anancus/core/testing/cast'
import { closeTestContext, type TestContext, testContext } from '@anancus/core/testing/context'
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
  alice = web.as(await make.token({ user: cast.alice.user, scopes: 'read write' }))
})
afterAll(async () => {
  await web.close()
  await closeTestContext(ctx)
})

const PATH = '/api/v1/filters'
const outcome = (answer: { status: number; body: unknown }) => [answer.status, answer.body]

describe('filters as old clients know them', () => {
  it('are one keyword each, with its id', async () => {
    const answer = await alice.post(PATH, {
      json: { phrase: 'cat', context: ['home', 'public'], irreversible: true },
    })
    expect(answer.headers.get('deprecation')).toBe('@1668384000')
    expect(answer.body).toEqual({
      id: expect.any(String),
      phrase: 'cat',
      context: ['home', 'public'],
      whole_word: true,
      expires_at: null,
      irreversible: true,
    })
    const [filter] = (await alice.get('/api/v2/filters')).body
    expect(filter).toMatchObject({
      title: 'cat',
      filter_action: 'hide',
      keywords: [{ id: answer.body.id, keyword: 'cat' }],
    })
    expect((await alice.get(`${PATH}/${answer.body.id}`)).body).toEqual(answer.body)
    await make.filter({ account: cast.alice.account, keywords: ['dog', 'bird'] })
    const phrases = (await alice.get(PATH)).body.map((each: { phrase: string }) => each.phrase)
    expect(phrases).toEqual(['cat', 'dog', 'bird'])
  })

  it.each([
    [{ context: ['home'] }, "Title can't be blank"],
    [{ phrase: 'x', context: ['moon'] }, 'Context None or invalid context supplied'],
  ])('refuse %p', async (json, message) => {
    const answer = await alice.post(PATH, { json })
    expect(outcome(answer)).toEqual([422, { error: `Validation failed: ${message}` }])
    expect(await ctx.db('custom_filters')).toEqual([])
  })

  it('change with their only keyword', async () => {
    const { body } = await alice.post(PATH, { json: { phrase: 'cat', context: ['home'] } })
    const changed = await alice.put(`${PATH}/${body.id}`, {
      json: { phrase: 'dog', context: ['thread'], whole_word: false, irreversible: true },
    })
    expect(changed.body).toEqual({
      ...body,
      phrase: 'dog',
      context: ['thread'],
      whole_word: false,
      irreversible: true,
    })
  })

  it('change nothing that other keywords share', async () => {
    await make.filter({ account: cast.alice.account, phrase: 'Pets', keywords: ['cat', 'dog'] })
    const [cat] = (await alice.get(PATH)).body
    const refused = await alice.put(`${PATH}/${cat.id}`, { json: { phrase: 'Pets', context: ['thread'] } })
    expect(outcome(refused)).toEqual([
      422,
      {
        error:
          'These parameters cannot be changed from this application because they apply to more than one filter ' +
          'keyword. Use a more recent application or the web interface.',
      },
    ])
    expect((await alice.get(`${PATH}/${cat.id}`)).body).toEqual(cat)
    const allowed = await alice.put(`${PATH}/${cat.id}`, { json: { whole_word: false, context: ['home'] } })
    expect(outcome(allowed)).toEqual([200, { ...cat, whole_word: false }])
  })

  it('go alone', async () => {
    await make.filter({ account: cast.alice.account, keywords: ['cat', 'dog'] })
    const [cat, dog] = (await alice.get(PATH)).body
    expect(outcome(await alice.delete(`${PATH}/${cat.id}`))).toEqual([200, {}])
    expect((await alice.get(PATH)).body).toEqual([dog])
    expect((await alice.get(`${PATH}/${cat.id}`)).status).toBe(404)
  })
})
