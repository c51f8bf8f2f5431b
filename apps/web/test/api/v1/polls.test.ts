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

const poll = { options: ['tea', 'coffee'], expires_in: 600 }
const publish = async (change: object = {}, more: object = {}) =>
  (
    await alice.post('/api/v1/statuses', {
      json: { status: 'Which?', poll: { ...poll, ...change }, ...more },
    })
  ).body
const vote = (client: TestClient, id: string, choices: unknown) =>
  client.post(`/api/v1/polls/${id}/votes`, { json: { choices } })
const end = (id: string) =>
  ctx
    .db('polls')
    .where({ id })
    .update({ expires_at: new Date(Date.now() - 1000) })
const votes = (id: string) => ctx.db('poll_votes').where({ poll_id: id }).orderBy('choice').pluck('choice')

describe('POST /api/v1/statuses with a poll', () => {
  it('publishes it, from JSON and form alike, also beside a picture', async () => {
    const media = await make.media({ account: cast.alice.account })
    const form: [string, string][] = [
      ['status', 'Which?'],
      ['poll[options][]', ' tea '],
      ['poll[options][]', 'coffee'],
      ['poll[expires_in]', '600'],
    ]
    const answers = [
      await publish({}, { media_ids: [media.id] }),
      (await alice.post('/api/v1/statuses', { form })).body,
    ]
    for (const status of answers)
      expect(status.poll).toEqual({
        id: expect.stringMatching(/^\d+$/),
        expires_at: expect.stringMatching(/Z$/),
        expired: false,
        multiple: false,
        votes_count: 0,
        voters_count: 0,
        options: [
          { title: 'tea', votes_count: 0 },
          { title: 'coffee', votes_count: 0 },
        ],
        emojis: [],
        voted: true,
        own_votes: [],
      })
    expect(answers[0].media_attachments).toHaveLength(1)
    const rest = new Date(answers[0].poll.expires_at).getTime() - Date.now()
    expect(rest).toBeGreaterThan(590_000)
    expect(rest).toBeLessThanOrEqual(600_000)
  })

  it.each([
    [{ options: ['a'] }, 'Choices must have more than one item'],
    [{ options: ['a', 'b', 'c', 'd', 'e'] }, "Choices can't contain more than 4 items"],
    [{ options: ['a', 'x'.repeat(51)] }, 'Choices cannot be longer than 50 characters each'],
    [{ options: ['a', 'a'] }, 'Choices contain duplicate items'],
    [{ expires_in: null }, "Deadline can't be blank"],
    [{ expires_in: 299 }, 'Deadline is too soon'],
    [{ expires_in: 2_629_747 }, 'Deadline is too far into the future'],
    [{ options: ['a'], expires_in: 1 }, 'Choices must have more than one item, Deadline is too soon'],
  ])('%j: %s, and nothing is stored', async (change, error) => {
    expect(await publish(change)).toEqual({ error: `Validation failed: ${error}` })
    expect([await ctx.db('statuses'), await ctx.db('polls')]).toEqual([[], []])
  })

  it('wants a text, and takes an empty or foreign hash for none', async () => {
    expect((await alice.post('/api/v1/statuses', { json: { poll } })).body.error).toBe(
      "Validation failed: Text can't be blank",
    )
    for (const none of [{}, null, 'x', { other: 1 }])
      expect(
        (await alice.post('/api/v1/statuses', { json: { status: 'x', poll: none } })).body.poll,
      ).toBeNull()
  })
})

describe('PUT /api/v1/statuses/:id', () => {
  const edit = async (id: string, json: object) =>
    (await alice.put(`/api/v1/statuses/${id}`, { json: { status: 'Which?', ...json } })).body

  it('voids the votes when options or their number change, and keeps them otherwise', async () => {
    const status = await publish()
    await vote(bob, status.poll.id, [1])
    const same = await edit(status.id, { poll })
    expect([same.poll.id, same.poll.votes_count]).toEqual([status.poll.id, 1])
    const other = await edit(status.id, { poll: { ...poll, options: ['tea', 'milk'] } })
    expect(other.poll).toMatchObject({ id: status.poll.id, votes_count: 0, voters_count: 0 })
    expect(await votes(status.poll.id)).toEqual([])
    await vote(bob, status.poll.id, [1])
    const many = await edit(status.id, { poll: { ...poll, options: ['tea', 'milk'], multiple: true } })
    expect(many.poll).toMatchObject({ multiple: true, votes_count: 0 })
    const history = (await alice.get(`/api/v1/statuses/${status.id}/history`)).body
    const titles = history.map((version: { poll: { options: { title: string }[] } }) =>
      version.poll.options.map((option) => option.title).join(),
    )
    expect(titles).toEqual(['tea,coffee', 'tea,coffee', 'tea,milk', 'tea,milk'])
  })

  it('deletes a poll that is not sent again, adds one, and refuses a bad one', async () => {
    const status = await publish()
    expect(await edit(status.id, { poll: { options: ['x'] } })).toMatchObject({
      error: expect.stringMatching(/^Validation failed: Choices must/),
    })
    expect((await edit(status.id, {})).poll).toBeNull()
    expect(await ctx.db('polls')).toHaveLength(0)
    expect((await alice.get(`/api/v1/polls/${status.poll.id}`)).status).toBe(404)
    const added = await edit(status.id, { poll: { ...poll, hide_totals: true } })
    expect(added.poll.options[0]).toEqual({ title: 'tea', votes_count: null })
    expect(added.edited_at).not.toBeNull()
  })
})

it('DELETE gives the poll back to be written anew', async () => {
  const status = await publish()
  const { body } = await alice.delete(`/api/v1/statuses/${status.id}`)
  expect(body.poll.options).toHaveLength(2)
  expect((await alice.get(`/api/v1/polls/${status.poll.id}`)).status).toBe(404)
})

describe('GET /api/v1/polls/:id', () => {
  it('shows a poll to everybody who may see its status', async () => {
    const { poll } = await publish()
    expect((await bob.get(`/api/v1/polls/${poll.id}`)).body).toMatchObject({ voted: false, own_votes: [] })
    const { status, body } = await web.get(`/api/v1/polls/${poll.id}`)
    expect(status).toBe(200)
    expect(body).not.toHaveProperty('voted')
  })

  it('SEC-PRIV-27 hides polls of hidden statuses, in the words of what is missing', async () => {
    const { poll } = await publish({}, { visibility: 'direct' })
    for (const id of [poll.id, '999', 'x', '99999999999999999999999'])
      for (const client of [bob, web]) {
        const answer = await client.get(`/api/v1/polls/${id}`)
        expect([answer.status, answer.body]).toEqual([404, { error: 'Not Found' }])
      }
    expect((await vote(bob, poll.id, [0])).status).toBe(404)
    expect(await votes(poll.id)).toEqual([])
  })

  it('hides counts until the end where the author wants it', async () => {
    const { poll } = await publish({ hide_totals: true })
    await vote(bob, poll.id, [0])
    const read = async () => (await bob.get(`/api/v1/polls/${poll.id}`)).body
    expect((await read()).options.map((option: { votes_count: number }) => option.votes_count)).toEqual([
      null,
      null,
    ])
    await end(poll.id)
    expect(await read()).toMatchObject({ expired: true, options: [{ votes_count: 1 }, { votes_count: 0 }] })
  })
})

describe('POST /api/v1/polls/:id/votes', () => {
  it('counts a vote, by numbers and strings alike', async () => {
    const { poll } = await publish({ multiple: true })
    const { status, body } = await vote(bob, poll.id, ['0', 1])
    expect(status).toBe(200)
    expect(body).toMatchObject({
      votes_count: 2,
      voters_count: 1,
      voted: true,
      own_votes: [0, 1],
      options: [{ votes_count: 1 }, { votes_count: 1 }],
    })
  })

  it('takes further choices later where several are allowed', async () => {
    const { poll } = await publish({ multiple: true })
    await vote(bob, poll.id, [1])
    expect((await vote(bob, poll.id, [0])).body).toMatchObject({
      voters_count: 1,
      votes_count: 2,
      own_votes: [0, 1],
    })
    expect((await vote(bob, poll.id, [0])).body.error).toBe(
      'Validation failed: You have already voted on this poll',
    )
  })

  it('SEC-FED-06 takes one choice once, and nothing of what is refused', async () => {
    const { poll } = await publish()
    const refused = async (choices: unknown, error: string, client = bob) => {
      const answer = await vote(client, poll.id, choices)
      expect([answer.status, answer.body]).toEqual([422, { error: `Validation failed: ${error}` }])
    }
    await refused([0, 1], 'You have already voted on this poll')
    await refused([0, 0], 'You have already voted on this poll')
    for (const choice of [2, -1, 'x', '1e9', 0.5])
      await refused([choice], 'The chosen vote option does not exist')
    await refused([0], 'You cannot vote in your own polls', alice)
    expect(await votes(poll.id)).toEqual([])
    await vote(bob, poll.id, [1])
    await refused([0], 'You have already voted on this poll')
    await end(poll.id)
    const eve = web.as(await make.token({ user: cast.eve.user }))
    await refused([0], 'The poll has already ended', eve)
    expect(await votes(poll.id)).toEqual([1])
    expect((await bob.get(`/api/v1/polls/${poll.id}`)).body).toMatchObject({
      votes_count: 1,
      voters_count: 1,
    })
  })

  it('wants choices', async () => {
    const { poll } = await publish()
    const sent = [{}, { choices: [] }, { choices: null }, { choices: { a: 1 } }]
    for (const json of sent) {
      const answer = await bob.post(`/api/v1/polls/${poll.id}/votes`, { json })
      expect(answer.status).toBe(400)
    }
  })

  it('is forbidden when the voter blocks the author, and hidden when it is the other way round', async () => {
    const { poll } = await publish()
    await make.block({ account: cast.bob.account, target: cast.alice.account })
    expect((await vote(bob, poll.id, [0])).status).toBe(403)
    const mallory = web.as(await make.token({ user: cast.mallory.user }))
    expect((await vote(mallory, poll.id, [0])).status).toBe(404)
    expect(await votes(poll.id)).toEqual([])
  })

  it('makes one vote of two at the same time, and loses none of many voters', async () => {
    const { poll } = await publish()
    const twice = await Promise.all([vote(bob, poll.id, [0]), vote(bob, poll.id, [1])])
    expect(twice.map(({ status }) => status).sort()).toEqual([200, 422])
    const others = await Promise.all(
      Array.from({ length: 5 }, async () => web.as(await make.token({ user: (await make.viewer()).user }))),
    )
    await Promise.all(others.map((client) => vote(client, poll.id, [0])))
    expect((await web.get(`/api/v1/polls/${poll.id}`)).body).toMatchObject({
      votes_count: 6,
      voters_count: 6,
    })
  })

  it('costs the same for one choice and four', async () => {
    const options = ['a', 'b', 'c', 'd']
    const [one, four] = [
      await publish({ options, multiple: true }),
      await publish({ options, multiple: true }),
    ]
    await vote(bob, (await publish()).poll.id, [0])
    const few = await countStatements(() => vote(bob, one.poll.id, [0]))
    const many = await countStatements(() => vote(bob, four.poll.id, [0, 1, 2, 3]))
    expect(many.count).toBe(few.count)
  })
})
