import { refreshTrends } from '@anancus/core/domain/trends'
import { type Cast, castOf } from '@anancus/core/testing/cast'
import { closeTestContext, type TestContext, testContext } from '@anancus/core/testing/context'
import { countStatements } from '@anancus/core/testing/count-statements'
import { resetDatabase } from '@anancus/core/testing/reset'
import { saveSettings } from '@anancus/core/domain/settings'
import type { AccountRow, PreviewCardRow, StatusRow, TagRow } from '@anancus/db'
import { factories } from '@anancus/db/testing/make'
import { startWeb, type TestClient, type TestWeb } from '../../support/server.ts'

let ctx: TestContext
let web: TestWeb
let cast: Cast
let make: ReturnType<typeof factories>
let bob: TestClient

beforeAll(async () => {
  ctx = await testContext()
  web = await startWeb(ctx)
})
beforeEach(async () => {
  await resetDatabase(ctx)
  cast = await castOf(ctx)
  make = factories(ctx.db)
  bob = web.as(await make.token({ user: cast.bob.user, scopes: 'read write' }))
})
afterAll(async () => {
  await web.close()
  await closeTestContext(ctx)
})

const SHARED = 'max-age=15, public, stale-while-revalidate=30, stale-if-error=86400'
let score = 1_000

async function trendTag(name: string, allowed = true): Promise<TagRow> {
  const tag = await make.tag({ name })
  await ctx.db('tag_trends').insert({ tag_id: tag.id, score: score--, allowed })
  return tag
}
async function trendStatus(values: object = {}, allowed = true): Promise<StatusRow> {
  const account = (values as { account?: AccountRow }).account ?? (await make.account({ discoverable: true }))
  const status = await make.status({ account, ...values })
  const { language } = status
  await ctx
    .db('status_trends')
    .insert({ status_id: status.id, account_id: account.id, language, score: score--, allowed })
  return status
}
async function trendLink(values: Partial<PreviewCardRow> = {}, allowed = true): Promise<PreviewCardRow> {
  const card = await make.card({ language: 'en', ...values })
  const { language } = card
  await ctx.db('preview_card_trends').insert({ preview_card_id: card.id, language, score: score--, allowed })
  return card
}

describe('GET /api/v1/trends/tags', () => {
  it('shows what is allowed, best first, with a week of use, to anybody', async () => {
    const birds = await trendTag('birds')
    await trendTag('hidden', false)
    await trendTag('cats')
    const answer = await web.get('/api/v1/trends/tags')
    expect(answer.body.map((tag: { name: string }) => tag.name)).toEqual(['birds', 'cats'])
    expect(answer.body[0]).toEqual({
      id: birds.id,
      name: 'birds',
      url: 'https://social.test/tags/birds',
      history: expect.any(Array),
    })
    expect(answer.body[0].history).toHaveLength(7)
    expect(answer.headers.get('cache-control')).toBe(SHARED)
    expect((await bob.get('/api/v1/trends/tags')).body[0]).toMatchObject({
      following: false,
      featuring: false,
    })
  })

  it('is paged by offset, with prev from the third page on', async () => {
    for (const name of ['a', 'b', 'c', 'd', 'e']) await trendTag(`tag${name}`)
    const at = async (path: string) => {
      const answer = await web.get(path)
      return [answer.body.map((tag: { name: string }) => tag.name), answer.headers.get('link')]
    }
    const url = 'https://social.test/api/v1/trends/tags'
    expect(await at('/api/v1/trends/tags?limit=2')).toEqual([
      ['taga', 'tagb'],
      `<${url}?limit=2&offset=2>; rel="next"`,
    ])
    expect(await at('/api/v1/trends/tags?limit=2&offset=2')).toEqual([
      ['tagc', 'tagd'],
      `<${url}?limit=2&offset=4>; rel="next"`,
    ])
    expect(await at('/api/v1/trends/tags?limit=2&offset=4')).toEqual([
      ['tage'],
      `<${url}?limit=2&offset=2>; rel="prev"`,
    ])
    expect((await web.get('/api/v1/trends/tags?offset=-5&limit=0')).body).toEqual([])
  })

  it('has an older address, which says so', async () => {
    await trendTag('birds')
    const answer = await web.get('/api/v1/trends')
    expect(answer.body).toHaveLength(1)
    expect(answer.headers.get('deprecation')).toBe('@1648598400')
  })
})

it('shows nothing while trends are switched off', async () => {
  await trendTag('birds')
  await trendStatus()
  await trendLink()
  await saveSettings(ctx, { trends: false })
  for (const kind of ['tags', 'statuses', 'links'])
    expect((await web.get(`/api/v1/trends/${kind}`)).body).toEqual([])
})

describe('GET /api/v1/trends/statuses', () => {
  it('shows the posts of other authors than the reader keeps out of sight, her languages first', async () => {
    const english = await trendStatus()
    const german = await trendStatus({ language: 'de' })
    const blocked = await trendStatus({ language: 'de' })
    await trendStatus({}, false)
    await ctx.db('blocks').insert({
      account_id: cast.bob.account.id,
      target_account_id: blocked.account_id,
      created_at: new Date(),
      updated_at: new Date(),
    })
    const ids = async (client: TestClient, headers = {}) =>
      (await client.get('/api/v1/trends/statuses', { headers })).body.map(
        (status: { id: string }) => status.id,
      )
    expect(await ids(web)).toEqual([english.id, german.id, blocked.id])
    expect(await ids(web, { 'accept-language': 'de-AT,en;q=0.5' })).toEqual([
      german.id,
      blocked.id,
      english.id,
    ])
    await ctx.db('users').where({ id: cast.bob.user.id }).update({ locale: 'en' })
    expect(await ids(bob)).toEqual([english.id, german.id])
    const answer = await web.get('/api/v1/trends/statuses')
    expect(answer.headers.get('vary')).toBe('Authorization, Accept-Language')
    expect(answer.body[0]).not.toHaveProperty('favourited')
  })

  it('never shows what was hidden since', async () => {
    const status = await trendStatus()
    await ctx.db('statuses').where({ id: status.id }).update({ visibility: 2 })
    expect((await web.get('/api/v1/trends/statuses')).body).toEqual([])
  })

  it('takes as many statements for twenty as for two', async () => {
    await trendStatus()
    await trendStatus()
    await web.get('/api/v1/trends/statuses')
    const few = await countStatements(() => web.get('/api/v1/trends/statuses'))
    for (let each = 0; each < 18; each++) await trendStatus()
    const many = await countStatements(() => web.get('/api/v1/trends/statuses'))
    expect(many.count).toBe(few.count)
  })
})

describe('GET /api/v1/trends/links', () => {
  it('shows links with a week of shares', async () => {
    const card = await trendLink({ author_account_id: cast.alice.account.id, author_name: 'Alice' })
    await trendLink({}, false)
    const answer = await web.get('/api/v1/trends/links')
    expect(answer.body).toHaveLength(1)
    expect(answer.body[0]).toMatchObject({
      url: card.url,
      title: card.title,
      type: 'link',
      authors: [{ name: 'Alice', account: { username: 'alice' } }],
    })
    expect(answer.body[0].history).toHaveLength(7)
    expect(answer.body[0]).not.toHaveProperty('id')
    expect(answer.headers.get('vary')).toBe('Authorization, Accept-Language')
  })
})

describe('GET /api/v1/timelines/link', () => {
  const path = (url: string, more = '') => `/api/v1/timelines/link?url=${encodeURIComponent(url)}${more}`
  const share = async (card: PreviewCardRow, account: AccountRow, values: object = {}) => {
    const status = await make.status({ account, ...values })
    await ctx.db('preview_cards_statuses').insert({ status_id: status.id, preview_card_id: card.id })
    return status
  }

  it('is not found for a link that does not trend, or may not', async () => {
    await make.card({ url: 'https://news.example/quiet' })
    const refused = await trendLink({}, false)
    for (const url of ['https://news.example/quiet', refused.url, 'nonsense', ''])
      expect((await web.get(path(url))).body).toEqual({ error: 'Record not found' })
    expect((await web.get('/api/v1/timelines/link')).status).toBe(404)
  })

  it('shows the public posts of those who want to be found, newest first', async () => {
    const card = await trendLink()
    const open = await make.account({ discoverable: true })
    const first = await share(card, open)
    const second = await share(card, await make.remoteAccount({ domain: 'far.example', discoverable: true }))
    await share(card, open, { visibility: 'unlisted' })
    await share(card, await make.account({ discoverable: false }))
    await share(card, await make.account({ discoverable: true, silenced_at: new Date() }))
    const answer = await web.get(path(card.url))
    expect(answer.body.map((status: StatusRow) => status.id)).toEqual([second.id, first.id])
    expect(answer.headers.get('cache-control')).toBe(SHARED)
    const page = await web.get(path(card.url, '&limit=1'))
    expect(page.headers.get('link')).toContain(
      `limit=1&max_id=${second.id}&url=${encodeURIComponent(card.url)}`,
    )
    expect((await web.get(path(card.url, `&min_id=${first.id}`))).body).toHaveLength(1)
    await make.mute({ account: cast.bob.account, target: open })
    expect((await bob.get(path(card.url))).body).toHaveLength(1)
  })

  it('is as open as hashtags are', async () => {
    const card = await trendLink()
    await share(card, await make.account({ discoverable: true }))
    await share(card, await make.remoteAccount({ domain: 'far.example', discoverable: true }))
    await saveSettings(ctx, { remote_topic_feed_access: 'authenticated' })
    expect((await web.get(path(card.url))).status).toBe(422)
    expect((await bob.get(path(card.url))).body).toHaveLength(2)
    await saveSettings(ctx, { remote_topic_feed_access: 'disabled' })
    expect((await bob.get(path(card.url))).body).toHaveLength(1)
    const follows = web.as(await make.token({ user: cast.bob.user, scopes: 'follow' }))
    expect((await follows.get(path(card.url))).status).toBe(403)
  })
})

describe('/api/v1/admin/trends', () => {
  let ada: TestClient
  beforeEach(async () => {
    ada = web.as(await make.token({ user: cast.ada.user, scopes: 'read write admin:read admin:write' }))
  })

  it('shows to moderators what waits, to anybody else what is public', async () => {
    const waiting = await trendTag('waiting', false)
    await trendTag('birds')
    const hidden = await trendStatus({}, false)
    const link = await trendLink({}, false)
    await saveSettings(ctx, { trends: false })
    expect((await ada.get('/api/v1/admin/trends/tags')).body).toEqual([
      expect.objectContaining({
        id: waiting.id,
        trendable: false,
        usable: true,
        listable: true,
        requires_review: true,
        following: false,
      }),
      expect.objectContaining({ name: 'birds' }),
    ])
    expect((await ada.get('/api/v1/admin/trends/statuses')).body).toEqual([
      expect.objectContaining({ id: hidden.id, requires_review: true }),
    ])
    expect((await ada.get('/api/v1/admin/trends/links')).body).toEqual([
      expect.objectContaining({
        id: Number(link.id),
        url: link.url,
        requires_review: true,
        history: expect.any(Array),
      }),
    ])
    await saveSettings(ctx, { trends: true })
    for (const client of [web, bobAsAdminApp()]) {
      const { body } = await (await client).get('/api/v1/admin/trends/tags')
      expect(body.map((tag: object) => Object.keys(tag).includes('requires_review'))).toEqual([false])
      expect((await (await client).get('/api/v1/admin/trends/links')).body).toEqual([])
      expect((await (await client).get('/api/v1/admin/trends/statuses')).body).toEqual([])
    }
    expect((await bob.get('/api/v1/admin/trends/tags')).status).toBe(403)
  })

  const bobAsAdminApp = async () =>
    web.as(await make.token({ user: cast.bob.user, scopes: 'admin:read admin:write' }))

  it('lets and refuses each kind, at once', async () => {
    const tag = await trendTag('birds', false)
    const status = await trendStatus({}, false)
    const link = await trendLink({}, false)
    const shown = async () =>
      Promise.all(
        ['tags', 'statuses', 'links'].map(
          async (kind) => (await web.get(`/api/v1/trends/${kind}`)).body.length,
        ),
      )
    const judge = async (verb: string) => [
      (await ada.post(`/api/v1/admin/trends/tags/${tag.id}/${verb}`)).body,
      (await ada.post(`/api/v1/admin/trends/statuses/${status.id}/${verb}`)).body,
      (await ada.post(`/api/v1/admin/trends/links/${link.id}/${verb}`)).body,
    ]
    expect(await judge('approve')).toMatchObject([
      { id: tag.id, trendable: true, requires_review: false },
      { id: status.id, requires_review: false },
      { id: Number(link.id), requires_review: false },
    ])
    expect(await shown()).toEqual([1, 1, 1])
    expect((await judge('reject'))[0]).toMatchObject({ trendable: false, requires_review: false })
    expect(await shown()).toEqual([0, 0, 0])
    await refreshTrends(ctx)
    expect(await shown()).toEqual([0, 0, 0])
  })

  it('judges publishers, listed newest first', async () => {
    const now = new Date()
    const [first, second] = await ctx
      .db('preview_card_providers')
      .insert(
        ['a.example', 'b.example'].map((domain) => ({
          domain,
          requested_review_at: now,
          created_at: now,
          updated_at: now,
        })),
      )
      .returning('id')
    const path = '/api/v1/admin/trends/links/publishers'
    const list = await ada.get(`${path}?limit=1`)
    expect(list.body).toEqual([
      {
        id: Number(second.id),
        domain: 'b.example',
        trendable: null,
        reviewed_at: null,
        requested_review_at: now.toISOString(),
        requires_review: true,
      },
    ])
    expect(list.headers.get('link')).toContain(`max_id=${second.id}`)
    expect((await ada.post(`${path}/${first.id}/approve`)).body).toMatchObject({
      trendable: true,
      requires_review: false,
      reviewed_at: expect.any(String),
    })
    expect((await ada.post(`${path}/${first.id}/reject`)).body).toMatchObject({ trendable: false })
  })

  it('finds nothing that is not there, and no post that is not public', async () => {
    const secret = await make.status({ account: cast.alice.account, visibility: 'private' })
    const paths = ['tags/1', 'statuses/1', 'links/1', 'links/publishers/1', `statuses/${secret.id}`, 'tags/x']
    for (const path of paths)
      for (const verb of ['approve', 'reject'])
        expect((await ada.post(`/api/v1/admin/trends/${path}/${verb}`)).status).toBe(404)
  })

  it('takes decisions from nobody without the permission or the scope', async () => {
    const tag = await trendTag('birds', false)
    const path = `/api/v1/admin/trends/tags/${tag.id}/approve`
    expect((await web.post(path)).status).toBe(403)
    expect((await (await bobAsAdminApp()).post(path)).body).toEqual({ error: 'This action is not allowed' })
    const reader = web.as(await make.token({ user: cast.ada.user, scopes: 'admin:read' }))
    expect((await reader.post(path)).status).toBe(403)
    expect((await reader.get('/api/v1/admin/tags')).status).toBe(200)
    expect((await (await bobAsAdminApp()).get('/api/v1/admin/tags')).status).toBe(403)
    expect((await (await bobAsAdminApp()).get('/api/v1/admin/trends/links/publishers')).status).toBe(403)
  })

  it('lists, shows and changes hashtags', async () => {
    const birds = await make.tag({ name: 'birds' })
    const cats = await make.tag({ name: 'cats' })
    const list = await ada.get('/api/v1/admin/tags?limit=1')
    expect(list.body.map((tag: { id: string }) => tag.id)).toEqual([cats.id])
    expect(list.headers.get('link')).toContain(`max_id=${cats.id}`)
    expect(list.headers.get('link')).toContain(`min_id=${cats.id}`)
    const path = `/api/v1/admin/tags/${birds.id}`
    expect((await ada.get(path)).body).toMatchObject({ id: birds.id, listable: true, requires_review: true })
    expect((await ada.patch(path, { json: { display_name: 'BiRds', listable: false } })).body).toMatchObject({
      name: 'BiRds',
      listable: false,
      usable: true,
      trendable: false,
      requires_review: false,
    })
    expect((await ada.put(path, { json: { trendable: 'true' } })).body).toMatchObject({
      trendable: true,
      listable: false,
    })
    const wrong = await ada.put(path, { json: { display_name: 'fish' } })
    expect([wrong.status, wrong.body]).toEqual([
      422,
      { error: 'Validation failed: Display name does not match the previous name' },
    ])
    expect((await ada.get('/api/v1/admin/tags/1')).status).toBe(404)
  })
})
