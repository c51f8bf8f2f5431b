import { actorUri } from '@anancus/core/kernel/uris'
import { closeTestContext, type TestContext, testContext } from '@anancus/core/testing/context'
import { signDelivery } from '@anancus/core/testing/remote'
import { type AccountRow, type StatusRow } from '@anancus/db'
import { factories, TEST_PASSWORD } from '@anancus/db/testing/make'
import { apiRoutes } from '../../src/api/index.ts'
import { openBrowser } from '../support/browser.ts'
import { type ClientBuild, fakeClientBuild } from '../support/client-build.ts'
import { sendSigned } from '../support/send-signed.ts'
import { startWeb, type TestAnswer, type TestClient, type TestWeb } from '../support/server.ts'
import { atOnce } from './support.ts'
import { AUDIENCES, leaksIn, plant, type Planted, type Reader } from '@anancus/core/testing/planted'

/** Words planted in statuses appear to nobody outside their audience, through whatever can be read by a GET. */

const AP = { accept: 'application/activity+json' }

let ctx: TestContext
let build: ClientBuild
let web: TestWeb
let town: Planted
let asked = 0

beforeAll(async () => {
  ctx = await testContext()
  build = await fakeClientBuild()
  web = await startWeb(ctx, { clientFolder: build.folder })
  town = await plant(ctx)
}, 60_000)
afterAll(async () => {
  process.stderr.write(`planted words: ${asked} reads of ${readable.length} routes\n`)
  await web.close()
  await build.remove()
  await closeTestContext(ctx)
})
beforeEach(() => forgetCounts())

/** Home feeds stay: only what counts requests goes. */
async function forgetCounts(): Promise<void> {
  const keys = await ctx.redis.keys(`${ctx.config.redis.prefix}rate:*`)
  if (keys.length > 0) await ctx.redis.del(...keys)
}

const clientOf = async (viewer: { user: { id: string } }): Promise<TestClient> =>
  web.as(await factories(ctx.db).token({ user: viewer.user, scopes: 'read write:media follow profile' }))

/** Every id and name that may stand in the place of a parameter of a path. */
function placesOf(path: string): string[] {
  const statuses = town.all.map(({ id }) => id)
  const accounts = ['alice', 'bob', 'fay', 'eve'] as const
  if (path.includes('/statuses/:id')) return statuses
  if (path.includes('/accounts/:id'))
    return [
      ...accounts.map((name) => town[name].account.id),
      ...[town.carol, town.dan, ...town.waiting].map(({ id }) => id),
    ]
  if (path.includes('/media/:id')) return [town.picture.id, town.remotePicture.id]
  return [...statuses, town.poll.id, 'planted', '1', '2']
}

/** Queries that make a route show more. */
function queriesFor(path: string): string[] {
  const ids = town.all.map(({ id }) => `id[]=${id}`).join('&')
  if (path === '/api/v1/statuses') return [ids]
  if (path === '/api/v1/accounts/:id/statuses')
    return [
      '',
      'pinned=true',
      'tagged=planted',
      'only_media=true',
      'exclude_reblogs=true',
      'exclude_replies=true',
      'exclude_direct=false',
    ]
  if (path === '/api/v2/search') {
    const words = [...Object.keys(AUDIENCES), 'planted', 'bob']
    const urls = town.all.flatMap((status) => (status.uri ? [status.uri] : localUrls(status)))
    return [...words, ...urls].map((word) => `q=${encodeURIComponent(word)}&resolve=true`)
  }
  const people = [town.bob.account, ...town.waiting]
  if (path === '/api/v1/accounts/search' || path === '/api/v1/accounts/lookup')
    return people.map(({ username }) => `q=${username}&acct=${username}`)
  if (/^\/api\/v1\/accounts(\/relationships|\/familiar_followers)?$/.test(path))
    return [people.map(({ id }) => `id[]=${id}`).join('&')]
  if (path.includes('/timelines/')) return ['', 'local=true', 'only_media=true', 'limit=40']
  return ['']
}

function localUrls(status: StatusRow): string[] {
  return [
    `https://social.test/@bob/${status.id}`,
    `https://social.test/ap/users/${status.account_id}/statuses/${status.id}`,
    `https://social.test/users/bob/statuses/${status.id}`,
  ]
}

const readable = apiRoutes.filter((route) => route.method === 'get' && !route.path.includes('streaming'))

function pathsToRead(): string[] {
  return readable.flatMap((route) => {
    const places = route.path.includes(':') ? placesOf(route.path) : ['']
    return places.flatMap((place) =>
      queriesFor(route.path).map(
        (query) => `${route.path.replace(/:\w+/g, place)}${query ? `?${query}` : ''}`,
      ),
    )
  })
}

const AT_ONCE = 8
/** Fewer than the limit of any route. */
const UNTIL_FORGOTTEN = 100

/** Everything somebody can read, as `path → text`. */
async function readAll(client: TestClient): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  let count = 0
  await atOnce(AT_ONCE, pathsToRead(), async (path) => {
    if (count++ % UNTIL_FORGOTTEN === 0) await forgetCounts()
    asked += 1
    const { status, text } = await client.get(path)
    expect([path, status < 500 && status !== 429]).toEqual([path, true])
    found.set(path, text)
  })
  return found
}

const leaks = (read: Map<string, string>, reader: Reader | null) =>
  [...read].flatMap(([path, text]) => leaksIn(text, reader).map((word) => `${word} by ${path}`))

describe('the REST API', () => {
  it.each(['alice', 'bob', 'fay'] as const)(
    'SEC-PRIV-09 shows %s all that is for them, and nothing else',
    async (name) => {
      const read = await readAll(await clientOf(town[name]))
      expect(leaks(read, name)).toEqual([])
      const all = [...read.values()].join('')
      const own = Object.keys(AUDIENCES).filter((word) => AUDIENCES[word]?.includes(name))
      expect(own.filter((word) => !all.includes(word))).toEqual([])
    },
    60_000,
  )

  it.each(['eve', 'mallory', 'mo', 'ada'] as const)(
    'SEC-PRIV-06 SEC-PRIV-08 SEC-PRIV-09 shows %s, who is no reader, none of it',
    async (name) => {
      expect(leaks(await readAll(await clientOf(town[name])), null)).toEqual([])
    },
    60_000,
  )

  it('SEC-PRIV-16 shows the anonymous and apps none of it', async () => {
    expect(leaks(await readAll(web), null)).toEqual([])
    const app = web.as(await factories(ctx.db).token({ scopes: 'read write:media follow profile' }))
    expect(leaks(await readAll(app), null)).toEqual([])
  }, 60_000)

  it('SEC-PRIV-16 shows nothing for lists, hashes and ids of others in the place of what it wants', async () => {
    const { alice, bob, written } = town
    const ids = [alice.account.id, bob.account.id, alice.user.id, written.secret.id, written.direct.id]
    const odd = [
      (name: string) => ids.map((id) => `${name}[]=${id}`).join('&'),
      (name: string) => ids.map((id) => `${name}[${id}]=${id}`).join('&'),
      (name: string) => `${name}[a][b]=${ids[0]}`,
      (name: string) => `${name}=${written.direct.id}`,
      (name: string) => `${name}=*`,
      (name: string) => `${name}=null`,
    ]
    const paths = readable.flatMap((route) => {
      const shape = (route.params as unknown as { shape?: object }).shape ?? {}
      const names = [...Object.keys(shape), 'account_id', 'user_id', 'status_id', 'as', 'viewer']
      const place = placesOf(route.path)[0] ?? '1'
      return odd.map((write) => `${route.path.replace(/:\w+/g, place)}?${names.map(write).join('&')}`)
    })
    const eve = await clientOf(town.eve)
    for (const client of [web, eve]) {
      const seen: string[] = []
      let count = 0
      await atOnce(AT_ONCE, paths, async (path) => {
        if (count++ % UNTIL_FORGOTTEN === 0) await forgetCounts()
        asked += 1
        const { status, text } = await client.get(path)
        expect([path, status < 500 && status !== 429]).toEqual([path, true])
        seen.push(...leaksIn(text, null).map((word) => `${word} by ${path}`))
      })
      expect(seen).toEqual([])
    }
  }, 60_000)

  it('SEC-PRIV-02 SEC-PRIV-07 tells it in no answer to a write either', async () => {
    const eve = await clientOf(town.eve)
    const full = web.as(
      await factories(ctx.db).token({ user: town.eve.user, scopes: 'read write follow push profile' }),
    )
    const told: string[] = []
    for (const route of apiRoutes.filter(
      ({ method, path }) => method !== 'get' && path.includes('/statuses/:id'),
    ))
      for (const { id } of Object.values(town.written)) {
        const path = route.path.replace(':id', id).replace(/:\w+/g, '1')
        await forgetCounts()
        const { text } = await full.request(route.method.toUpperCase(), path, { json: { status: 'x' } })
        told.push(...leaksIn(text, null).map((word) => `${word} by ${route.method} ${path}`))
      }
    const replied = await full.post('/api/v1/statuses', {
      json: { status: '@bob hello', in_reply_to_id: town.written.secret.id },
    })
    expect(replied.status).toBe(404)
    expect(told).toEqual([])
    expect(leaks(await readAll(eve), null)).toEqual([])
  }, 60_000)
})

describe('the documents for other servers', () => {
  const bob = () => town.bob.account
  const partsOf = (status: string) =>
    [
      '',
      '.json',
      '/activity',
      '/replies',
      '/replies?page=true',
      '/replies?page=true&only_other_accounts=true',
      '/likes',
      '/shares',
    ].map((part) => `${status}${part}`)
  const addressesOf = (account: AccountRow) => [`/users/${account.username}`, `/ap/users/${account.id}`]

  function statusPaths(id: string): string[] {
    return [...addressesOf(bob()).flatMap((actor) => partsOf(`${actor}/statuses/${id}`)), `/@bob/${id}`]
  }

  function collectionPaths(): string[] {
    const owners = [bob(), town.eve.account, town.alice.account, town.fay.account, ...town.waiting]
    return [
      ...owners
        .flatMap(addressesOf)
        .flatMap((actor) =>
          [
            '',
            '/outbox',
            '/outbox?page=true',
            '/outbox?page=true&min_id=0',
            '/followers',
            '/following',
            '/collections/featured',
            '/collections/tags',
          ].map((part) => `${actor}${part}`),
        ),
      ...partsOf(`/users/eve/statuses/${town.root.id}`),
      `/contexts/${town.eve.account.id}-${town.root.id}`,
      `/contexts/${town.eve.account.id}-${town.root.id}/items`,
      `/contexts/${bob().id}-${town.written.secret.id}`,
      `/contexts/${bob().id}-${town.written.secret.id}/items`,
      '/actor/outbox?page=true',
    ]
  }

  const local = () => Object.values(town.written).filter(({ account_id }) => account_id === bob().id)
  const unsigned = (path: string) => web.get(path, { headers: AP })
  const signedByDan = (path: string) =>
    sendSigned(
      web.url,
      signDelivery(
        { keyId: `${actorUri(ctx.config, town.dan)}#main-key`, privateKey: town.dan.testPrivateKey },
        '',
        { host: 'social.test', target: path },
        { method: 'GET' },
      ),
    )

  it('SEC-PRIV-04 SEC-PRIV-06 SEC-PRIV-07 hold none of it, neither for the unsigned nor for a stranger', async () => {
    const paths = [...local().flatMap(({ id }) => statusPaths(id)), ...collectionPaths()]
    const seen: string[] = []
    let shown = 0
    for (const path of paths)
      for (const ask of [unsigned, signedByDan]) {
        const { status, text } = await ask(path)
        expect([path, status < 500]).toEqual([path, true])
        if (status === 200) shown += 1
        seen.push(...leaksIn(text, null).map((word) => `${word} by ${path}`))
      }
    expect(seen).toEqual([])
    expect(shown).toBeGreaterThan(50)
  }, 60_000)

  it('SEC-PRIV-01 say the same of what is hidden and of what is not there', async () => {
    const unused = '109999999999999999'
    const missing = new Map<string, object>()
    for (const path of statusPaths(unused))
      missing.set(path.replace(unused, 'ID'), comparable(await unsigned(path)))
    for (const { id } of local())
      for (const path of statusPaths(id))
        expect([path, comparable(await unsigned(path))]).toEqual([path, missing.get(path.replace(id, 'ID'))])
    const noConversation = await unsigned(`/contexts/${bob().id}-${unused}`)
    const hidden = await unsigned(`/contexts/${bob().id}-${town.written.secret.id}`)
    expect(comparable(hidden)).toEqual(comparable(noConversation))
  }, 60_000)
})

function comparable({ status, text, headers }: TestAnswer) {
  return { status, text, headers: [...headers].filter(([name]) => !['date', 'x-request-id'].includes(name)) }
}

describe('pages and files', () => {
  const paths = () => [
    '/',
    '/public',
    '/tags/planted',
    '/@bob',
    '/@carol@mastodon.example',
    '/@eve',
    `/@eve/${town.root.id}`,
    ...town.all.flatMap(({ id }) => [
      `/@bob/${id}`,
      `/statuses/${id}`,
      `/redirect/statuses/${id}`,
      `/@bob/${id}/favourites`,
    ]),
    `/media_proxy/${town.picture.id}/original`,
    `/media_proxy/${town.remotePicture.id}/original`,
    `/authorize_interaction?uri=${encodeURIComponent(town.written.remotePrivate.uri ?? '')}`,
  ]

  it('SEC-PRIV-05 SEC-PRIV-27 show none of it to visitors and strangers, and no file of it', async () => {
    const eve = openBrowser(web)
    await eve.signIn(town.eve.user.email, TEST_PASSWORD)
    const seen: string[] = []
    for (const path of paths())
      for (const answer of [await web.get(path, { headers: { accept: 'text/html' } }), await eve.get(path)]) {
        expect([path, answer.status < 500]).toEqual([path, true])
        const whole = answer.text + JSON.stringify([...answer.headers])
        seen.push(...leaksIn(whole, null).map((word) => `${word} by ${path}`))
        if (path.startsWith('/media_proxy')) expect([path, answer.status]).toEqual([path, 404])
      }
    expect(seen).toEqual([])
  }, 60_000)

  it('SEC-PRIV-05 there are no feeds beside them that would have to ask', async () => {
    for (const path of [
      '/@bob.rss',
      '/@bob.atom',
      '/users/bob.rss',
      '/tags/planted.rss',
      '/@bob/with_replies.rss',
    ])
      expect([path, (await web.get(path)).status]).toEqual([path, 404])
  })
})
