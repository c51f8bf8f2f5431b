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
  alice = web.as(await make.token({ user: cast.alice.user, scopes: 'read write' }))
  bob = web.as(await make.token({ user: cast.bob.user, scopes: 'read write' }))
})
afterAll(async () => {
  await web.close()
  await closeTestContext(ctx)
})

const PATH = '/api/v2/filters'
const RECORD_NOT_FOUND = [404, { error: 'Record not found' }]
const outcome = (answer: { status: number; body: unknown }) => [answer.status, answer.body]
const failed = (message: string) => [422, { error: `Validation failed: ${message}` }]
const newFilter = async (client = alice, more: object = {}) =>
  (
    await client.post(PATH, {
      json: { title: 'Pets', context: ['home'], keywords_attributes: [{ keyword: 'cat' }], ...more },
    })
  ).body

describe('filters', () => {
  it('are made from JSON and from a form alike', async () => {
    const made = await newFilter(alice, {
      filter_action: 'blur',
      expires_in: 3600,
      keywords_attributes: [{ keyword: 'cat', whole_word: false }, { keyword: 'dog' }, { keyword: '' }],
    })
    expect(made).toEqual({
      id: expect.stringMatching(/^\d+$/),
      title: 'Pets',
      context: ['home'],
      expires_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      filter_action: 'blur',
      keywords: [
        { id: expect.stringMatching(/^\d+$/), keyword: 'cat', whole_word: false },
        { id: expect.stringMatching(/^\d+$/), keyword: 'dog', whole_word: true },
      ],
      statuses: [],
    })
    const inMinutes = (Date.parse(made.expires_at) - Date.now()) / 60_000
    expect(inMinutes).toBeGreaterThan(59)
    expect(inMinutes).toBeLessThan(61)
    const { body } = await alice.post(PATH, {
      form: [
        ['title', 'Form'],
        ['context[]', 'thread'],
        ['context[]', 'account'],
        ['expires_in', ''],
        ['keywords_attributes[0][keyword]', 'one'],
        ['keywords_attributes[0][whole_word]', 'false'],
        ['keywords_attributes[1][keyword]', 'two'],
      ],
    })
    expect(body).toMatchObject({
      title: 'Form',
      context: ['thread', 'account'],
      expires_at: null,
      filter_action: 'warn',
      keywords: [
        { keyword: 'one', whole_word: false },
        { keyword: 'two', whole_word: true },
      ],
    })
    expect((await alice.get(PATH)).body).toEqual([made, body])
    expect((await alice.get(`${PATH}/${body.id}`)).body).toEqual(body)
    expect((await bob.get(PATH)).body).toEqual([])
  })

  it.each([
    [{ context: [] }, "Context can't be blank, Context None or invalid context supplied"],
    [{ context: ['home', 'moon'] }, 'Context None or invalid context supplied'],
    [{ title: ' ' }, "Title can't be blank"],
    [{ title: 'x'.repeat(257) }, 'Title is too long (maximum is 256 characters)'],
    [{ filter_action: 'explode' }, 'Action is not included in the list'],
    [{ keywords_attributes: [{ keyword: '', whole_word: true }] }, "Keywords keyword can't be blank"],
    [
      { keywords_attributes: [{ keyword: 'x'.repeat(513) }] },
      'Keywords keyword is too long (maximum is 512 characters)',
    ],
  ])('refuse %p', async (wrong, message) => {
    const answer = await alice.post(PATH, { json: { title: 'Pets', context: ['home'], ...wrong } })
    expect(outcome(answer)).toEqual(failed(message))
    const { id } = await newFilter()
    expect(outcome(await alice.put(`${PATH}/${id}`, { json: wrong }))).toEqual(failed(message))
    expect((await alice.get(PATH)).body).toHaveLength(1)
  })

  it('change what is said and nothing else, keywords by their ids', async () => {
    const made = await newFilter(alice, {
      expires_in: 60,
      keywords_attributes: [{ keyword: 'cat' }, { keyword: 'dog' }],
    })
    const [cat, dog] = made.keywords
    const { body } = await alice.put(`${PATH}/${made.id}`, {
      json: {
        filter_action: 'hide',
        keywords_attributes: [
          { id: cat.id, _destroy: true },
          { id: dog.id, whole_word: false },
          { keyword: 'bird' },
        ],
      },
    })
    expect(body).toEqual({
      ...made,
      filter_action: 'hide',
      keywords: [
        { ...dog, whole_word: false },
        { id: expect.any(String), keyword: 'bird', whole_word: true },
      ],
    })
    const later = await alice.patch(`${PATH}/${made.id}`, { json: { title: 'Animals', expires_in: null } })
    expect(later.body).toEqual({ ...body, title: 'Animals', expires_at: null })
  })

  it('are deleted with all they hold', async () => {
    const { id } = await newFilter()
    expect(outcome(await alice.delete(`${PATH}/${id}`))).toEqual([200, {}])
    expect(outcome(await alice.get(`${PATH}/${id}`))).toEqual(RECORD_NOT_FOUND)
    expect(await ctx.db('custom_filter_keywords')).toEqual([])
  })

  it('cost as many statements for 2 as for 40', async () => {
    await alice.get(PATH)
    const count = async (from: number, to: number) => {
      for (let n = from; n < to; n++) await make.filter({ account: cast.alice.account, keywords: ['a', 'b'] })
      return (await countStatements(() => alice.get(PATH))).count
    }
    const few = await count(0, 2)
    expect(await count(2, 40)).toBe(few)
  })

  it('SEC-PRIV-13 are found by their owner only, whatever is asked', async () => {
    const status = await make.status({ account: cast.bob.account })
    const theirs = await newFilter(bob)
    const [keyword] = theirs.keywords
    const entry = (await bob.post(`${PATH}/${theirs.id}/statuses`, { json: { status_id: status.id } })).body
    const before = (await bob.get(PATH)).body
    const mine = await newFilter()
    for (const [method, path, json] of [
      ['GET', `${PATH}/${theirs.id}`],
      ['PUT', `${PATH}/${theirs.id}`, { title: 'Mine' }],
      ['DELETE', `${PATH}/${theirs.id}`],
      ['GET', `${PATH}/${theirs.id}/keywords`],
      ['POST', `${PATH}/${theirs.id}/keywords`, { keyword: 'x' }],
      ['GET', `${PATH}/keywords/${keyword.id}`],
      ['PUT', `${PATH}/keywords/${keyword.id}`, { keyword: 'x' }],
      ['DELETE', `${PATH}/keywords/${keyword.id}`],
      ['PUT', `${PATH}/${mine.id}`, { keywords_attributes: [{ id: keyword.id, _destroy: true }] }],
      ['PUT', `${PATH}/${mine.id}`, { keywords_attributes: [{ id: keyword.id, keyword: 'x' }] }],
      ['POST', PATH, { title: 'x', context: ['home'], keywords_attributes: [{ id: keyword.id }] }],
      ['GET', `${PATH}/${theirs.id}/statuses`],
      ['POST', `${PATH}/${theirs.id}/statuses`, { status_id: status.id }],
      ['GET', `${PATH}/statuses/${entry.id}`],
      ['DELETE', `${PATH}/statuses/${entry.id}`],
      ['GET', `/api/v1/filters/${keyword.id}`],
      ['PUT', `/api/v1/filters/${keyword.id}`, { phrase: 'x', context: ['home'] }],
      ['DELETE', `/api/v1/filters/${keyword.id}`],
    ] as const) {
      const answer = await alice.request(method, path, json ? { json } : {})
      expect([method, path, ...outcome(answer)]).toEqual([method, path, ...RECORD_NOT_FOUND])
    }
    expect((await bob.get(PATH)).body).toEqual(before)
    expect((await alice.get(PATH)).body).toEqual([mine])
  })
})

describe('keywords of a filter', () => {
  it('are added, shown, changed and taken out', async () => {
    const { id } = await newFilter(alice, { keywords_attributes: [] })
    const added = (await alice.post(`${PATH}/${id}/keywords`, { json: { keyword: 'fish' } })).body
    expect(added).toEqual({ id: expect.any(String), keyword: 'fish', whole_word: true })
    expect((await alice.get(`${PATH}/${id}/keywords`)).body).toEqual([added])
    const one = `${PATH}/keywords/${added.id}`
    const changed = await alice.put(one, { json: { whole_word: 'false' } })
    expect(changed.body).toEqual({ ...added, whole_word: false })
    expect((await alice.get(one)).body).toEqual(changed.body)
    expect(outcome(await alice.put(one, { json: { keyword: '' } }))).toEqual(failed("Keyword can't be blank"))
    expect(outcome(await alice.delete(one))).toEqual([200, {}])
    expect(outcome(await alice.get(one))).toEqual(RECORD_NOT_FOUND)
    expect((await alice.get(`${PATH}/${id}`)).body.keywords).toEqual([])
  })

  it('must say something, not too long', async () => {
    const { id } = await newFilter()
    const add = (keyword?: string) => alice.post(`${PATH}/${id}/keywords`, { json: { keyword } })
    expect(outcome(await add())).toEqual(failed("Keyword can't be blank"))
    expect(outcome(await add('x'.repeat(513)))).toEqual(
      failed('Keyword is too long (maximum is 512 characters)'),
    )
    expect((await add('ü'.repeat(512))).status).toBe(200)
  })
})

describe('statuses of a filter', () => {
  it('are added once, shown and taken out', async () => {
    const status = await make.status({ account: cast.bob.account })
    const { id } = await newFilter()
    const add = () => alice.post(`${PATH}/${id}/statuses`, { json: { status_id: status.id } })
    const entry = (await add()).body
    expect(entry).toEqual({ id: expect.any(String), status_id: status.id })
    expect(outcome(await add())).toEqual(failed('Status has already been taken'))
    expect((await alice.get(`${PATH}/${id}/statuses`)).body).toEqual([entry])
    expect((await alice.get(`${PATH}/statuses/${entry.id}`)).body).toEqual(entry)
    expect((await alice.get(`${PATH}/${id}`)).body.statuses).toEqual([entry])
    expect(outcome(await alice.delete(`${PATH}/statuses/${entry.id}`))).toEqual([200, {}])
    expect(outcome(await alice.get(`${PATH}/statuses/${entry.id}`))).toEqual(RECORD_NOT_FOUND)
  })

  it('cannot tell a hidden status from none', async () => {
    const hidden = await make.status({ account: cast.bob.account, visibility: 'direct' })
    const { id } = await newFilter()
    for (const status_id of [hidden.id, '1', 'x', undefined])
      expect(outcome(await alice.post(`${PATH}/${id}/statuses`, { json: { status_id } }))).toEqual(
        failed('Status is invalid'),
      )
  })
})

describe('what filters say about statuses', () => {
  const shown = async (id: string, client = alice) => (await client.get(`/api/v1/statuses/${id}`)).body

  it('is told to their owner, without what else they look for, in text, warning, poll and descriptions', async () => {
    const { bob: author } = cast
    const filter = await newFilter(alice, {
      filter_action: 'blur',
      keywords_attributes: [{ keyword: 'needle' }, { keyword: 'straw' }],
    })
    const { keywords: _keywords, statuses: _statuses, ...bare } = filter
    const result = { filter: bare, keyword_matches: ['needle'], status_matches: null }
    const text = await make.status({ account: author.account, text: 'a needle here' })
    const warning = await make.status({ account: author.account, spoiler_text: 'needle' })
    const image = await make.media({ account: author.account, description: 'some needle' })
    const media = await make.status({ account: author.account, media: [image] })
    for (const status of [text, warning, media]) {
      expect((await shown(status.id)).filtered).toEqual([result])
      expect((await shown(status.id, bob)).filtered).toEqual([])
    }
    expect(await shown(text.id, web)).not.toHaveProperty('filtered')
    const other = await make.status({ account: author.account, text: 'needles' })
    expect((await shown(other.id)).filtered).toEqual([])
  })

  it('names the status and ends with the time of the filter', async () => {
    const status = await make.status({ account: cast.bob.account, text: 'hay' })
    const filter = await newFilter(alice, { expires_in: 60, keywords_attributes: [] })
    await alice.post(`${PATH}/${filter.id}/statuses`, { json: { status_id: status.id } })
    expect((await shown(status.id)).filtered).toMatchObject([
      { keyword_matches: null, status_matches: [status.id] },
    ])
    await ctx.db('custom_filters').update({ expires_at: new Date(Date.now() - 1000) })
    expect((await shown(status.id)).filtered).toEqual([])
    expect((await alice.get(PATH)).body).toHaveLength(1)
  })
})

describe('a change of filters', () => {
  it('is told to the home stream and to the sessions, once a change, and to nobody else', async () => {
    const heard: string[] = []
    const listener = ctx.redis.duplicate({ enableOfflineQueue: true })
    const prefix = ctx.config.redis.prefix
    await listener.psubscribe(`${prefix}timeline:*`)
    listener.on('pmessage', (_pattern, channel: string, text: string) => {
      heard.push(`${channel.slice(prefix.length)} ${text}`)
    })
    const filter = await newFilter()
    const [keyword] = filter.keywords
    await alice.put(`${PATH}/keywords/${keyword.id}`, { json: { keyword: 'dog' } })
    await alice.put(`${PATH}/${filter.id}`, { json: { title: '' } })
    await alice.delete(`${PATH}/${filter.id}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
    listener.disconnect()
    const { id } = cast.alice.account
    const change = [`timeline:${id}`, `timeline:system:${id}`].map(
      (channel) => `${channel} {"event":"filters_changed"}`,
    )
    expect(heard).toEqual([...change, ...change, ...change])
  })
})
