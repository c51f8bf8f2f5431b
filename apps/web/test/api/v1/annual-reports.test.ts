import { saveSettings } from '@anancus/core/domain/settings'
import { fixedClock, type SettableClock } from '@anancus/core/kernel/clock'
import { type Cast, castOf } from '@anancus/core/testing/cast'
import { clearRedis, closeTestContext, type TestContext, testContext } from '@anancus/core/testing/context'
import { countStatements } from '@anancus/core/testing/count-statements'
import { drainQueues, registerHandlers } from '@anancus/core/testing/drain-queues'
import { allHandlers } from '@anancus/core/testing/handlers'
import { resetDatabase } from '@anancus/core/testing/reset'
import { factories } from '@anancus/db/testing/make'
import { startWeb, type TestClient, type TestWeb } from '../../support/server.ts'

const PATH = '/api/v1/annual_reports'

let ctx: TestContext
let web: TestWeb
let clock: SettableClock
let make: ReturnType<typeof factories>
let cast: Cast
let alice: TestClient
let bob: TestClient

beforeAll(async () => {
  clock = fixedClock(new Date('2026-12-15T12:00:00Z'))
  ctx = await testContext({ clock })
  make = factories(ctx.db)
  web = await startWeb(ctx)
  registerHandlers(allHandlers)
})
afterAll(async () => {
  await web.close()
  await closeTestContext(ctx)
})
beforeEach(async () => {
  await resetDatabase(ctx)
  await clearRedis(ctx)
  clock.set(new Date('2026-12-15T12:00:00Z'))
  cast = await castOf(ctx)
  alice = web.as(await make.token({ user: cast.alice.user, scopes: 'read write' }))
  bob = web.as(await make.token({ user: cast.bob.user, scopes: 'read write' }))
})

const inYear = { created_at: new Date('2026-06-01T00:00:00Z') }

async function generated(): Promise<void> {
  const status = await make.status({ account: cast.alice.account, tags: ['cats'], ...inYear })
  await make.status({ account: cast.alice.account, tags: ['cats'], ...inYear })
  await make.status({ account: cast.alice.account, created_at: new Date('2024-06-01T00:00:00Z') })
  await ctx.db('status_stats').where({ status_id: status.id }).update({ reblogs_count: 3 })
  await make.follow({ account: cast.bob.account, target: cast.alice.account, ...inYear })
  await alice.post(`${PATH}/2026/generate`)
  await drainQueues(ctx)
}

describe('a yearly report', () => {
  it('goes from eligible over generating to available', async () => {
    const state = async () => (await alice.get(`${PATH}/2026/state`)).body.state
    expect(await state()).toBe('ineligible')
    await make.status({ account: cast.alice.account, ...inYear })
    expect(await state()).toBe('eligible')
    const answer = await alice.post(`${PATH}/2026/generate`)
    expect([answer.status, answer.text]).toEqual([202, ''])
    const [, id] = /^id="([^"]+)", retry=2$/.exec(answer.headers.get('mastodon-async-refresh') ?? '') ?? []
    const again = await alice.post(`${PATH}/2026/generate`)
    expect([again.status, again.headers.get('mastodon-async-refresh')]).toEqual([
      202,
      answer.headers.get('mastodon-async-refresh'),
    ])
    const waiting = await alice.get(`${PATH}/2026/state`)
    expect([waiting.body.state, waiting.headers.get('mastodon-async-refresh')]).toEqual([
      'generating',
      answer.headers.get('mastodon-async-refresh'),
    ])
    const refresh = `/api/v1_alpha/async_refreshes/${id}`
    expect((await alice.get(refresh)).body).toEqual({
      async_refresh: { id, status: 'running', result_count: null },
    })
    expect((await bob.get(refresh)).status).toBe(404)
    const ran = await drainQueues(ctx)
    expect(ran.filter(({ name }) => name === 'annual_reports.generate')).toHaveLength(1)
    expect(await state()).toBe('available')
    expect((await alice.get(refresh)).body.async_refresh.status).toBe('finished')
    const done = await alice.post(`${PATH}/2026/generate`)
    expect([done.status, done.body]).toEqual([200, {}])
  })

  it('shows what somebody did in the year', async () => {
    await generated()
    const { body } = await alice.get(`${PATH}/2026`)
    const [report] = body.annual_reports
    const [status] = body.statuses
    expect(report).toEqual({
      year: 2026,
      schema_version: 2,
      share_url: expect.stringMatching(/^https:\/\/social\.test\/@alice\/wrapstodon\/2026\/[0-9a-f]{16}$/),
      account_id: cast.alice.account.id,
      data: {
        archetype: 'lurker',
        time_series: [{ month: 12, statuses: 2, followers: 1 }],
        top_hashtags: [{ name: 'cats', count: 2 }],
        top_statuses: { by_reblogs: status.id, by_favourites: null, by_replies: null },
      },
    })
    expect(body.accounts.map(({ id }: { id: string }) => id)).toEqual([cast.alice.account.id])
  })

  it('SEC-PRIV-13 is listed until it was read, tells its owner, and is nobody else’s', async () => {
    await generated()
    expect((await alice.get(PATH)).body.annual_reports).toHaveLength(1)
    expect((await bob.get(PATH)).body).toEqual({ annual_reports: [], accounts: [], statuses: [] })
    expect((await bob.get(`${PATH}/2026`)).status).toBe(404)
    expect((await bob.post(`${PATH}/2026/read`)).status).toBe(404)
    const { notification_groups: groups } = (await alice.get('/api/v2/notifications')).body
    expect(groups).toMatchObject([{ type: 'annual_report', annual_report: { year: '2026' } }])
    expect((await alice.get('/api/v1/notifications')).body[0]).not.toHaveProperty('annual_report')
    expect((await alice.post(`${PATH}/2026/read`)).body).toEqual({})
    expect((await alice.get(PATH)).body.annual_reports).toEqual([])
    expect((await alice.get(`${PATH}/2026`)).status).toBe(200)
  })

  it('is made in the campaign of its year only', async () => {
    await make.status({ account: cast.alice.account, ...inYear })
    for (const [now, year] of [
      ['2026-12-09T23:59:59Z', 2026],
      ['2026-12-15T00:00:00Z', 2025],
      ['2027-01-01T00:00:00Z', 2026],
    ] as const) {
      clock.set(new Date(now))
      expect((await alice.post(`${PATH}/${year}/generate`)).status).toBe(200)
      expect((await alice.get(`${PATH}/${year}/state`)).body.state).toBe('ineligible')
    }
    clock.set(new Date('2026-12-31T23:59:59Z'))
    expect((await web.get('/api/v2/instance')).body.wrapstodon).toBe(2026)
    await saveSettings(ctx, { wrapstodon: false })
    expect((await web.get('/api/v2/instance')).body.wrapstodon).toBeNull()
    expect((await alice.get(`${PATH}/2026/state`)).body.state).toBe('ineligible')
    await saveSettings(ctx, { wrapstodon: true })
  })

  it('costs the same however much somebody wrote', async () => {
    const cost = async (posts: number) => {
      for (let index = 0; index < posts; index += 1)
        await make.status({ account: cast.alice.account, tags: [`tag${index % 3}`], ...inYear })
      await ctx.db('generated_annual_reports').del()
      await alice.post(`${PATH}/2026/generate`)
      return (await countStatements(() => drainQueues(ctx))).count
    }
    await cost(1)
    const little = await cost(2)
    expect(await cost(38)).toBe(little)
  })

  it('wants its scopes, and a year', async () => {
    const reader = web.as(await make.token({ user: cast.bob.user, scopes: 'read:statuses' }))
    for (const path of [PATH, `${PATH}/2026`, `${PATH}/2026/state`])
      expect((await reader.get(path)).status).toBe(403)
    for (const path of [`${PATH}/2026/read`, `${PATH}/2026/generate`])
      expect((await reader.post(path)).status).toBe(403)
    expect((await alice.get(`${PATH}/nonsense`)).body).toEqual({ error: 'Record not found' })
    expect((await alice.get(`${PATH}/99999999999999999999`)).status).toBe(404)
  })

  it('can be shared by its address', async () => {
    await generated()
    const { share_url: url } = (await alice.get(`${PATH}/2026`)).body.annual_reports[0]
    const { pathname } = new URL(url)
    const page = await web.get(pathname, { headers: { accept: 'text/html' } })
    expect([page.status, page.text.includes('#cats')]).toEqual([200, true])
    expect((await web.get(pathname.slice(0, -1) + 'x', { headers: { accept: 'text/html' } })).status).toBe(
      404,
    )
    await ctx.db('accounts').where({ id: cast.alice.account.id }).update({ suspended_at: new Date() })
    expect((await web.get(pathname, { headers: { accept: 'text/html' } })).status).toBe(404)
  })
})
