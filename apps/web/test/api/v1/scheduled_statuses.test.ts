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

const PATH = '/api/v1/scheduled_statuses'
const MINUTE = 60_000
const ahead = (milliseconds: number) => new Date(Date.now() + milliseconds).toISOString()
const schedule = (json: object = {}, headers: Record<string, string> = {}) =>
  alice.post('/api/v1/statuses', {
    headers,
    json: { status: 'later', scheduled_at: ahead(60 * MINUTE), ...json },
  })
/** Rows as scheduling makes them, without asking. */
const fill = (count: number, at: Date) =>
  ctx.db('scheduled_statuses').insert(
    Array.from({ length: count }, () => ({
      account_id: cast.alice.account.id,
      scheduled_at: at,
      params: JSON.stringify({ text: 'x', media_ids: null, in_reply_to_id: null, application_id: null }),
    })),
  )

describe('POST /api/v1/statuses with scheduled_at', () => {
  it('answers with what was kept, and publishes nothing', async () => {
    const media = await make.media({ account: cast.alice.account })
    const parent = await make.status({ account: cast.bob.account })
    const scheduledAt = ahead(60 * MINUTE)
    const answer = await schedule({
      scheduled_at: scheduledAt,
      media_ids: [media.id],
      in_reply_to_id: parent.id,
      spoiler_text: 'careful',
      visibility: 'unlisted',
      poll: { options: ['a', 'b'], expires_in: 600 },
    })
    expect(answer.status).toBe(200)
    expect(answer.body).toEqual({
      id: expect.stringMatching(/^\d+$/),
      scheduled_at: scheduledAt,
      params: {
        text: 'later',
        media_ids: [media.id],
        sensitive: null,
        spoiler_text: 'careful',
        visibility: 'unlisted',
        language: null,
        poll: { options: ['a', 'b'], expires_in: '600', multiple: null, hide_totals: null },
        in_reply_to_id: Number(parent.id),
        application_id: expect.any(Number),
        idempotency: null,
        scheduled_at: null,
        with_rate_limit: false,
        allowed_mentions: null,
        quoted_status_id: null,
        quote_approval_policy: 'public',
      },
      media_attachments: [expect.objectContaining({ id: media.id })],
    })
    expect(await ctx.db('statuses')).toHaveLength(1)
    const again = await alice.post('/api/v1/statuses', { json: { status: 'x', media_ids: [media.id] } })
    expect(again.body.error).toBe(`Media ${media.id} not found or already attached to another post`)
    expect((await alice.delete(`/api/v1/media/${media.id}`)).status).toBe(422)
  })

  it('writes every digit of an id that is a number', async () => {
    const parent = await make.status({ account: cast.bob.account })
    const { body } = await schedule({ in_reply_to_id: parent.id })
    const response = await fetch(`${web.url}${PATH}/${body.id}`, {
      headers: { authorization: `Bearer ${(await make.token({ user: cast.alice.user })).secret}` },
    })
    expect(await response.text()).toContain(`"in_reply_to_id":${parent.id},`)
  })

  it('takes a time without a zone for UTC', async () => {
    const at = ahead(60 * MINUTE).slice(0, 19)
    expect((await schedule({ scheduled_at: at })).body.scheduled_at).toBe(`${at}.000Z`)
  })

  it.each([
    [{ scheduled_at: ahead(4 * MINUTE) }, 422, 'Validation failed: Scheduled at date must be in the future'],
    [{ scheduled_at: 'soon' }, 422, 'Record invalid'],
    [{ status: '' }, 422, 'Record invalid'],
    [{ status: 'x'.repeat(501) }, 422, 'Record invalid'],
    [{ visibility: 'nowhere' }, 422, 'Record invalid'],
    [{ poll: { options: ['a'] } }, 422, 'Record invalid'],
    [{ media_ids: ['1'] }, 422, 'Media 1 not found or already attached to another post'],
    [{ in_reply_to_id: '1' }, 404, 'The post you are trying to reply to does not appear to exist.'],
  ])('%j is refused', async (json, status, error) => {
    const answer = await schedule(json)
    expect([answer.status, answer.body]).toEqual([status, { error }])
    expect([await ctx.db('statuses'), await ctx.db('scheduled_statuses')]).toEqual([[], []])
  })

  it('keeps 25 for a day and 300 in all, also of requests at the same time', async () => {
    await fill(24, new Date(Date.now() + 60 * MINUTE))
    const at = { scheduled_at: (await ctx.db('scheduled_statuses').first()).scheduled_at.toISOString() }
    const answers = await Promise.all([schedule(at), schedule(at), schedule(at)])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 422, 422])
    const refused = (await schedule(at)).body.error
    expect(refused).toBe('Validation failed: You have exceeded the limit of 25 scheduled posts for today')
    await fill(275, new Date('2090-01-01T00:00:00Z'))
    expect((await schedule({ scheduled_at: '2091-01-01T00:00:00Z' })).body.error).toBe(
      'Validation failed: You have exceeded the limit of 300 scheduled posts',
    )
  })

  it('answers a repeated key with the same, and not with a second status once it is gone', async () => {
    const headers = { 'Idempotency-Key': 'abc' }
    const answers = await Promise.all([schedule({}, headers), schedule({}, headers)])
    expect(answers[0].body).toEqual(answers[1].body)
    expect(await ctx.db('scheduled_statuses')).toHaveLength(1)
    await alice.delete(`${PATH}/${answers[0].body.id}`)
    const after = await schedule({}, headers)
    expect([after.status, after.body]).toEqual([404, { error: 'Record not found' }])
    expect(await ctx.db('scheduled_statuses')).toHaveLength(0)
  })
})

it('lists what is scheduled, newest first, paged', async () => {
  const ids = [(await schedule()).body.id, (await schedule()).body.id, (await schedule()).body.id]
  const page = await alice.get(`${PATH}?limit=2`)
  expect(page.body.map((item: { id: string }) => item.id)).toEqual([ids[2], ids[1]])
  expect(page.headers.get('link')).toBe(
    `<${ctx.config.baseUrl}${PATH}?limit=2&max_id=${ids[1]}>; rel="next", ` +
      `<${ctx.config.baseUrl}${PATH}?limit=2&min_id=${ids[2]}>; rel="prev"`,
  )
  expect((await alice.get(`${PATH}?min_id=${ids[0]}&limit=1`)).body[0].id).toBe(ids[1])
  expect((await bob.get(PATH)).body).toEqual([])
})

it('costs the same for one and for many', async () => {
  await schedule()
  await alice.get(PATH)
  const one = await countStatements(() => alice.get(PATH))
  for (let more = 0; more < 4; more++) await schedule()
  expect((await countStatements(() => alice.get(PATH))).count).toBe(one.count)
})

it('shows, moves and cancels; the picture is free again', async () => {
  const media = await make.media({ account: cast.alice.account })
  const { id } = (await schedule({ media_ids: [media.id] })).body
  expect((await alice.get(`${PATH}/${id}`)).body.id).toBe(id)
  const later = ahead(120 * MINUTE)
  expect((await alice.put(`${PATH}/${id}`, { json: { scheduled_at: later } })).body.scheduled_at).toBe(later)
  expect((await alice.put(`${PATH}/${id}`, { json: {} })).body.scheduled_at).toBe(later)
  const refused = [
    [ahead(MINUTE), 'Validation failed: Scheduled at date must be in the future'],
    ['2001-01-01', 'Validation failed: Scheduled at date must be in the future'],
    ['x', 'Record invalid'],
  ] as const
  for (const [scheduled_at, error] of refused) {
    const answer = await alice.put(`${PATH}/${id}`, { json: { scheduled_at } })
    expect([answer.status, answer.body]).toEqual([422, { error }])
  }
  const gone = await alice.delete(`${PATH}/${id}`)
  expect([gone.status, gone.body]).toEqual([200, {}])
  const used = await alice.post('/api/v1/statuses', { json: { status: 'x', media_ids: [media.id] } })
  expect(used.body.media_attachments).toHaveLength(1)
})

it("SEC-PRIV-13 knows nothing of somebody else's", async () => {
  const { id } = (await schedule()).body
  const before = await ctx.db('scheduled_statuses')
  const answers = [
    await bob.get(`${PATH}/${id}`),
    await bob.put(`${PATH}/${id}`, { json: { scheduled_at: ahead(90 * MINUTE) } }),
    await bob.delete(`${PATH}/${id}`),
    await alice.get(`${PATH}/0`),
    await alice.delete(`${PATH}/x`),
  ]
  for (const { status, body } of answers) expect([status, body]).toEqual([404, { error: 'Record not found' }])
  expect(await ctx.db('scheduled_statuses')).toEqual(before)
})
