import { type Cast, castOf } from '@anancus/core/testing/cast'
import { closeTestContext, type TestContext, testContext } from '@anancus/core/testing/context'
import { countStatements } from '@anancus/core/testing/count-statements'
import { drainQueues, registerHandlers } from '@anancus/core/testing/drain-queues'
import { allHandlers } from '@anancus/core/testing/handlers'
import { resetDatabase } from '@anancus/core/testing/reset'
import type { StatusRow } from '@anancus/db'
import { factories } from '@anancus/db/testing/make'
import { startWeb, type TestClient, type TestWeb } from '../../../support/server.ts'

let ctx: TestContext
let web: TestWeb
let cast: Cast
let make: ReturnType<typeof factories>
let alice: TestClient
let bob: TestClient
let eve: TestClient

beforeAll(async () => {
  registerHandlers(allHandlers)
  ctx = await testContext()
  web = await startWeb(ctx)
})
beforeEach(async () => {
  await resetDatabase(ctx)
  cast = await castOf(ctx)
  make = factories(ctx.db)
  alice = web.as(await make.token({ user: cast.alice.user }))
  bob = web.as(await make.token({ user: cast.bob.user }))
  eve = web.as(await make.token({ user: cast.eve.user }))
})
afterAll(async () => {
  await web.close()
  await closeTestContext(ctx)
})

const OPEN = 2 << 16
const ofBob = (values: object = {}) =>
  make.status({ account: cast.bob.account, quote_approval_policy: OPEN, ...values })
const quote = (quoted: Pick<StatusRow, 'id'>, json: object = {}, who: TestClient = alice) =>
  who.post('/api/v1/statuses', { json: { status: 'look', quoted_status_id: quoted.id, ...json } })
const quotesOf = (status: StatusRow, query = '') => `/api/v1/statuses/${status.id}/quotes${query}`

describe('POST /api/v1/statuses with a quote', () => {
  it('answers with the quote as it stands', async () => {
    const quoted = await ofBob()
    const { status, body } = await quote(quoted, { quote_approval_policy: 'followers' })
    expect(status).toBe(200)
    expect(body).toMatchObject({
      quote: { state: 'accepted', quoted_status: { id: quoted.id, quotes_count: 1 } },
      quote_approval: { automatic: ['followers'], manual: [], current_user: 'automatic' },
    })
    const remote = await ofBob({ account: cast.carol })
    expect((await quote(remote)).body.quote).toEqual({ state: 'pending', quoted_status: null })
  })

  it('says who may quote to the one who asks', async () => {
    const shown = async (who: TestClient, status: StatusRow) =>
      (await who.get(`/api/v1/statuses/${status.id}`)).body.quote_approval.current_user
    const quoted = await ofBob({ quote_approval_policy: 4 << 16 })
    await make.follow({ account: cast.alice.account, target: cast.bob.account })
    expect([await shown(alice, quoted), await shown(bob, quoted), await shown(eve, quoted)]).toEqual([
      'automatic',
      'automatic',
      'denied',
    ])
    expect((await web.get(`/api/v1/statuses/${quoted.id}`)).body.quote_approval.current_user).toBe('denied')
  })

  it.each([
    ['that nobody may quote', { quote_approval_policy: 0 }],
    ['that is private', { visibility: 'private' }],
    ['that is deleted', { deleted_at: new Date() }],
  ])('refuses what %s', async (_what, values) => {
    const { status, body } = await quote(await ofBob(values))
    expect([status, body]).toEqual([
      404,
      { error: 'The post you are trying to quote does not appear to exist.' },
    ])
  })

  it('refuses to write privately about somebody else', async () => {
    const { status, body } = await quote(await ofBob(), { visibility: 'direct' })
    expect([status, body]).toEqual([
      422,
      { error: 'Validation failed: Cannot quote a non-mentioned user in a Private Mention post.' },
    ])
  })

  it('is deleted with what it quoted in the answer, whatever the state', async () => {
    const quoted = await ofBob()
    const { body } = await quote(quoted)
    await bob.post(`/api/v1/statuses/${quoted.id}/quotes/${body.id}/revoke`)
    const deleted = await alice.delete(`/api/v1/statuses/${body.id}`)
    expect(deleted.body.quote).toMatchObject({ state: 'revoked', quoted_status: { id: quoted.id } })
  })

  it('is scheduled and published later', async () => {
    const quoted = await ofBob()
    const scheduled_at = new Date(Date.now() + 86_400_000).toISOString()
    const { status, body } = await quote(quoted, { scheduled_at })
    expect(status).toBe(200)
    expect(body.params).toMatchObject({ quoted_status_id: quoted.id })
  })
})

describe('GET /api/v1/statuses/:id/quotes', () => {
  it('wants a token and a scope, and hides what is hidden', async () => {
    const quoted = await ofBob()
    expect((await web.get(quotesOf(quoted))).status).toBe(401)
    const narrow = web.as(await make.token({ user: cast.alice.user, scopes: 'read:accounts' }))
    expect((await narrow.get(quotesOf(quoted))).status).toBe(403)
    const hidden = await ofBob({ visibility: 'private' })
    for (const client of [web, alice]) expect((await client.get(quotesOf(hidden))).status).toBe(404)
  })

  it('pages by the rows of quotes; a short page still has a next one', async () => {
    const quoted = await ofBob()
    const ids: string[] = []
    for (const who of [alice, eve, alice]) ids.unshift((await quote(quoted, {}, who)).body.id)
    await make.block({ account: cast.alice.account, target: cast.eve.account })
    const first = await alice.get(quotesOf(quoted, '?limit=2'))
    expect(first.body.map(({ id }: StatusRow) => id)).toEqual([ids[0]])
    const link = first.headers.get('link') ?? ''
    const next = /<([^>]+)>; rel="next"/.exec(link)?.[1] ?? ''
    expect(link).toMatch(/since_id=\d+>; rel="prev"/)
    const { pathname, search } = new URL(next)
    expect((await alice.get(pathname + search)).body.map(({ id }: StatusRow) => id)).toEqual([ids[2]])
    expect((await bob.get(quotesOf(quoted))).body.map(({ id }: StatusRow) => id)).toEqual(ids)
  })

  it('takes as many statements for forty as for two', async () => {
    const quoted = await ofBob()
    const statements = async (count: number) => {
      for (let made = 0; made < count; made++)
        await make.status({ account: await make.account(), quoteOf: quoted, tags: [`tag${made}`] })
      const counted = await countStatements(() => alice.get(quotesOf(quoted, '?limit=40')))
      return counted.count
    }
    await alice.get(quotesOf(quoted))
    const two = await statements(2)
    expect(await statements(38)).toBe(two)
    expect((await alice.get(quotesOf(quoted, '?limit=40'))).body).toHaveLength(40)
  })
})

describe('POST /api/v1/statuses/:id/quotes/:quoting_status_id/revoke', () => {
  it('is for the quoted author alone', async () => {
    const quoted = await ofBob()
    const { body } = await quote(quoted)
    const path = `/api/v1/statuses/${quoted.id}/quotes/${body.id}/revoke`
    expect((await web.post(path)).status).toBe(401)
    const narrow = web.as(await make.token({ user: cast.bob.user, scopes: 'read' }))
    expect((await narrow.post(path)).status).toBe(403)
    const refused = await alice.post(path)
    expect([refused.status, refused.body]).toEqual([403, { error: 'This action is not allowed' }])
    expect((await bob.post(`/api/v1/statuses/${quoted.id}/quotes/1/revoke`)).status).toBe(404)
    const revoked = await bob.post(path)
    expect(revoked.body).toMatchObject({ id: body.id, quote: { state: 'revoked', quoted_status: null } })
    expect((await bob.get(`/api/v1/statuses/${quoted.id}`)).body.quotes_count).toBe(0)
    const hidden = await ofBob({ visibility: 'private' })
    expect((await alice.post(`/api/v1/statuses/${hidden.id}/quotes/1/revoke`)).status).toBe(404)
  })
})

describe('PUT /api/v1/statuses/:id/interaction_policy', () => {
  it('changes who may quote, without being an edit', async () => {
    const own = await ofBob()
    const path = `/api/v1/statuses/${own.id}/interaction_policy`
    expect((await web.put(path)).status).toBe(401)
    const narrow = web.as(await make.token({ user: cast.bob.user, scopes: 'read' }))
    expect((await narrow.put(path)).status).toBe(403)
    expect((await alice.put(path, { json: { quote_approval_policy: 'public' } })).status).toBe(403)
    const { status, body } = await bob.put(path, { json: { quote_approval_policy: 'nobody' } })
    expect(status).toBe(200)
    expect(body).toMatchObject({ edited_at: null, quote_approval: { automatic: [], manual: [] } })
    const wrong = await bob.patch(path, { json: { quote_approval_policy: 'friends' } })
    expect([wrong.status, wrong.body]).toEqual([422, { error: 'Record invalid' }])
    expect((await bob.put(path)).body.quote_approval.automatic).toEqual(['public'])
    const hidden = await ofBob({ visibility: 'private' })
    expect((await alice.put(`/api/v1/statuses/${hidden.id}/interaction_policy`)).status).toBe(404)
  })
})

describe('the authorisation of a quote', () => {
  const AP = { accept: 'application/activity+json' }

  it('is there while the quote stands and both statuses are, and gone after', async () => {
    const quoted = await ofBob()
    const { body } = await quote(quoted)
    const row = await ctx.db('quotes').where({ status_id: body.id }).first()
    const path = `/ap/users/${cast.bob.account.id}/quote_authorizations/${row.id}`
    const answer = await web.get(path, { headers: AP })
    expect(answer.status).toBe(200)
    expect(answer.headers.get('cache-control')).toContain('max-age=30')
    expect(answer.body).toMatchObject({
      id: `https://social.test${path}`,
      type: 'QuoteAuthorization',
      attributedTo: `https://social.test/ap/users/${cast.bob.account.id}`,
      interactingObject: body.uri,
      interactionTarget: `https://social.test/ap/users/${cast.bob.account.id}/statuses/${quoted.id}`,
    })
    const note = await web.get(new URL(body.uri).pathname, { headers: AP })
    expect(note.body.quoteAuthorization).toBe(answer.body.id)
    const other = `/ap/users/${cast.alice.account.id}/quote_authorizations/${row.id}`
    for (const wrong of [other, path.replace(row.id, '1'), path.replace(row.id, 'x')])
      expect((await web.get(wrong, { headers: AP })).status).toBe(404)
    await bob.post(`/api/v1/statuses/${quoted.id}/quotes/${body.id}/revoke`)
    expect((await web.get(path, { headers: AP })).status).toBe(404)
  })

  it('goes with either status', async () => {
    const [first, second] = [await ofBob(), await ofBob()]
    const [one, two] = [await quote(first), await quote(second)]
    const rows = await ctx.db('quotes').orderBy('id')
    const get = (id: string) =>
      web.get(`/ap/users/${cast.bob.account.id}/quote_authorizations/${id}`, { headers: AP })
    await alice.delete(`/api/v1/statuses/${one.body.id}`)
    await bob.delete(`/api/v1/statuses/${second.id}`)
    for (const { id } of rows) expect((await get(id)).status).toBeGreaterThanOrEqual(404)
    await drainQueues(ctx)
    const shown = await alice.get(`/api/v1/statuses/${two.body.id}`)
    expect(shown.body.quote).toEqual({ state: 'deleted', quoted_status: null })
    const tomb = await web.get(new URL(two.body.uri).pathname, { headers: AP })
    expect(tomb.body.quote).toEqual({ type: 'Tombstone' })
  })
})
