import type { Ctx } from '@anancus/core/kernel/context'
import type { Viewer } from '@anancus/core/kernel/viewer'
import { closeTestContext, testContext } from '@anancus/core/testing/context'
import { signDelivery } from '@anancus/core/testing/remote'
import { resetDatabase } from '@anancus/core/testing/reset'
import type { AccountRow, StatusRow } from '@anancus/db'
import { type Factories, factories } from '@anancus/db/testing/make'
import { sendSigned } from '../support/send-signed.ts'
import { startWeb, type TestWeb } from '../support/server.ts'

const AP = { accept: 'application/activity+json' }
const BASE = 'https://social.test'
const PUBLIC = 'https://www.w3.org/ns/activitystreams#Public'

let ctx: Ctx
let web: TestWeb
let make: Factories
let alice: Viewer
let carol: AccountRow & { testPrivateKey: string }

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
  alice = await make.viewer({ account: { username: 'alice', id_scheme: 0 } })
  carol = await make.remoteAccount({ username: 'carol', domain: 'mastodon.example' })
})

const document = (path: string) => web.get(path, { headers: AP })
const pathOf = (status: StatusRow, rest = '') => `/users/alice/statuses/${status.id}${rest}`
const asCarol = (target: string, privateKey = carol.testPrivateKey) =>
  sendSigned(
    web.url,
    signDelivery(
      { keyId: `${carol.uri}#main-key`, privateKey },
      '',
      { host: 'social.test', target },
      { method: 'GET' },
    ),
  )

describe('a status', () => {
  it('is a Note', async () => {
    const media = await make.media({
      account: alice.account,
      description: 'A bird',
      file_meta: { original: { width: 10, height: 20 }, focus: { x: 0.1, y: -0.2 } },
    } as never)
    const dan = await make.account({ username: 'dan' })
    const status = await make.status({
      account: alice.account,
      text: 'Hello @carol@mastodon.example and @dan, look: #Birds',
      spoiler_text: 'Careful',
      language: 'en',
      mentions: [carol, dan],
      tags: ['birds'],
      media: [media],
      created_at: new Date('2026-05-05T10:00:00.123Z'),
      stats: { favourites_count: '3', reblogs_count: '2' },
    })
    const id = `${BASE}/users/alice/statuses/${status.id}`
    const { body } = await document(pathOf(status))
    expect(body).toMatchObject({
      id,
      type: 'Note',
      summary: 'Careful',
      inReplyTo: null,
      published: '2026-05-05T10:00:00Z',
      url: `${BASE}/@alice/${status.id}`,
      attributedTo: `${BASE}/users/alice`,
      to: [PUBLIC],
      cc: [`${BASE}/users/alice/followers`, carol.uri, expect.stringContaining(`${BASE}/`)],
      sensitive: false,
      contentMap: { en: body.content },
      tag: [
        { type: 'Mention', href: carol.uri, name: '@carol@mastodon.example' },
        { type: 'Mention', name: '@dan' },
        { type: 'Hashtag', href: `${BASE}/tags/birds`, name: '#birds' },
      ],
      likes: { id: `${id}/likes`, type: 'Collection', totalItems: 3 },
      shares: { id: `${id}/shares`, type: 'Collection', totalItems: 2 },
      replies: {
        id: `${id}/replies`,
        type: 'Collection',
        first: { type: 'CollectionPage', partOf: `${id}/replies`, items: [] },
      },
      interactionPolicy: { canQuote: { automaticApproval: [`${BASE}/users/alice`] } },
    })
    expect(body.attachment).toEqual([
      expect.objectContaining({
        type: 'Document',
        name: 'A bird',
        focalPoint: [0.1, -0.2],
        width: 10,
        height: 20,
      }),
    ])
    expect(body.replies.first).not.toHaveProperty('id')
    expect(body).not.toHaveProperty('updated')
    expect(body.content).toContain('<a href="https://mastodon.example/@carol" class="u-url mention">')
  })

  it.each([
    ['public', [PUBLIC], ['followers', 'carol']],
    ['unlisted', ['followers'], [PUBLIC, 'carol']],
    ['private', ['followers'], ['carol']],
    ['direct', ['carol'], []],
  ] as const)('%s is addressed as it should be', async (visibility, to, cc) => {
    const status = await make.status({ account: alice.account, visibility, mentions: [carol] })
    await make.follow({ account: carol, target: alice.account })
    const { body } = await asCarol(pathOf(status))
    const named = (names: readonly string[]) =>
      names.map((name) =>
        name === 'followers' ? `${BASE}/users/alice/followers` : name === 'carol' ? carol.uri : name,
      )
    expect([body.to, body.cc]).toEqual([named(to), named(cc)])
  })

  it('in reply to others names them, and its conversation', async () => {
    const parent = await make.status({ account: carol })
    const reply = await make.status({ account: alice.account, inReplyTo: parent })
    const { body } = await document(pathOf(reply))
    expect(body).toMatchObject({ inReplyTo: parent.uri, inReplyToAtomUri: parent.uri })
    expect(typeof body.conversation).toBe('string')
  })

  it('that was edited says when', async () => {
    const edited_at = new Date('2026-05-06T10:00:00Z')
    const status = await make.status({ account: alice.account, edited_at })
    expect((await document(pathOf(status))).body.updated).toBe('2026-05-06T10:00:00Z')
  })

  it('as a page is elsewhere', async () => {
    const status = await make.status({ account: alice.account })
    const answer = await web.get(pathOf(status), { headers: { accept: 'text/html' } })
    expect([answer.status, answer.headers.get('location')]).toEqual([301, `${BASE}/@alice/${status.id}`])
    expect((await document(`/@alice/${status.id}`)).body.type).toBe('Note')
  })

  it('is under its author only', async () => {
    const status = await make.status({ account: alice.account })
    await make.viewer({ account: { username: 'bob' } })
    expect((await document(`/users/bob/statuses/${status.id}`)).status).toBe(404)
    const remote = await make.status({ account: carol })
    expect((await document(pathOf(remote))).status).toBe(404)
    expect((await document('/users/alice/statuses/x')).status).toBe(404)
  })

  it('SEC-SIG-07 for followers is shown to a signed follower and to nobody else', async () => {
    const status = await make.status({ account: alice.account, visibility: 'private' })
    expect((await document(pathOf(status))).status).toBe(404)
    expect((await asCarol(pathOf(status))).status).toBe(404)
    await make.follow({ account: carol, target: alice.account })
    const shown = await asCarol(pathOf(status))
    expect(shown.status).toBe(200)
    expect(shown.headers['cache-control']).toBe('private, no-store')
    const other = await make.remoteAccount({ domain: 'other.example' })
    expect((await asCarol(pathOf(status), other.testPrivateKey)).status).toBe(404)
    for (const part of ['/activity', '/replies', '/likes', '/shares']) {
      expect((await document(pathOf(status, part))).status).toBe(404)
      expect((await asCarol(pathOf(status, part))).status).toBe(200)
    }
  })

  it('is hidden from whom its author blocks, who says so by signing', async () => {
    const status = await make.status({ account: alice.account })
    await make.block({ account: alice.account, target: carol })
    expect((await asCarol(pathOf(status))).status).toBe(404)
    expect((await document(pathOf(status))).status).toBe(200)
  })

  it('SEC-SIG-15 is hidden from the suspended and from blocked servers', async () => {
    const status = await make.status({ account: alice.account, visibility: 'private' })
    await make.follow({ account: carol, target: alice.account })
    await ctx.db('domain_blocks').insert({ domain: 'mastodon.example', severity: 1 })
    expect((await asCarol(pathOf(status))).status).toBe(403)
    await ctx.db('domain_blocks').delete()
    await ctx.db('accounts').where({ id: carol.id }).update({ suspended_at: new Date() })
    expect((await asCarol(pathOf(status))).status).toBe(403)
  })

  it('that was deleted is gone, with a Tombstone; a private one was never there', async () => {
    const status = await make.status({ account: alice.account, deleted_at: new Date() })
    const answer = await document(pathOf(status))
    expect([answer.status, answer.body]).toEqual([
      410,
      {
        '@context': 'https://www.w3.org/ns/activitystreams',
        id: `${BASE}/users/alice/statuses/${status.id}`,
        type: 'Tombstone',
      },
    ])
    const secret = await make.status({
      account: alice.account,
      visibility: 'private',
      deleted_at: new Date(),
    })
    expect((await document(pathOf(secret))).status).toBe(404)
  })
})

describe('its activity', () => {
  it('is a Create with the audience of the note', async () => {
    const status = await make.status({ account: alice.account })
    const { body } = await document(pathOf(status, '/activity'))
    const id = `${BASE}/users/alice/statuses/${status.id}`
    expect(body).toMatchObject({
      id: `${id}/activity`,
      type: 'Create',
      actor: `${BASE}/users/alice`,
      object: { id, type: 'Note' },
    })
    expect([body.to, body.cc]).toEqual([body.object.to, body.object.cc])
  })

  it('is an Announce for a reblog', async () => {
    const original = await make.status({ account: carol })
    const reblog = await make.status({ account: alice.account, reblogOf: original })
    expect((await document(pathOf(reblog, '/activity'))).body).toMatchObject({
      id: `${BASE}/users/alice/statuses/${reblog.id}/activity`,
      type: 'Announce',
      object: original.uri,
      to: [PUBLIC],
      cc: [`${BASE}/users/alice/followers`, carol.uri],
    })
  })
})

describe('replies', () => {
  it('are the author’s own first, then everybody’s; never what is private', async () => {
    const status = await make.status({ account: alice.account })
    const own = await make.status({ account: alice.account, inReplyTo: status })
    const theirs = await make.status({ account: carol, inReplyTo: status })
    await make.status({ account: alice.account, inReplyTo: status, visibility: 'private' })
    const id = `${BASE}/users/alice/statuses/${status.id}/replies`
    const root = (await document(pathOf(status, '/replies'))).body
    expect(root).toMatchObject({ id, type: 'Collection', first: { type: 'CollectionPage', partOf: id } })
    expect(root.first.items).toEqual([
      expect.objectContaining({ id: `${BASE}/users/alice/statuses/${own.id}` }),
    ])
    const next = new URL(root.first.next)
    const others = (await document(next.pathname + next.search)).body
    expect(others.items).toEqual([theirs.uri])
    expect(others).not.toHaveProperty('next')
    expect((await document(pathOf(status))).body.replies.first.items).toEqual([
      `${BASE}/users/alice/statuses/${own.id}`,
    ])
  })
})

describe('the outbox', () => {
  it('pages through what anybody may see, newest first', async () => {
    const statuses: StatusRow[] = []
    for (let n = 0; n < 23; n++) statuses.unshift(await make.status({ account: alice.account }))
    await make.status({ account: alice.account, visibility: 'private' })
    await make.status({ account: alice.account, visibility: 'direct', mentions: [carol] })
    const id = `${BASE}/users/alice/outbox`
    expect((await document('/users/alice/outbox')).body).toMatchObject({
      id,
      type: 'OrderedCollection',
      totalItems: 24,
      first: `${id}?page=true`,
      last: `${id}?min_id=0&page=true`,
    })
    const first = await document('/users/alice/outbox?page=true')
    expect(first.headers.get('cache-control')).toBe('max-age=60, public')
    expect(first.body.orderedItems).toHaveLength(20)
    expect(first.body.orderedItems[0].object.id).toBe(`${BASE}/users/alice/statuses/${statuses[0]?.id}`)
    const next = new URL(first.body.next)
    const second = (await document(next.pathname + next.search)).body
    expect(second.orderedItems).toHaveLength(3)
    expect(second).not.toHaveProperty('next')
    const last = (await document('/users/alice/outbox?min_id=0&page=true')).body
    expect(last.orderedItems.at(-1).object.id).toBe(`${BASE}/users/alice/statuses/${statuses.at(-1)?.id}`)
  })

  it('shows a signed follower more, and the blocked nothing', async () => {
    await make.status({ account: alice.account, visibility: 'private' })
    await make.status({ account: alice.account, visibility: 'direct', mentions: [carol] })
    const shown = async () => (await asCarol('/users/alice/outbox?page=true')).body.orderedItems.length
    expect(await shown()).toBe(1)
    await make.follow({ account: carol, target: alice.account })
    expect(await shown()).toBe(2)
    await make.block({ account: alice.account, target: carol })
    expect(await shown()).toBe(0)
  })
})

describe('conversations', () => {
  it('list what is public in one that began here', async () => {
    const root = await make.status({ account: alice.account })
    await ctx
      .db('conversations')
      .where({ id: root.conversation_id })
      .update({ parent_account_id: alice.account.id, parent_status_id: root.id })
    const reply = await make.status({ account: carol, inReplyTo: root })
    await make.status({ account: carol, inReplyTo: root, visibility: 'private' })
    const id = `${BASE}/contexts/${alice.account.id}-${root.id}`
    expect((await document(pathOf(root))).body).toMatchObject({ conversation: id, context: id })
    const { body } = await document(new URL(id).pathname)
    expect(body).toMatchObject({ id, type: 'Collection', attributedTo: `${BASE}/users/alice` })
    expect(body.first.items).toEqual([`${BASE}/users/alice/statuses/${root.id}`, reply.uri])
    expect((await document('/contexts/1-2')).status).toBe(404)
    expect((await document('/contexts/x')).status).toBe(404)
  })
})

describe('a hashtag', () => {
  it('is there under its name once somebody has used it, and is a page for people', async () => {
    await ctx.db('tags').insert({ name: 'birds', display_name: 'Birds' })
    const answer = await web.get('/tags/Birds', { headers: { accept: 'application/activity+json' } })
    expect(answer.body).toEqual({
      '@context': 'https://www.w3.org/ns/activitystreams',
      id: `${ctx.config.baseUrl}/tags/birds`,
      type: 'OrderedCollection',
    })
    expect(answer.headers.get('cache-control')).toBe('max-age=180, public')
    expect((await web.get('/tags/fish', { headers: { accept: 'application/activity+json' } })).status).toBe(
      404,
    )
    const page = await web.get('/tags/birds', { headers: { accept: 'text/html' } })
    expect(page.headers.get('content-type')).toContain('text/html')
  })
})
