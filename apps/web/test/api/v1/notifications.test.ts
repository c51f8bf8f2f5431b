import { notify } from '@anancus/core/domain/notifications'
import { type Cast, castOf } from '@anancus/core/testing/cast'
import { closeTestContext, type TestContext, testContext } from '@anancus/core/testing/context'
import { countStatements } from '@anancus/core/testing/count-statements'
import { resetDatabase } from '@anancus/core/testing/reset'
import type { AccountRow, NotificationRow } from '@anancus/db'
import { type Factories, factories } from '@anancus/db/testing/make'
import { startWeb, type TestClient, type TestWeb } from '../../support/server.ts'

let ctx: TestContext
let web: TestWeb
let make: Factories
let cast: Cast
let api: TestClient
let eve: TestClient

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
  eve = web.as(await make.token({ user: cast.eve.user }))
})

const BASE = '/api/v1/notifications'
const idsOf = (answer: { body: { id: string }[] }) => answer.body.map((item) => item.id)
const own = () => ctx.db('notifications').where({ account_id: cast.alice.account.id })

async function favourite(from: AccountRow, columns: Partial<Omit<NotificationRow, 'type'>> = {}) {
  const status = await make.status({ account: cast.alice.account })
  const activity = await make.favourite({ account: from, status })
  return make.notification({ account: cast.alice.account, from, type: 'favourite', activity, ...columns })
}

async function mention(from: AccountRow) {
  const status = await make.status({ account: from, visibility: 'direct', mentions: [cast.alice.account] })
  const row = await ctx
    .db('mentions')
    .where({ status_id: status.id, account_id: cast.alice.account.id })
    .first()
  await notify(ctx, {
    recipientId: cast.alice.account.id,
    type: 'mention',
    activityType: 'Mention',
    activityId: row.id,
    fromAccountId: from.id,
  })
  return status
}

describe('GET /api/v1/notifications', () => {
  it('lists with account and status, and links that keep the filters', async () => {
    const first = await favourite(cast.bob.account)
    const second = await favourite(cast.carol)
    const answer = await api.get(`${BASE}?limit=1&types[]=favourite&exclude_types[]=follow`)
    expect(answer.body).toMatchObject([
      {
        id: second.id,
        type: 'favourite',
        group_key: `ungrouped-${second.id}`,
        account: { id: cast.carol.id },
        status: { account: { id: cast.alice.account.id } },
      },
    ])
    expect(answer.body[0]).not.toHaveProperty('filtered')
    const kept = 'exclude_types%5B%5D=follow&limit=1'
    expect(answer.headers.get('link')).toBe(
      `<https://social.test${BASE}?${kept}&max_id=${second.id}&types%5B%5D=favourite>; rel="next", ` +
        `<https://social.test${BASE}?${kept}&min_id=${second.id}&types%5B%5D=favourite>; rel="prev"`,
    )
    const last = await api.get(`${BASE}?max_id=${second.id}`)
    expect(idsOf(last)).toEqual([first.id])
    expect(last.headers.get('link')).toContain('rel="next"')
    expect((await api.get(`${BASE}?max_id=${first.id}`)).headers.get('link')).toBe(null)
    expect((await api.get(`${BASE}?limit=0`)).body).toEqual([])
  })

  it('shows filtered ones when asked for, and those of one account', async () => {
    const shown = await favourite(cast.bob.account)
    const hidden = await favourite(cast.carol, { filtered: true })
    expect(idsOf(await api.get(BASE))).toEqual([shown.id])
    const all = await api.get(`${BASE}?include_filtered=true`)
    expect(idsOf(all)).toEqual([hidden.id, shown.id])
    expect(all.body[0].filtered).toBe(true)
    expect(idsOf(await api.get(`${BASE}?account_id=${cast.carol.id}`))).toEqual([hidden.id])
    expect((await api.get(`${BASE}?account_id=1`)).body).toEqual([])
  })

  it('takes as many statements for 40 as for 2', async () => {
    await api.get(BASE) // The first use of a token a day is written down, after the answer.
    for (let index = 0; index < 2; index++) await favourite(await make.remoteAccount())
    const few = await countStatements(() => api.get(BASE))
    for (let index = 0; index < 38; index++) await favourite(await make.remoteAccount())
    const sizes: number[] = []
    const many = await countStatements(async () => {
      sizes.push((await api.get(BASE)).body.length)
    })
    expect(sizes).toEqual([40])
    expect(many.count).toBe(few.count)
    expect(many.count).toBeLessThanOrEqual(13)
  })
})

describe('one notification', () => {
  it('is shown to and dismissed by its owner only (SEC-PRIV-13)', async () => {
    const { id } = await favourite(cast.bob.account)
    expect((await api.get(`${BASE}/${id}`)).body).toMatchObject({ id, type: 'favourite' })
    for (const client of [eve, api]) {
      const foreign = client === eve ? id : '1'
      const shown = await client.get(`${BASE}/${foreign}`)
      expect([shown.status, shown.body]).toEqual([404, { error: 'Record not found' }])
      expect((await client.post(`${BASE}/${foreign}/dismiss`)).status).toBe(404)
    }
    expect((await api.get(`${BASE}/nonsense`)).status).toBe(404)
    expect((await api.post(`${BASE}/${id}/dismiss`)).body).toEqual({})
    expect((await api.post(`${BASE}/${id}/dismiss`)).status).toBe(404)
  })

  it('clears only the own ones (SEC-PRIV-14)', async () => {
    await favourite(cast.bob.account)
    expect((await eve.post(`${BASE}/clear`)).body).toEqual({})
    expect(await own()).toHaveLength(1)
    expect((await api.post(`${BASE}/clear`)).body).toEqual({})
    expect(await own()).toHaveLength(0)
  })

  it('counts what is above the marker', async () => {
    const first = await favourite(cast.bob.account)
    await favourite(cast.carol)
    await favourite(cast.carol, { filtered: true })
    expect((await api.get(`${BASE}/unread_count`)).body).toEqual({ count: 2 })
    expect((await api.get(`${BASE}/unread_count?limit=1`)).body).toEqual({ count: 1 })
    expect((await api.get(`${BASE}/unread_count?types[]=mention`)).body).toEqual({ count: 0 })
    await api.post('/api/v1/markers', { json: { notifications: { last_read_id: first.id } } })
    expect((await api.get(`${BASE}/unread_count`)).body).toEqual({ count: 1 })
  })
})

describe('policy', () => {
  it('has a newer and an older form of the same', async () => {
    expect((await api.get('/api/v2/notifications/policy')).body).toEqual({
      for_not_following: 'accept',
      for_not_followers: 'accept',
      for_new_accounts: 'accept',
      for_private_mentions: 'filter',
      for_limited_accounts: 'filter',
      for_bots: 'accept',
      summary: { pending_requests_count: 0, pending_notifications_count: 0 },
    })
    const changed = await api.patch('/api/v2/notifications/policy', { json: { for_bots: 'drop' } })
    expect(changed.body).toMatchObject({ for_bots: 'drop', for_private_mentions: 'filter' })
    expect((await api.get(`${BASE}/policy`)).body).toMatchObject({
      filter_bots: true,
      filter_private_mentions: true,
      filter_new_accounts: false,
    })
    const older = await api.put(`${BASE}/policy`, { json: { filter_bots: false, filter_new_accounts: true } })
    expect(older.body).toMatchObject({ filter_bots: false, filter_new_accounts: true })
    expect((await api.get('/api/v2/notifications/policy')).body.for_new_accounts).toBe('filter')
    expect((await eve.get('/api/v2/notifications/policy')).body.for_new_accounts).toBe('accept')
  })

  it('refuses a word it does not know', async () => {
    expect((await api.put('/api/v2/notifications/policy', { json: { for_bots: 'maybe' } })).status).toBe(422)
  })
})

describe('requests', () => {
  it('lists, shows and accepts', async () => {
    await mention(cast.bob.account)
    const status = await mention(cast.carol)
    const list = await api.get(`${BASE}/requests`)
    expect(list.body).toMatchObject([
      { account: { id: cast.carol.id }, notifications_count: '1', last_status: { id: status.id } },
      { account: { id: cast.bob.account.id } },
    ])
    const [ofCarol, ofBob] = idsOf(list)
    expect((await api.get(`${BASE}/requests/${ofCarol}`)).body.id).toBe(ofCarol)
    expect((await api.post(`${BASE}/requests/${ofCarol}/accept`)).body).toEqual({})
    expect((await api.get(`${BASE}/requests/merged`)).body).toEqual({ merged: true })
    expect((await api.get(BASE)).body).toMatchObject([{ type: 'mention', account: { id: cast.carol.id } }])
    expect((await api.post(`${BASE}/requests/accept`, { json: { id: [ofBob, '1', 'x'] } })).status).toBe(200)
    expect((await api.get(BASE)).body).toHaveLength(2)
  })

  it('dismisses: one with its notifications, several without', async () => {
    await mention(cast.bob.account)
    await mention(cast.carol)
    const [ofCarol, ofBob] = idsOf(await api.get(`${BASE}/requests`))
    await api.post(`${BASE}/requests/${ofCarol}/dismiss`)
    expect(await own()).toHaveLength(1)
    await api.post(`${BASE}/requests/dismiss?id=${ofBob}`)
    expect(await own()).toHaveLength(1)
    expect((await api.get(`${BASE}/requests`)).body).toEqual([])
  })

  it('belongs to its recipient (SEC-PRIV-13)', async () => {
    await mention(cast.bob.account)
    const [id] = idsOf(await api.get(`${BASE}/requests`))
    for (const verb of ['', '/accept', '/dismiss']) {
      const answer = await eve.request(verb ? 'POST' : 'GET', `${BASE}/requests/${id}${verb}`)
      expect([answer.status, answer.body]).toEqual([404, { error: 'Record not found' }])
    }
    await eve.post(`${BASE}/requests/accept?id[]=${id}`)
    await eve.post(`${BASE}/requests/dismiss?id[]=${id}`)
    expect((await api.get(`${BASE}/requests`)).body).toHaveLength(1)
  })
})
