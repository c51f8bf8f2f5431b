import { createAnnouncement, turnAnnouncements, updateAnnouncement } from '@anancus/core/domain/instance'
import { type Cast, castOf } from '@anancus/core/testing/cast'
import { closeTestContext, type TestContext, testContext } from '@anancus/core/testing/context'
import { countStatements } from '@anancus/core/testing/count-statements'
import { drainQueues, registerHandlers } from '@anancus/core/testing/drain-queues'
import { allHandlers } from '@anancus/core/testing/handlers'
import { resetDatabase } from '@anancus/core/testing/reset'
import { factories } from '@anancus/db/testing/make'
import { startWeb, type TestClient, type TestWeb } from '../../support/server.ts'

const PATH = '/api/v1/announcements'

let ctx: TestContext
let web: TestWeb
let make: ReturnType<typeof factories>
let cast: Cast
let alice: TestClient
let bob: TestClient

beforeAll(async () => {
  ctx = await testContext()
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
  cast = await castOf(ctx)
  alice = web.as(await make.token({ user: cast.alice.user, scopes: 'read write' }))
  bob = web.as(await make.token({ user: cast.bob.user, scopes: 'read write' }))
})

const DAY_MS = 86_400_000
const inDays = (days: number) => new Date(Date.now() + days * DAY_MS)

/** What the home stream of an account gets while `work` runs. */
async function streamed(
  accountId: string,
  work: () => Promise<unknown>,
): Promise<{ event: string; payload: unknown }[]> {
  const heard: { event: string; payload: unknown }[] = []
  const prefix = ctx.config.redis.prefix
  const listener = ctx.redis.duplicate({ enableOfflineQueue: true })
  await listener.subscribe(`${prefix}timeline:${accountId}`)
  listener.on('message', (_channel, text) => heard.push(JSON.parse(text)))
  await ctx.redis.set(`${prefix}subscribed:timeline:${accountId}`, '1', 'EX', 60)
  await work()
  // Messages of one publisher come in order: after this one all are here.
  const done = new Promise<void>((resolve) => {
    listener.on('message', (_channel, text) => {
      if (text === '"end"') resolve()
    })
  })
  await ctx.redis.publish(`${prefix}timeline:${accountId}`, '"end"')
  await done
  listener.disconnect()
  await ctx.redis.del(`${prefix}subscribed:timeline:${accountId}`)
  return heard.filter((message) => typeof message === 'object')
}

describe('GET /api/v1/announcements', () => {
  it('is for users, with whatever scope', async () => {
    expect((await web.get(PATH)).status).toBe(422)
    const push = web.as(await make.token({ user: cast.bob.user, scopes: 'push' }))
    expect((await push.get(PATH)).status).toBe(200)
  })

  it('shows what is published in the order of the events, read ones too', async () => {
    const later = await make.announcement({ text: 'later', starts_at: inDays(3), ends_at: inDays(4) })
    const soon = await make.announcement({ text: 'soon', starts_at: inDays(1), ends_at: inDays(2) })
    await make.announcement({ text: 'draft', published: false, published_at: null })
    await alice.post(`${PATH}/${soon.id}/dismiss`)
    const { body } = await alice.get(`${PATH}?with_dismissed=false`)
    expect(body.map(({ id, read }: { id: string; read: boolean }) => [id, read])).toEqual([
      [soon.id, true],
      [later.id, false],
    ])
  })

  it('SEC-XSS-09 shows accounts, hashtags, emojis and statuses that the text names, and mark-up as text', async () => {
    await make.customEmoji({ shortcode: 'blob' })
    const shown = await make.status({ account: cast.bob.account, text: 'look' })
    const hidden = await make.status({ account: cast.bob.account, visibility: 'private' })
    const url = (id: string) => `${ctx.config.baseUrl}/@bob/${id}`
    await createAnnouncement(ctx, {
      text: `<b> @bob @nobody #Caf\u00e9 :blob: ${url(shown.id)} ${url(hidden.id)}`,
      allDay: true,
      startsAt: inDays(1),
      endsAt: inDays(2),
    })
    const [announcement] = (await alice.get(PATH)).body
    expect(announcement.content).toMatch(/^<p>&lt;b&gt; <span class="h-card"/)
    expect(announcement.all_day).toBe(true)
    expect(announcement.mentions).toEqual([
      { id: cast.bob.account.id, username: 'bob', url: `${ctx.config.baseUrl}/@bob`, acct: 'bob' },
    ])
    expect(announcement.tags).toEqual([{ name: 'cafe', url: `${ctx.config.baseUrl}/tags/cafe` }])
    expect(announcement.emojis.map(({ shortcode }: { shortcode: string }) => shortcode)).toEqual(['blob'])
    expect(announcement.statuses.map(({ id }: { id: string }) => id)).toEqual([shown.id])
    expect(announcement.reactions).toEqual([])
  })

  it('takes as many statements for 2 as for 40', async () => {
    const some = async (count: number) => {
      for (let index = 0; index < count; index += 1) {
        const status = await make.status({ account: cast.bob.account })
        const row = await make.announcement({ text: '@bob :blob:', status_ids: [status.id] })
        await alice.put(`${PATH}/${row.id}/reactions/👍`)
      }
    }
    await some(2)
    const two = await countStatements(() => alice.get(PATH))
    await some(38)
    const forty = await countStatements(() => alice.get(PATH))
    expect(forty.count).toBe(two.count)
  })
})

describe('POST /api/v1/announcements/:id/dismiss', () => {
  it('wants its scope, and something published', async () => {
    const { id } = await make.announcement()
    const reader = web.as(await make.token({ user: cast.bob.user, scopes: 'read' }))
    expect((await reader.post(`${PATH}/${id}/dismiss`)).status).toBe(403)
    const draft = await make.announcement({ published: false })
    for (const missing of [draft.id, '999'])
      expect((await alice.post(`${PATH}/${missing}/dismiss`)).body).toEqual({ error: 'Record not found' })
  })

  it('may be done twice', async () => {
    const { id } = await make.announcement()
    for (let time = 0; time < 2; time += 1) {
      const answer = await alice.post(`${PATH}/${id}/dismiss`)
      expect([answer.status, answer.body]).toEqual([200, {}])
    }
  })
})

describe('/api/v1/announcements/:id/reactions/:name', () => {
  it('counts emojis and the server’s own, and tells who gave them', async () => {
    await make.customEmoji({ shortcode: 'blob' })
    const { id } = await make.announcement()
    await alice.put(`${PATH}/${id}/reactions/👍`)
    await bob.put(`${PATH}/${id}/reactions/👍`)
    await bob.patch(`${PATH}/${id}/reactions/blob`)
    const [shown] = (await alice.get(PATH)).body
    expect(shown.reactions).toEqual([
      { name: '👍', count: 2, me: true },
      { name: 'blob', count: 1, me: false, url: expect.any(String), static_url: expect.any(String) },
    ])
    expect((await alice.delete(`${PATH}/${id}/reactions/👍`)).body).toEqual({})
    expect((await alice.get(PATH)).body[0].reactions[0]).toEqual({ name: '👍', count: 1, me: false })
  })

  it('refuses what is no emoji, what was given before, and what was not given', async () => {
    const { id } = await make.announcement()
    for (const name of ['hello', '👍👍', '%20', 'unknown_emoji', '1']) {
      const answer = await alice.put(`${PATH}/${id}/reactions/${name}`)
      expect([name, answer.status]).toEqual([name, 422])
    }
    expect((await alice.put(`${PATH}/${id}/reactions/hello`)).body).toEqual({
      error: 'Validation failed: Name is not a recognized emoji',
    })
    await alice.put(`${PATH}/${id}/reactions/❤`)
    const again = await alice.put(`${PATH}/${id}/reactions/❤`)
    expect([again.status, again.body]).toEqual([422, { error: 'Duplicate record' }])
    expect((await bob.delete(`${PATH}/${id}/reactions/❤`)).status).toBe(404)
    const reader = web.as(await make.token({ user: cast.bob.user, scopes: 'read' }))
    expect((await reader.put(`${PATH}/${id}/reactions/👍`)).status).toBe(403)
    expect((await bob.put(`${PATH}/999/reactions/👍`)).status).toBe(404)
  })

  it('takes eight different ones, by however many at once', async () => {
    const { id } = await make.announcement()
    const emojis = ['👍', '🎉', '😀', '😁', '😂', '🤣', '😃', '😄', '😅', '😆']
    const answers = await Promise.all(emojis.map((name) => alice.put(`${PATH}/${id}/reactions/${name}`)))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(8)
    expect(answers.find(({ status }) => status !== 200)?.body).toEqual({
      error: 'Validation failed: Limit of different reactions reached',
    })
    const [first] = (await alice.get(PATH)).body[0].reactions
    expect((await bob.put(`${PATH}/${id}/reactions/${first.name}`)).status).toBe(200)
  })
})

describe('the home stream', () => {
  it('is told of new, changed and ended announcements', async () => {
    const heard = await streamed(cast.bob.account.id, async () => {
      const row = await createAnnouncement(ctx, { text: 'Hello', startsAt: inDays(-2), endsAt: inDays(-1) })
      await updateAnnouncement(ctx, row.id, { text: 'Hello again', startsAt: inDays(-2), endsAt: inDays(-1) })
      await createAnnouncement(ctx, { text: 'Not yet', scheduledAt: inDays(1) })
      await createAnnouncement(ctx, { text: 'Draft' }, { isDraft: true })
      expect(await turnAnnouncements(ctx)).toEqual({ published: 0, ended: 1 })
    })
    expect(heard.map(({ event }) => event)).toEqual(['announcement', 'announcement', 'announcement.delete'])
    expect(heard[1]?.payload).toMatchObject({ content: '<p>Hello again</p>', reactions: [] })
    expect(heard[1]?.payload).not.toHaveProperty('read')
    expect((await alice.get(PATH)).body).toEqual([])
  })

  it('is told once of many reactions in a moment', async () => {
    const { id } = await make.announcement()
    const heard = await streamed(cast.bob.account.id, async () => {
      await alice.put(`${PATH}/${id}/reactions/👍`)
      await bob.put(`${PATH}/${id}/reactions/👍`)
      await drainQueues(ctx)
      await alice.delete(`${PATH}/${id}/reactions/👍`)
      await bob.delete(`${PATH}/${id}/reactions/👍`)
      await drainQueues(ctx)
    })
    expect(heard).toEqual([
      { event: 'announcement.reaction', payload: { name: '👍', count: 2, announcement_id: id } },
      { event: 'announcement.reaction', payload: { name: '👍', count: 0, announcement_id: id } },
    ])
  })

  it('publishes scheduled announcements when they are due', async () => {
    const row = await createAnnouncement(ctx, { text: 'Now', scheduledAt: inDays(-1) })
    expect((await alice.get(PATH)).body).toEqual([])
    expect(await turnAnnouncements(ctx)).toEqual({ published: 1, ended: 0 })
    expect((await alice.get(PATH)).body.map(({ id }: { id: string }) => id)).toEqual([row.id])
  })

  it('refuses announcements without a text or with one end only', async () => {
    await expect(createAnnouncement(ctx, { text: ' ' })).rejects.toThrow("Text can't be blank")
    await expect(createAnnouncement(ctx, { text: 'x', endsAt: inDays(1) })).rejects.toThrow(
      "Starts at can't be blank",
    )
  })
})
