import { type Cast, castOf } from '@anancus/core/testing/cast'
import { closeTestContext, type TestContext, testContext } from '@anancus/core/testing/context'
import { countStatements } from '@anancus/core/testing/count-statements'
import { resetDatabase } from '@anancus/core/testing/reset'
import { sentActivities } from '@anancus/core/testing/sent-activities'
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
  alice = web.as(await make.token({ user: cast.alice.user, scopes: 'read write' }))
  bob = web.as(await make.token({ user: cast.bob.user, scopes: 'read write' }))
})
afterAll(async () => {
  await web.close()
  await closeTestContext(ctx)
})

const PATH = '/api/v1/featured_tags'
const outcome = (answer: { status: number; body: unknown }) => [answer.status, answer.body]
const feature = (name: string, client = alice) => client.post(PATH, { json: { name } })
const namesOf = (answer: { body: { name: string }[] }) => answer.body.map((tag) => tag.name)
const TOO_MANY = [
  422,
  { error: 'Validation failed: You have already featured the maximum number of hashtags' },
]

describe('featured hashtags', () => {
  it('are shown with their use in the open, most used first, on the profile too', async () => {
    const { account } = cast.alice
    await make.status({ account, tags: ['cats'] })
    await make.status({ account, tags: ['cats'], visibility: 'unlisted' })
    await make.status({ account, tags: ['cats'], visibility: 'private' })
    await make.status({ account: cast.bob.account, tags: ['cats'] })
    await feature('birds')
    const { body } = await feature('#CATS')
    const today = new Date().toISOString().slice(0, 10)
    expect(body).toEqual({
      id: expect.stringMatching(/^\d+$/),
      name: 'CATS',
      url: 'https://social.test/@alice/tagged/cats',
      statuses_count: '2',
      last_status_at: today,
    })
    const all = await alice.get(PATH)
    expect(namesOf(all)).toEqual(['CATS', 'birds'])
    expect(all.body[1]).toMatchObject({ statuses_count: '0', last_status_at: null })
    expect((await web.get(`/api/v1/accounts/${account.id}/featured_tags`)).body).toEqual(all.body)
    await alice.post('/api/v1/statuses', { json: { status: 'More #cats' } })
    expect((await alice.get(PATH)).body[0].statuses_count).toBe('3')
  })

  it('are featured once', async () => {
    const { body } = await feature('cats')
    expect(outcome(await feature('Cats'))).toEqual([200, body])
    expect(await ctx.db('featured_tags')).toHaveLength(1)
  })

  it('need a name that is one', async () => {
    for (const name of ['', undefined]) {
      const answer = await alice.post(PATH, { json: { name } })
      expect(outcome(answer)).toEqual([
        400,
        { error: 'param is missing or the value is empty or invalid: name' },
      ])
    }
    for (const name of ['123', 'a b', '#', 'a-b', 'x'.repeat(501)])
      expect(outcome(await feature(name))).toEqual([422, { error: 'Validation failed: Name is invalid' }])
    expect(await ctx.db('featured_tags')).toEqual([])
  })

  it('are ten at most, however many are asked for at the same time', async () => {
    const answers = await Promise.all(Array.from({ length: 13 }, (_, n) => feature(`tag${n}x`)))
    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(10)
    expect(outcome(await feature('more'))).toEqual(TOO_MANY)
    expect(outcome(await alice.post('/api/v1/tags/more/feature'))).toEqual(TOO_MANY)
  })

  it('SEC-PRIV-13 SEC-PRIV-14 are taken off by their owner only', async () => {
    const { body } = await feature('cats')
    await feature('cats', bob)
    const [theirs] = (await bob.get(PATH)).body
    expect(outcome(await alice.delete(`${PATH}/${theirs.id}`))).toEqual([404, { error: 'Record not found' }])
    expect(outcome(await alice.delete(`${PATH}/${body.id}`))).toEqual([200, {}])
    expect((await alice.get(PATH)).body).toEqual([])
    expect((await bob.get(PATH)).body).toEqual([theirs])
  })

  it('are told to the servers that know the account, coming and going', async () => {
    await make.follow({ account: cast.carol, target: cast.alice.account })
    const { body } = await feature('Cats')
    await feature('Cats')
    await alice.delete(`${PATH}/${body.id}`)
    const sent = await sentActivities(ctx)
    expect(sent.map(({ activity }) => activity.type)).toEqual(['Add', 'Remove'])
    expect(sent[0]?.activity).toMatchObject({
      actor: expect.stringContaining('https://social.test/'),
      target: expect.stringMatching(/\/collections\/featured$/),
      object: { type: 'Hashtag', href: 'https://social.test/@alice/tagged/cats', name: '#Cats' },
    })
  })
})

describe('POST /api/v1/tags/:name/feature and unfeature', () => {
  it('work again and again, and answer with the tag', async () => {
    for (const featuring of [true, true, false, false]) {
      const answer = await alice.post(`/api/v1/tags/Cheese/${featuring ? 'feature' : 'unfeature'}`)
      expect([answer.status, answer.body.featuring, answer.body.name]).toEqual([200, featuring, 'Cheese'])
    }
    for (const act of ['feature', 'unfeature'])
      expect(outcome(await alice.post(`/api/v1/tags/123/${act}`))).toEqual([404, { error: 'Not Found' }])
    expect((await bob.get('/api/v1/tags/cheese')).body.featuring).toBe(false)
  })
})

describe('GET /api/v1/featured_tags/suggestions', () => {
  it('proposes what was used most and is not featured', async () => {
    const { account } = cast.alice
    for (const tags of [['cats', 'dogs'], ['cats'], ['birds', 'cats'], ['birds']])
      await make.status({ account, tags })
    await make.status({ account: cast.bob.account, tags: ['bikes'] })
    await feature('cats')
    const { body } = await alice.get(`${PATH}/suggestions`)
    expect(namesOf({ body })).toEqual(['birds', 'dogs'])
    expect(body[0]).toMatchObject({ featuring: false, following: false, history: expect.any(Array) })
    expect((await bob.get(`${PATH}/suggestions`)).body).toHaveLength(1)
  })

  it('takes as many statements for one as for ten', async () => {
    await alice.get(PATH)
    const count = async (from: number, to: number) => {
      for (let n = from; n < to; n++) await make.status({ account: cast.alice.account, tags: [`tag${n}x`] })
      const { count: statements } = await countStatements(() => alice.get(`${PATH}/suggestions`))
      return statements
    }
    const few = await count(0, 1)
    expect(await count(1, 12)).toBe(few)
    expect((await alice.get(`${PATH}/suggestions`)).body).toHaveLength(10)
  })
})
