import type { Ctx } from '@anancus/core/kernel/context'
import { closeTestContext, testContext } from '@anancus/core/testing/context'
import { resetDatabase } from '@anancus/core/testing/reset'
import type { Viewer } from '@anancus/core/kernel/viewer'
import { type Factories, factories } from '@anancus/db/testing/make'
import { startWeb, type TestWeb } from '../support/server.ts'

const AP = { accept: 'application/activity+json' }
const BASE = 'https://social.test'

let ctx: Ctx
let web: TestWeb
let make: Factories
let alice: Viewer

beforeAll(async () => {
  ctx = await testContext()
  web = await startWeb(ctx)
})
afterAll(async () => {
  await web.close()
  await closeTestContext(ctx)
})
beforeEach(async () => {
  await resetDatabase(ctx)
  make = factories(ctx.db)
  alice = await make.viewer({
    account: {
      username: 'alice',
      display_name: 'Alice',
      note: 'I like #Birds and @alice',
      fields: [{ name: 'Site', value: 'https://alice.example' }],
      id_scheme: 1,
      created_at: new Date('2026-02-03T10:11:12Z'),
    } as never,
  })
})

const document = (path: string) => web.get(path, { headers: AP })

describe('an actor', () => {
  it('is the same document under both addresses and the handle, with its own id', async () => {
    const id = `${BASE}/ap/users/${alice.account.id}`
    for (const path of [
      '/users/alice',
      `/ap/users/${alice.account.id}`,
      '/@alice',
      '/users/ALICE',
      '/users/alice.json',
    ]) {
      const answer = await document(path)
      expect(answer.status).toBe(200)
      expect(answer.headers.get('content-type')).toBe('application/activity+json; charset=utf-8')
      expect(answer.body.id).toBe(id)
    }
  })

  it('keeps the old scheme where the account was made with it', async () => {
    const old = await make.account({ username: 'old', id_scheme: 0 })
    expect((await document(`/ap/users/${old.id}`)).body.id).toBe(`${BASE}/users/old`)
  })

  it('says everything other servers look for', async () => {
    const id = `${BASE}/ap/users/${alice.account.id}`
    expect((await document('/users/alice')).body).toEqual({
      '@context': [
        'https://www.w3.org/ns/activitystreams',
        'https://purl.archive.org/socialweb/webfinger',
        'https://w3id.org/security/v1',
        expect.objectContaining({
          toot: 'http://joinmastodon.org/ns#',
          discoverable: 'toot:discoverable',
          manuallyApprovesFollowers: 'as:manuallyApprovesFollowers',
          PropertyValue: 'schema:PropertyValue',
          Hashtag: 'as:Hashtag',
        }),
      ],
      id,
      webfinger: 'alice@social.test',
      type: 'Person',
      following: `${id}/following`,
      followers: `${id}/followers`,
      inbox: `${id}/inbox`,
      outbox: `${id}/outbox`,
      featured: `${id}/collections/featured`,
      featuredTags: `${id}/collections/tags`,
      featuredCollections: `${id}/featured_collections`,
      interactionPolicy: { canFeature: { automaticApproval: [id] } },
      preferredUsername: 'alice',
      name: 'Alice',
      summary: expect.stringContaining(`href="${BASE}/@alice"`),
      url: `${BASE}/@alice`,
      manuallyApprovesFollowers: false,
      discoverable: false,
      indexable: false,
      published: '2026-02-03T00:00:00Z',
      memorial: false,
      showFeatured: true,
      showMedia: true,
      showRepliesInMedia: true,
      publicKey: { id: `${id}#main-key`, owner: id, publicKeyPem: alice.account.public_key },
      assertionMethod: [
        {
          id: `${id}#ed25519-key`,
          type: 'Multikey',
          controller: id,
          publicKeyMultibase: expect.stringMatching(/^z6Mk/),
        },
      ],
      tag: [{ type: 'Hashtag', href: `${BASE}/tags/birds`, name: '#Birds' }],
      attachment: [
        { type: 'PropertyValue', name: 'Site', value: expect.stringContaining('rel="nofollow noopener me"') },
      ],
      endpoints: { sharedInbox: `${BASE}/inbox` },
    })
  })

  it.each([
    ['application/ld+json; profile="https://www.w3.org/ns/activitystreams"', 200],
    ['application/json', 200],
    ['text/html;q=0.1, application/activity+json', 200],
    ['text/html,application/xhtml+xml,*/*;q=0.8', 301],
    ['*/*', 301],
    ['application/activity+json;q=0.1, text/html', 301],
    ['x'.repeat(10_000), 301],
  ])('negotiates %s: %d', async (accept, status) => {
    const answer = await web.get('/users/alice', { headers: { accept } })
    expect(answer.status).toBe(status)
    if (status !== 301) return
    expect(answer.headers.get('location')).toBe(`${BASE}/@alice`)
    expect(answer.headers.get('vary')).toBe('Origin, Accept')
  })

  it('may be kept by shared caches for three minutes, unless a cookie says who asks', async () => {
    const answer = await document('/users/alice')
    expect(answer.headers.get('cache-control')).toBe('max-age=180, public')
    expect(answer.headers.get('vary')).toBe('Accept, Accept-Language, Cookie')
    const mine = await web.get('/users/alice', { headers: { ...AP, cookie: 'x=1' } })
    expect(mine.headers.get('cache-control')).toBe('private, no-store')
  })

  it('is missing where there is none, not let in yet, or remote', async () => {
    await make.remoteAccount({ username: 'carol' })
    await make.user({ account: await make.account({ username: 'new' }), confirmed_at: null })
    await make.user({ account: await make.account({ username: 'pending' }), approved: false })
    for (const name of ['nobody', 'carol', 'new', 'pending'])
      expect((await document(`/users/${name}`)).status).toBe(404)
    for (const id of ['0', 'x', '99999999999999999999999', '1e3'])
      expect((await document(`/ap/users/${id}`)).status).toBe(404)
  })

  it('suspended for now is blank and says so; for good it is gone', async () => {
    const { id } = alice.account
    await ctx.db('accounts').where({ id }).update({ suspended_at: new Date() })
    await ctx.db('account_deletion_requests').insert({ account_id: id })
    const blank = (await document('/users/alice')).body
    expect(blank).toMatchObject({ suspended: true, name: 'alice', summary: '', tag: [], attachment: [] })
    expect((await document('/users/alice/outbox')).status).toBe(403)
    await ctx.db('account_deletion_requests').delete()
    for (const path of ['/users/alice', '/users/alice/outbox', '/users/alice/followers']) {
      const gone = await document(path)
      expect(gone.status).toBe(410)
      expect(gone.headers.get('cache-control')).toBe('max-age=180, public')
    }
  })
})

describe('the instance actor', () => {
  it('is an Application that everybody may read for ten minutes', async () => {
    const answer = await web.get('/actor')
    expect(answer.body).toMatchObject({
      id: `${BASE}/actor`,
      type: 'Application',
      preferredUsername: 'social.test',
      inbox: `${BASE}/actor/inbox`,
      outbox: `${BASE}/actor/outbox`,
      url: `${BASE}/about/more?instance_actor=true`,
      publicKey: { id: `${BASE}/actor#main-key`, owner: `${BASE}/actor` },
      implements: [{ href: 'https://datatracker.ietf.org/doc/html/rfc9421' }],
    })
    expect(answer.headers.get('cache-control')).toBe('max-age=600, public')
    expect(answer.headers.get('vary')).toBeNull()
    expect((await document('/actor/outbox')).body).toMatchObject({ type: 'OrderedCollection', totalItems: 0 })
  })
})

describe('collections of an actor', () => {
  it('list followers twelve a page, and only their number when they are hidden', async () => {
    const followers = []
    for (let n = 0; n < 13; n++) {
      const account = await make.remoteAccount({ domain: `${n}.test` })
      await make.follow({ account, target: alice.account })
      followers.unshift(account.uri)
    }
    await ctx.db('account_stats').where({ account_id: alice.account.id }).update({ followers_count: 13 })
    const id = `${BASE}/ap/users/${alice.account.id}/followers`
    expect((await document('/users/alice/followers')).body).toMatchObject({
      id,
      type: 'OrderedCollection',
      totalItems: 13,
      first: `${id}?page=1`,
    })
    expect((await document('/users/alice/followers?page=1')).body).toMatchObject({
      id: `${id}?page=1`,
      type: 'OrderedCollectionPage',
      partOf: id,
      next: `${id}?page=2`,
      orderedItems: followers.slice(0, 12),
    })
    const last = (await document('/users/alice/followers?page=2')).body
    expect(last.orderedItems).toEqual(followers.slice(12))
    expect(last).not.toHaveProperty('next')
    await ctx.db('accounts').where({ id: alice.account.id }).update({ hide_collections: true })
    const hidden = (await document('/users/alice/followers')).body
    expect(hidden).toMatchObject({ totalItems: 13 })
    expect(hidden).not.toHaveProperty('first')
    expect((await document('/users/alice/followers?page=1')).status).toBe(403)
    expect((await document('/users/alice/following')).body).toMatchObject({ totalItems: 0 })
  })

  it('show pinned statuses whole, and one for followers by its address', async () => {
    const open = await make.status({ account: alice.account })
    const secret = await make.status({ account: alice.account, visibility: 'private' })
    await make.pin({ status: open })
    await make.pin({ status: secret })
    const { body } = await document('/users/alice/collections/featured')
    const id = `${BASE}/ap/users/${alice.account.id}`
    expect(body).toMatchObject({ type: 'OrderedCollection', totalItems: 2 })
    expect(body.orderedItems).toEqual([
      `${id}/statuses/${secret.id}`,
      expect.objectContaining({ id: `${id}/statuses/${open.id}`, type: 'Note' }),
    ])
    expect((await document('/users/alice/collections/tags')).body).toMatchObject({
      type: 'Collection',
      items: [],
    })
  })
})
