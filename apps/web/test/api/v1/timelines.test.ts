import { buildFeed, pushToFeeds } from '@anancus/core/domain/timelines'
import { saveSettings } from '@anancus/core/domain/settings'
import type { Ctx } from '@anancus/core/kernel/context'
import { closeTestContext, testContext } from '@anancus/core/testing/context'
import { countStatements } from '@anancus/core/testing/count-statements'
import { resetDatabase } from '@anancus/core/testing/reset'
import type { AccountRow } from '@anancus/db'
import { factories } from '@anancus/db/testing/make'
import { startWeb, type TestClient, type TestWeb } from '../../support/server.ts'

let ctx: Ctx
let web: TestWeb
let make: ReturnType<typeof factories>
let alice: Awaited<ReturnType<typeof make.viewer>>
let bob: AccountRow
let api: TestClient

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
  alice = await make.viewer({})
  bob = await make.account({})
  await make.follow({ account: alice.account, target: bob })
  api = web.as(await make.token({ user: alice.user, scopes: 'read' }))
})

const idsOf = (answer: { body: { id: string }[] }) => answer.body.map((status) => status.id)
const buildHome = () => buildFeed(ctx, { accountId: alice.account.id })

describe('GET /api/v1/timelines/home', () => {
  it('wants a user with the right scope', async () => {
    expect((await web.get('/api/v1/timelines/home')).status).toBe(401)
    const weak = web.as(await make.token({ user: alice.user, scopes: 'write read:accounts' }))
    expect((await weak.get('/api/v1/timelines/home')).status).toBe(403)
    const app = web.as(await make.token({ scopes: 'read' }))
    expect((await app.get('/api/v1/timelines/home')).status).toBe(422)
  })

  it('answers 206 with the page and a way to ask again while the feed is built', async () => {
    const status = await make.status({ account: bob })
    const first = await api.get('/api/v1/timelines/home')
    expect(first.status).toBe(206)
    expect(idsOf(first)).toEqual([status.id])
    const header = first.headers.get('mastodon-async-refresh') ?? ''
    const [, token] = /^id="([\w-]+)", retry=5$/.exec(header) ?? []
    const running = await api.get(`/api/v1_alpha/async_refreshes/${token}`)
    expect(running.body).toEqual({ async_refresh: { id: token, status: 'running', result_count: null } })
    await buildHome()
    expect((await api.get(`/api/v1_alpha/async_refreshes/${token}`)).body.async_refresh.status).toBe(
      'finished',
    )
    const second = await api.get('/api/v1/timelines/home')
    expect([second.status, second.headers.get('mastodon-async-refresh')]).toEqual([200, null])
    expect(idsOf(second)).toEqual([status.id])
    const stranger = await make.viewer({})
    const theirs = web.as(await make.token({ user: stranger.user, scopes: 'read' }))
    expect((await theirs.get(`/api/v1_alpha/async_refreshes/${token}`)).status).toBe(404)
  })

  it('links to older and newer pages whenever it is not empty', async () => {
    await buildHome()
    expect((await api.get('/api/v1/timelines/home')).headers.get('link')).toBeNull()
    const status = await make.status({ account: bob })
    await pushToFeeds(ctx, { statusId: status.id, afterFollowId: '0', kind: 'create' })
    const answer = await api.get('/api/v1/timelines/home?limit=5&local=1')
    const base = 'https://social.test/api/v1/timelines/home?limit=5&local=1'
    expect(answer.headers.get('link')).toBe(
      `<${base}&max_id=${status.id}>; rel="next", <${base}&min_id=${status.id}>; rel="prev"`,
    )
    expect((await api.get('/api/v1/timelines/home?limit=0')).body).toEqual([])
  })

  it('costs at most 14 statements and one Redis call for the ids', async () => {
    await buildHome()
    const statuses = []
    for (let n = 0; n < 20; n++) {
      const original = n % 4 === 0 ? await make.status({ tags: ['a'], mentions: [alice.account] }) : undefined
      statuses.push(
        await make.status({ account: bob, ...(original ? { reblogOf: original } : { tags: ['b'] }) }),
      )
    }
    for (const { id } of statuses)
      await pushToFeeds(ctx, { statusId: id, afterFollowId: '0', kind: 'create' })
    await api.get('/api/v1/timelines/home')
    const scripts = jest.spyOn(ctx.redis, 'evalsha')
    const { count } = await countStatements(async () => {
      expect((await api.get('/api/v1/timelines/home')).body).toHaveLength(20)
    })
    const feedCalls = scripts.mock.calls.filter((call) => String(call[2]).includes('feed:home:'))
    scripts.mockRestore()
    expect(feedCalls).toHaveLength(1)
    expect(count).toBeLessThanOrEqual(14)
  })
})

describe('GET /api/v1/timelines/public', () => {
  it('is open to all, and to a token only with its scope', async () => {
    const status = await make.status({ account: bob })
    const answer = await web.get('/api/v1/timelines/public')
    expect(idsOf(answer)).toEqual([status.id])
    expect(answer.body[0].favourited).toBeUndefined()
    expect(answer.headers.get('cache-control')).toContain('max-age=15')
    expect((await api.get('/api/v1/timelines/public')).body[0].favourited).toBe(false)
    const weak = web.as(await make.token({ user: alice.user, scopes: 'write' }))
    expect((await weak.get('/api/v1/timelines/public')).status).toBe(403)
  })

  it('can be halved and its links keep how', async () => {
    const status = await make.status({ account: bob })
    await make.status({ account: await make.remoteAccount({}) })
    const answer = await web.get('/api/v1/timelines/public?local=true&only_media=false&limit=1')
    expect(idsOf(answer)).toEqual([status.id])
    expect(answer.headers.get('link')).toContain(
      `public?limit=1&local=true&max_id=${status.id}&only_media=false>; rel="next"`,
    )
  })

  it('refuses the anonymous where it is not public', async () => {
    await saveSettings(ctx, { local_live_feed_access: 'authenticated' })
    const answer = await web.get('/api/v1/timelines/public')
    expect([answer.status, answer.body]).toEqual([
      422,
      { error: 'This method requires an authenticated user' },
    ])
    expect((await web.get('/api/v1/timelines/public?remote=true')).status).toBe(200)
    await saveSettings(ctx, { local_live_feed_access: 'public' })
  })
})

describe('GET /api/v1/timelines/tag/:hashtag', () => {
  it('shows what is tagged, with lists of further names in any form', async () => {
    const one = await make.status({ account: bob, tags: ['one'] })
    const both = await make.status({ account: bob, tags: ['one', 'two'] })
    expect(idsOf(await web.get('/api/v1/timelines/tag/One'))).toEqual([both.id, one.id])
    expect(idsOf(await web.get('/api/v1/timelines/tag/one?all[]=two'))).toEqual([both.id])
    expect(idsOf(await web.get('/api/v1/timelines/tag/one?none=two'))).toEqual([one.id])
    expect((await web.get('/api/v1/timelines/tag/nothing')).body).toEqual([])
    const links = (await web.get('/api/v1/timelines/tag/one?any[]=two&local=1')).headers.get('link')
    expect(links).toContain(`/api/v1/timelines/tag/one?local=1&max_id=${one.id}>; rel="next"`)
    const weak = web.as(await make.token({ user: alice.user, scopes: 'write' }))
    expect((await weak.get('/api/v1/timelines/tag/one')).status).toBe(403)
  })
})

describe('GET /api/v1/streaming', () => {
  it('leads to the streaming server', async () => {
    const answer = await web.get('/api/v1/streaming/public/local?only_media=true')
    expect([answer.status, answer.headers.get('location')]).toEqual([
      301,
      'http://127.0.0.1:4000/api/v1/streaming/public/local?only_media=true',
    ])
    expect((await web.get('/api/v1/streaming')).status).toBe(301)
  })
})
