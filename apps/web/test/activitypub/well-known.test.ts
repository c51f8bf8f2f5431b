import type { Ctx } from '@anancus/core/kernel/context'
import type { Viewer } from '@anancus/core/kernel/viewer'
import { closeTestContext, testContext } from '@anancus/core/testing/context'
import { resetDatabase } from '@anancus/core/testing/reset'
import { factories } from '@anancus/db/testing/make'
import { startWeb, type TestWeb } from '../support/server.ts'

let ctx: Ctx
let web: TestWeb
let alice: Viewer

beforeAll(async () => {
  ctx = await testContext({
    env: {
      LOCAL_DOMAIN: 'example.com',
      WEB_DOMAIN: 'social.example.com',
      ALTERNATE_DOMAINS: 'old.example.com',
    },
  })
  web = await startWeb(ctx)
})
afterAll(async () => {
  await web.close()
  await closeTestContext(ctx)
})
beforeEach(async () => {
  await resetDatabase(ctx)
  alice = await factories(ctx.db).viewer({ account: { username: 'alice', id_scheme: 0 } })
})

const finger = (resource: string) =>
  web.get(`/.well-known/webfinger?resource=${encodeURIComponent(resource)}`)

describe('WebFinger', () => {
  it.each([
    'acct:alice@example.com',
    'acct:ALICE@Example.COM',
    'alice@example.com',
    'acct:alice@social.example.com',
    'acct:alice@old.example.com',
    'https://social.example.com/users/alice',
    'https://social.example.com/@alice',
    'https://social.example.com/ap/users/ID',
  ])('finds alice by %s', async (resource) => {
    const answer = await finger(resource.replace('ID', alice.account.id))
    expect(answer.status).toBe(200)
    expect(answer.body.subject).toBe('acct:alice@example.com')
  })

  it('tells where her profile and her actor are, to anybody, for three days', async () => {
    const answer = await finger('acct:alice@example.com')
    expect(answer.headers.get('content-type')).toBe('application/jrd+json; charset=utf-8')
    expect(answer.headers.get('cache-control')).toBe('max-age=259200, public')
    expect(answer.headers.get('access-control-allow-origin')).toBe('*')
    const base = 'https://social.example.com'
    expect(answer.body).toEqual({
      subject: 'acct:alice@example.com',
      aliases: [`${base}/@alice`, `${base}/users/alice`],
      links: [
        { rel: 'http://webfinger.net/rel/profile-page', type: 'text/html', href: `${base}/@alice` },
        { rel: 'self', type: 'application/activity+json', href: `${base}/users/alice` },
        {
          rel: 'http://ostatus.org/schema/1.0/subscribe',
          template: `${base}/authorize_interaction?uri={uri}`,
        },
        { rel: 'https://w3id.org/fep/3b86/Create', template: `${base}/share?text={content}` },
        { rel: 'https://w3id.org/fep/3b86/Object', template: `${base}/authorize_interaction?uri={object}` },
      ],
    })
  })

  it.each([
    'example.com',
    'social.example.com',
    'https://example.com/',
    'https://social.example.com',
    'https://social.example.com/actor',
    'acct:example.com@example.com',
    'acct:social.example.com@social.example.com',
  ])('finds the server itself by %s', async (resource) => {
    expect((await finger(resource)).body).toMatchObject({
      subject: 'acct:example.com@example.com',
      aliases: ['https://social.example.com/actor'],
    })
  })

  it.each([
    ['', 400],
    ['alice', 400],
    ['a@b@c', 400],
    ['acct:nobody@example.com', 404],
    ['acct:alice@other.example', 404],
    ['acct:alice@exam.ple/com', 404],
    ['https://other.example/users/alice', 404],
    ['https://social.example.com/users/alice/statuses/1', 404],
    ['https://social.example.com/ap/users/1', 404],
  ])('answers %j with %d, kept for three minutes', async (resource, status) => {
    const answer = await finger(resource)
    expect(answer.status).toBe(status)
    expect(answer.headers.get('cache-control')).toBe('max-age=180, public')
  })

  it('answers 410 about somebody suspended for good', async () => {
    await ctx.db('accounts').where({ id: alice.account.id }).update({ suspended_at: new Date() })
    expect((await finger('acct:alice@example.com')).status).toBe(410)
  })
})

describe('links that browsers bring', () => {
  it.each([
    [
      '/.well-known/proxy?uri=https%3A%2F%2Ffar.example%2F1',
      '/authorize_interaction?uri=https%3A%2F%2Ffar.example%2F1',
    ],
    [
      `/intent?uri=${encodeURIComponent('web+mastodon://follow?uri=acct:bob@far.example')}`,
      '/authorize_interaction?uri=bob%40far.example',
    ],
    [`/intent?uri=${encodeURIComponent('web+mastodon://share?text=Tea & cake')}`, '/share?text=Tea+'],
  ])('%s leads to %s', async (path, target) => {
    const answer = await web.get(path)
    expect([answer.status, answer.headers.get('location')]).toEqual([302, target])
  })

  it.each([
    '/intent',
    '/intent?uri=web%2Bmastodon%3A%2F%2Fdance',
    '/intent?uri=https%3A%2F%2Ffollow%2F%3Furi%3Dbob',
  ])('%s is not found', async (path) => {
    expect((await web.get(path)).status).toBe(404)
  })
})

describe('host-meta and NodeInfo', () => {
  it('lead to WebFinger', async () => {
    const template = 'https://social.example.com/.well-known/webfinger?resource={uri}'
    const xml = await web.get('/.well-known/host-meta')
    expect(xml.headers.get('content-type')).toBe('application/xrd+xml; charset=utf-8')
    expect(xml.text).toContain(`<Link rel="lrdd" template="${template}"/>`)
    for (const answer of [
      await web.get('/.well-known/host-meta.json'),
      await web.get('/.well-known/host-meta', { headers: { accept: 'application/json' } }),
    ])
      expect(answer.body).toEqual({ links: [{ rel: 'lrdd', template }] })
  })

  it('SEC-INFO-04 describe the server by documented members only', async () => {
    const { body } = await web.get('/.well-known/nodeinfo')
    expect(body.links.map((link: { href: string }) => link.href)).toEqual([
      'https://social.example.com/nodeinfo/2.0',
      'https://social.example.com/nodeinfo/2.1',
      'https://social.example.com/actor',
    ])
    expect(body.links.at(-1).rel).toBe('https://www.w3.org/ns/activitystreams#Application')
    const two = await web.get('/nodeinfo/2.0')
    expect(two.headers.get('cache-control')).toBe('max-age=1800, public')
    expect(two.body).toEqual({
      version: '2.0',
      software: { name: 'anancus', version: expect.any(String) },
      protocols: ['activitypub'],
      services: { outbound: [], inbound: [] },
      usage: { users: { total: 1, activeMonth: 0, activeHalfyear: 0 }, localPosts: 0 },
      openRegistrations: expect.any(Boolean),
      metadata: { nodeName: expect.any(String), nodeDescription: expect.any(String) },
    })
    expect((await web.get('/nodeinfo/2.1')).body).toMatchObject({
      version: '2.1',
      software: { repository: expect.any(String) },
    })
  })
})
