import { type Cast, castOf } from '@anancus/core/testing/cast'
import { clearRedis, closeTestContext, type TestContext, testContext } from '@anancus/core/testing/context'
import { resetDatabase } from '@anancus/core/testing/reset'
import { factories, TEST_PASSWORD } from '@anancus/db/testing/make'
import { apiRoutes } from '../../src/api/index.ts'
import type { Route } from '../../src/http/route.ts'
import { hiddenFields, openBrowser } from '../support/browser.ts'
import { startWeb, type TestClient, type TestWeb } from '../support/server.ts'

/** Every route that takes the id of something of somebody's own, called by somebody else with that id. */

/** What everybody may name; whether they may see it is `planted-status` and `statuses/hidden`. */
const OPEN = [
  // Of moderators, by their permissions: `api/v1/admin`.
  '/api/v1/admin/',
  '/api/v1/accounts/:',
  '/api/v1/statuses/:',
  '/api/v1/pleroma/statuses/:',
  '/api/v1/polls/:',
  '/api/v1/announcements/:',
  // A year: whose report it is says the token.
  '/api/v1/annual_reports/:',
  // Whose a collection is, is no secret; who may change it: `v1/collections`.
  '/api/v1/collections/:',
  '/api/v1_alpha/collections/:',
  '/api/v1_alpha/accounts/:',
  // Anybody may be kept out of one's own suggestions: `v1/suggestions`.
  '/api/v1/suggestions/:',
  '/api/v1/tags/:',
  '/api/v1/timelines/tag/:',
  '/api/v1/instance/terms_of_service/:',
  // Open to a browser's session alone, and to a signed token: `api/web/push_subscriptions`.
  '/api/web/push_subscriptions/:',
  '/api/web/embeds/:',
]

type Kind =
  | 'conversation'
  | 'featured tag'
  | 'filter'
  | 'filter status'
  | 'group'
  | 'keyword'
  | 'list'
  | 'media'
  | 'notification'
  | 'refresh'
  | 'scheduled status'
  | 'sender'

/** Whose id stands in which path; the first that fits counts. */
const PERSONAL: [start: string, kind: Kind][] = [
  ['/api/v1/media/:', 'media'],
  ['/api/v1/lists/:', 'list'],
  ['/api/v1/timelines/list/:', 'list'],
  ['/api/v1/conversations/:', 'conversation'],
  ['/api/v1/featured_tags/:', 'featured tag'],
  // The older form knows filters by their keywords.
  ['/api/v1/filters/:', 'keyword'],
  ['/api/v2/filters/keywords/:', 'keyword'],
  ['/api/v2/filters/statuses/:', 'filter status'],
  ['/api/v2/filters/:', 'filter'],
  ['/api/v1/notifications/requests/:', 'sender'],
  ['/api/v1/notifications/:', 'notification'],
  ['/api/v2/notifications/:', 'group'],
  ['/api/v1/follow_requests/:', 'sender'],
  ['/api/v1_alpha/async_refreshes/:', 'refresh'],
  ['/api/v1/scheduled_statuses/:', 'scheduled status'],
]

const TOMORROW_MS = 86_400_000

const shapeOf = (path: string) => path.replace(/:\w+/g, ':')
const withPlace = apiRoutes.filter(({ path }) => path.includes(':'))
const kindOf = (route: Route) => PERSONAL.find(([start]) => shapeOf(route.path).startsWith(start))?.[1]
const personal = withPlace.flatMap((route) => {
  const kind = kindOf(route)
  return kind ? [[`${route.method.toUpperCase()} ${route.path}`, route, kind] as const] : []
})
/** Something to change, for whatever is changed. */
const changes = () => ({
  title: 'taken',
  phrase: 'taken',
  keyword: 'taken',
  context: ['public'],
  description: 'taken',
  status_id: '1',
  account_ids: [cast.eve.account.id],
  scheduled_at: new Date(Date.now() + TOMORROW_MS).toISOString(),
})

let ctx: TestContext
let web: TestWeb
let cast: Cast
let make: ReturnType<typeof factories>
let bob: TestClient
let alice: TestClient
let ids: Record<Kind, string>

beforeAll(async () => {
  ctx = await testContext()
  web = await startWeb(ctx)
})

/** A town in which nothing happened yet. */
async function beginAnew(): Promise<void> {
  await resetDatabase(ctx)
  cast = await castOf(ctx)
  make = factories(ctx.db)
  const scopes = 'read write follow push profile'
  alice = web.as(await make.token({ user: cast.alice.user, scopes }))
  bob = web.as(await make.token({ user: cast.bob.user, scopes }))
  ids = await idsOfAlice()
}
afterAll(async () => {
  await web.close()
  await closeTestContext(ctx)
})

/** One of everything of alice's, whose ids bob has got hold of. */
async function idsOfAlice(): Promise<Record<Kind, string>> {
  const { account } = cast.alice
  const status = await make.status({ account })
  await make.follow({ account, target: cast.eve.account })
  const filter = await make.filter({ account, keywords: ['wren'], statuses: [status] })
  const idIn = async (table: string) =>
    String((await ctx.db(table).where({ custom_filter_id: filter.id }).first()).id)
  const favourite = await make.favourite({ account: cast.eve.account, status })
  const told = { account, from: cast.eve.account, activity: favourite }
  const notification = await make.notification({ ...told, type: 'favourite' })
  await make.followRequest({ account: cast.eve.account, target: account })
  await ctx.db('notification_requests').insert({
    account_id: account.id,
    from_account_id: cast.eve.account.id,
    last_status_id: status.id,
    notifications_count: 1,
    created_at: new Date(),
    updated_at: new Date(),
  })
  const request = await ctx.db('notification_requests').where({ account_id: account.id }).first()
  const direct = await make.status({ account: cast.eve.account, visibility: 'direct', mentions: [account] })
  const [conversation] = await ctx
    .db('account_conversations')
    .insert({
      account_id: account.id,
      conversation_id: direct.conversation_id,
      participant_account_ids: [cast.eve.account.id],
      status_ids: [direct.id],
      last_status_id: direct.id,
      unread: true,
    })
    .returning('id')
  const tag = await make.tag({ name: 'wrens' })
  const [featured] = await ctx
    .db('featured_tags')
    .insert({ account_id: account.id, tag_id: tag.id })
    .returning('id')
  const scheduled = await alice.post('/api/v1/statuses', {
    json: { status: 'later', scheduled_at: new Date(Date.now() + 2 * TOMORROW_MS).toISOString() },
  })
  const home = await alice.get('/api/v1/timelines/home')
  return {
    conversation: conversation.id,
    'featured tag': String(featured.id),
    list: (await make.list({ account })).id,
    media: (await make.media({ account })).id,
    filter: filter.id,
    keyword: await idIn('custom_filter_keywords'),
    'filter status': await idIn('custom_filter_statuses'),
    notification: notification.id,
    group: `ungrouped-${notification.id}`,
    'scheduled status': scheduled.body.id,
    sender: String(request.id),
    refresh: /id="([^"]+)"/.exec(home.headers.get('mastodon-async-refresh') ?? '')?.[1] ?? 'none',
  }
}

/** A digest of every table, but for when a token was last used and somebody last here. */
async function digestOfAll(): Promise<unknown> {
  const { rows } = await ctx.db.raw(
    `select tablename as name from pg_tables where schemaname = 'public'
     and tablename not in ('oauth_access_tokens', 'users') order by 1`,
  )
  const digests = (rows as { name: string }[]).map(
    ({ name }) =>
      `select '${name}' as name, md5(coalesce(string_agg(t::text, '|' order by t::text), '')) from ${name} t`,
  )
  return (await ctx.db.raw(`${digests.join(' union all ')} order by 1`)).rows
}

function call(client: TestClient, route: Route, kind: Kind, id: string) {
  const place = route.path.startsWith('/api/v1/follow_requests/') ? cast.eve.account.id : id
  const path = route.path.replace(/:\w+/g, encodeURIComponent(place))
  return client.request(route.method.toUpperCase(), path, route.method === 'get' ? {} : { json: changes() })
}

it('knows of every route with an id whether it is of somebody’s own (a new one is to be added here)', () => {
  const unknown = withPlace.filter(
    (route) => !kindOf(route) && !OPEN.some((start) => shapeOf(route.path).startsWith(start)),
  )
  expect(unknown.map(({ method, path }) => `${method} ${path}`)).toEqual([])
  expect(personal.length).toBeGreaterThanOrEqual(20)
})

describe('SEC-PRIV-13 SEC-PRIV-15', () => {
  // One town for all: nothing may change in it.
  beforeAll(() => beginAnew())
  beforeEach(() => clearRedis(ctx))

  it.each(personal)(
    '%s is not found with the id of somebody else’s, as with one that nothing has, and changes nothing',
    async (_name, route, kind) => {
      const before = await digestOfAll()
      const [theirs, unused] = [
        await call(bob, route, kind, ids[kind]),
        await call(bob, route, kind, '987654321'),
      ]
      expect([theirs.status, theirs.text]).toEqual([unused.status, unused.text])
      // Of a group that is none, Mastodon too dismisses nothing and lists nobody.
      if (/:group_key\/(dismiss|accounts)$/.test(route.path)) expect([{}, []]).toContainEqual(theirs.body)
      else expect(theirs.status).toBe(404)
      expect(await digestOfAll()).toEqual(before)
    },
  )

  it('all are found by their owner', async () => {
    const found: string[] = []
    for (const [name, route, kind] of personal) {
      await beginAnew()
      if ((await call(alice, route, kind, ids[kind])).status === 404) found.push(name)
    }
    expect(found).toEqual([])
  }, 60_000)
})

describe('SEC-PRIV-13 an id inside a request', () => {
  beforeEach(() => beginAnew())

  it('of somebody else’s upload attaches nothing', async () => {
    const answer = await bob.post('/api/v1/statuses', { json: { status: 'mine?', media_ids: [ids.media] } })
    expect(answer.status).toBe(422)
    expect((await ctx.db('media_attachments').where({ id: ids.media }).first()).status_id).toBeNull()
    const { body } = await bob.post('/api/v1/statuses', { json: { status: 'mine' } })
    await bob.put(`/api/v1/statuses/${body.id}`, { json: { status: 'mine?', media_ids: [ids.media] } })
    expect((await ctx.db('media_attachments').where({ id: ids.media }).first()).status_id).toBeNull()
  })

  it('of somebody else’s notification requests dismisses and accepts none', async () => {
    for (const act of ['accept', 'dismiss']) {
      const before = await digestOfAll()
      await bob.post(`/api/v1/notifications/requests/${act}`, { json: { id: [ids.sender] } })
      expect(await digestOfAll()).toEqual(before)
    }
  })

  it('SEC-PRIV-01 of a hidden status is told from an unused one by no filter', async () => {
    const hidden = await make.status({ account: cast.alice.account, visibility: 'private' })
    const { body: filter } = await bob.post('/api/v2/filters', { json: { title: 'Mine', context: ['home'] } })
    const add = (status_id: string) =>
      bob.post(`/api/v2/filters/${filter.id}/statuses`, { json: { status_id } })
    const [theirs, unused] = [await add(hidden.id), await add('109999999999999999')]
    expect([theirs.status, theirs.text]).toEqual([unused.status, unused.text])
    expect(theirs.status).toBeGreaterThanOrEqual(400)
  })

  it.each(['private', 'direct'] as const)(
    'SEC-PRIV-27 of a poll in a %s status is as of none',
    async (visibility) => {
      const status = await make.status({ account: cast.alice.account, visibility })
      const poll = await make.poll({ status })
      for (const client of [bob, web])
        for (const path of ['', '/votes']) {
          const ask = (id: string) =>
            client.request(
              path ? 'POST' : 'GET',
              `/api/v1/polls/${id}${path}`,
              path ? { json: { choices: ['0'] } } : {},
            )
          const [theirs, unused] = [await ask(poll.id), await ask('109999999999999999')]
          expect([theirs.status, theirs.text]).toEqual([unused.status, unused.text])
          expect([401, 404]).toContain(theirs.status)
        }
      expect(await ctx.db('poll_votes')).toEqual([])
    },
  )
})

describe('SEC-PRIV-13 pages', () => {
  beforeEach(() => beginAnew())

  const signedIn = async (user: { email: string }) => {
    const browser = openBrowser(web)
    await browser.signIn(user.email, TEST_PASSWORD)
    return browser
  }

  it.each([
    ['/settings/sessions/', 'session_activations', 404],
    ['/oauth/authorized_applications/', 'oauth_access_tokens', 303],
  ])('%s:id ends nothing of others', async (start, table, status) => {
    await signedIn(cast.alice.user)
    const app = await make.application()
    await make.token({ user: cast.alice.user, application: app })
    const session = await ctx.db('session_activations').where({ user_id: cast.alice.user.id }).first()
    const of = table === 'session_activations' ? session.id : app.id
    await clearRedis(ctx)
    const browser = await signedIn(cast.bob.user)
    const page = await browser.get('/auth/edit')
    const { authenticity_token = '' } = hiddenFields(page.text, '/auth/sign_out')
    const answer = await web.post(`${start}${of}`, {
      form: { authenticity_token, _method: 'delete' },
      headers: {
        cookie: [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        accept: 'text/html',
      },
    })
    expect(answer.status).toBe(status)
    expect(await ctx.db('session_activations').where({ user_id: cast.alice.user.id })).toHaveLength(1)
    const tokens = await ctx.db('oauth_access_tokens').where({ resource_owner_id: cast.alice.user.id })
    expect(tokens.filter((token) => token.revoked_at !== null)).toEqual([])
  })
})
