import type { AccountRow, StatusRow } from '@anancus/db'
import { factories } from '@anancus/db/testing/make'
import { closeTestContext, testContext } from '../../../testing/context.ts'
import { deliver } from '../../../testing/deliver.ts'
import { registerHandlers } from '../../../testing/drain-queues.ts'
import { allHandlers } from '../../../testing/handlers.ts'
import {
  activity,
  gone,
  type Remote,
  type RemoteActor,
  type Remotes,
  redirect,
  reply,
  startRemotes,
} from '../../../testing/remote.ts'
import { resetDatabase } from '../../../testing/reset.ts'
import type { Ctx } from '../../kernel/context.ts'
import { actorUri, statusUri } from '../../kernel/uris.ts'
import type { Viewer } from '../../kernel/viewer.ts'
import { resolveStatusByUri, resolveUrl } from '../statuses/index.ts'

const PUBLIC = 'https://www.w3.org/ns/activitystreams#Public'

let remotes: Remotes
let ctx: Ctx
let make: ReturnType<typeof factories>
let evil: Remote
let honest: Remote
let alice: Viewer
let mallory: RemoteActor
let victim: RemoteActor

beforeAll(async () => {
  remotes = await startRemotes(['e', 'v'])
  ctx = await testContext({ env: remotes.env })
  make = factories(ctx.db)
  registerHandlers(allHandlers)
})
afterAll(async () => {
  await closeTestContext(ctx)
  await remotes.close()
})
beforeEach(async () => {
  await resetDatabase(ctx)
  remotes.reset()
  evil = remotes.host('e')
  honest = remotes.host('v')
  alice = await make.viewer({ account: { username: 'alice' } })
  mallory = evil.actor('mallory')
  victim = honest.actor('victim')
  await followedBy(mallory)
  await followedBy(victim)
})

const alicesUri = () => actorUri(ctx.config, alice.account)
const accountOf = (actor: RemoteActor) =>
  ctx.db<AccountRow>('accounts').where({ uri: actor.uri }).first() as Promise<AccountRow>
const statusAt = (uri: string) => ctx.db<StatusRow>('statuses').where({ uri, deleted_at: null }).first()
const countOf = async (table: string) => Number((await ctx.db(table).count())[0]?.count)

/** Alice follows the actor, so that nothing is refused for being of no concern. */
async function followedBy(actor: RemoteActor): Promise<void> {
  await deliver(ctx, actor, activity(actor, 'View', alicesUri()))
  await make.follow({ account: alice.account, target: await accountOf(actor) })
}

async function posted(overrides: Record<string, unknown> = {}) {
  const note = honest.note(victim, overrides)
  await deliver(ctx, victim, activity(victim, 'Create', note))
  return note
}

/** Everything a forger might change. */
async function everything() {
  return {
    statuses: await ctx
      .db('statuses')
      .orderBy('id')
      .select('uri', 'text', 'visibility', 'account_id', 'deleted_at', 'edited_at'),
    mentions: await countOf('mentions'),
    notifications: await countOf('notifications'),
    victim: await ctx
      .db('accounts')
      .where({ uri: victim.uri })
      .select('public_key', 'inbox_url', 'display_name', 'suspended_at'),
  }
}

describe('what one server says of another’s', () => {
  it('SEC-ORG-03 SEC-FED-08 a Create of a known note by somebody else changes nothing', async () => {
    const secret = await posted({ to: [victim.followers], cc: [] })
    const before = await everything()
    const forged = {
      ...secret,
      attributedTo: mallory.uri,
      to: [PUBLIC],
      cc: [alicesUri()],
      tag: [{ type: 'Mention', href: alicesUri() }],
    }
    await deliver(ctx, mallory, activity(mallory, 'Create', forged))
    await deliver(ctx, mallory, activity(mallory, 'Create', secret.id))
    await deliver(ctx, mallory, activity(mallory, 'Announce', forged, { to: [PUBLIC] }))
    const bob = honest.actor('bob')
    await deliver(ctx, bob, activity(bob, 'Create', { ...forged, attributedTo: bob.uri }))
    expect(await everything()).toEqual(before)
  })

  it('SEC-ORG-17 an Update of another server’s note neither changes nor creates it', async () => {
    const known = await posted()
    const before = await everything()
    for (const id of [known.id, honest.url('/unknown')]) {
      const forged = { ...known, id, content: '<p>Forged</p>', updated: new Date().toISOString() }
      await deliver(ctx, mallory, activity(mallory, 'Update', forged))
      await deliver(ctx, mallory, activity(mallory, 'Update', id))
    }
    const bob = honest.actor('bob')
    await deliver(
      ctx,
      bob,
      activity(bob, 'Update', { ...known, content: '<p>Forged</p>', updated: new Date().toISOString() }),
    )
    expect(await everything()).toEqual(before)
  })

  it('SEC-FED-01 a Delete by somebody else has no effect', async () => {
    const known = await posted()
    const mine = await make.status({ account: alice.account })
    const before = await everything()
    const bob = honest.actor('bob')
    for (const actor of [mallory, bob]) {
      await deliver(ctx, actor, activity(actor, 'Delete', known.id))
      await deliver(ctx, actor, activity(actor, 'Delete', { id: known.id, type: 'Tombstone' }))
      await deliver(ctx, actor, activity(actor, 'Delete', { ...known }))
      await deliver(ctx, actor, activity(actor, 'Delete', victim.uri))
      await deliver(ctx, actor, activity(actor, 'Delete', { ...victim.document }))
      await deliver(ctx, actor, activity(actor, 'Delete', statusUri(ctx.config, mine, alice.account)))
    }
    expect(await everything()).toEqual(before)
  })

  it('SEC-FED-01 a Delete by a neighbour does not keep the note from being edited or sent again', async () => {
    const bob = honest.actor('bob')
    const note = honest.note(victim)
    await deliver(ctx, bob, activity(bob, 'Delete', note.id))
    await deliver(ctx, victim, activity(victim, 'Create', note))
    expect(await statusAt(note.id)).toBeDefined()
  })

  it('SEC-ORG-21 a replayed Create of a deleted note leaves it deleted, also after the row is gone', async () => {
    const note = await posted()
    const create = activity(victim, 'Create', note)
    await deliver(ctx, victim, activity(victim, 'Delete', note.id))
    await ctx.db('statuses').where({ uri: note.id }).delete()
    await deliver(ctx, victim, create)
    await deliver(ctx, mallory, activity(mallory, 'Announce', note.id, { to: [PUBLIC] }))
    expect(await ctx.db('statuses').where({ uri: note.id, deleted_at: null }).select()).toEqual([])
  })

  it.each([
    ['404', () => reply({ status: 404, body: {} })],
    ['403', () => reply({ status: 403, body: {} })],
    ['410', () => gone()],
  ])(
    'SEC-ORG-18 an Announce with an embedded note is nothing when its server answers %s',
    async (_status, answer) => {
      const note = honest.note(victim)
      honest.serve(new URL(note.id).pathname, answer())
      const boost = activity(mallory, 'Announce', { ...note, content: '<p>Forged</p>' }, { to: [PUBLIC] })
      await deliver(ctx, mallory, boost).catch((error) => expect(error.name).toBe('RemoteServerError'))
      expect(await ctx.db('statuses').select()).toEqual([])
    },
  )

  it('SEC-ORG-18 an Announce with an embedded note shows what its own server serves', async () => {
    const note = honest.note(victim)
    await deliver(
      ctx,
      mallory,
      activity(mallory, 'Announce', { ...note, content: '<p>Forged</p>' }, { to: [PUBLIC] }),
    )
    expect(await statusAt(note.id)).toMatchObject({ text: note.content })
  })

  it('SEC-ORG-06 embedded objects of another house are dropped, whichever property holds them', async () => {
    const parent = honest.note(victim)
    const fake = { ...parent, content: '<p>Forged</p>' }
    const note = evil.note(mallory, {
      inReplyTo: fake,
      quote: fake,
      replies: { type: 'Collection', first: { type: 'CollectionPage', items: [fake] } },
      attributedTo: { ...mallory.document, id: mallory.uri, name: 'Forged' },
    })
    await deliver(ctx, mallory, activity(mallory, 'Create', note))
    expect(await statusAt(parent.id)).toMatchObject({ text: parent.content })
    expect((await accountOf(mallory)).display_name).toBe('mallory')
    const forged = { ...activity(mallory, 'Like', 'x'), actor: { ...victim.document, name: 'Forged' } }
    await expect(deliver(ctx, mallory, forged)).rejects.toMatchObject({ status: 401 })
    expect((await accountOf(victim)).display_name).toBe('victim')
  })

  it('SEC-ORG-19 a pushed profile cannot change the key by itself', async () => {
    const before = await accountOf(victim)
    const forged = {
      ...victim.document,
      publicKey: {
        ...(victim.document.publicKey as object),
        publicKeyPem: (mallory.document.publicKey as { publicKeyPem: string }).publicKeyPem,
      },
    }
    await deliver(ctx, victim, activity(victim, 'Update', forged))
    expect((await accountOf(victim)).public_key).toBe(before.public_key)
    victim.document.publicKey = forged.publicKey
    await deliver(ctx, victim, activity(victim, 'Update', forged))
    expect((await accountOf(victim)).public_key).toBe(forged.publicKey.publicKeyPem)
  })

  it('a pushed profile of somebody else is refused', async () => {
    const before = await everything()
    await deliver(ctx, mallory, activity(mallory, 'Update', { ...victim.document, name: 'Forged' }))
    const bob = honest.actor('bob')
    await deliver(ctx, bob, activity(bob, 'Update', { ...victim.document, name: 'Forged' }))
    expect(await everything()).toEqual(before)
  })

  it('SEC-ORG-20 a list that claims to be of ours has no effect', async () => {
    const list = {
      id: evil.url('/list'),
      type: 'OrderedCollection',
      attributedTo: alicesUri(),
      orderedItems: [],
    }
    await deliver(ctx, mallory, activity(mallory, 'Create', list))
    await deliver(ctx, mallory, activity(mallory, 'Add', list, { target: alicesUri() }))
    expect(await ctx.db('statuses').select()).toEqual([])
  })

  it('SEC-FED-07 counts of others are cut to sense, and ours are counted here', async () => {
    const count = (totalItems: unknown) => ({ type: 'Collection', totalItems })
    const note = await posted({ likes: count(1e15), shares: count('abc') })
    const status = await statusAt(note.id)
    expect(await ctx.db('status_stats').where({ status_id: status?.id }).first()).toMatchObject({
      favourites_count: '0',
      untrusted_favourites_count: '2147483647',
      untrusted_reblogs_count: null,
    })
  })

  it('SEC-FED-13 an emoji is stored under the server that sent it, and an older one changes nothing', async () => {
    const emoji = (updated: string, url: string) => ({
      id: honest.url('/emojis/1'),
      type: 'Emoji',
      name: ':cat:',
      updated,
      icon: { type: 'Image', url },
    })
    await posted({ tag: [emoji('2026-02-01T00:00:00Z', honest.url('/new.png'))] })
    await posted({ tag: [emoji('2026-01-01T00:00:00Z', honest.url('/old.png'))] })
    const note = evil.note(mallory, { tag: [emoji('2026-03-01T00:00:00Z', evil.url('/evil.png'))] })
    await deliver(ctx, mallory, activity(mallory, 'Create', note))
    expect(await ctx.db('custom_emojis').orderBy('domain').select('domain', 'image_remote_url')).toEqual([
      { domain: evil.host, image_remote_url: evil.url('/evil.png') },
      { domain: honest.host, image_remote_url: honest.url('/new.png') },
    ])
  })

  it('SEC-FED-15 a hundred edits tell nobody who was told already', async () => {
    const note = await posted({
      cc: [alicesUri()],
      tag: [{ type: 'Mention', href: alicesUri(), name: '@alice' }],
      published: '2026-01-01T00:00:00Z',
    })
    const before = await countOf('notifications')
    for (let n = 1; n <= 20; n++) {
      const updated = new Date(Date.UTC(2026, 0, 1, 0, n)).toISOString()
      await deliver(
        ctx,
        victim,
        activity(victim, 'Update', { ...note, content: `<p>Edit ${n}</p>`, updated }),
      )
    }
    expect(await countOf('notifications')).toBe(before)
  })
})

describe('fetching a status', () => {
  it.each([
    'text/plain',
    'application/json',
    'text/html',
    'application/octet-stream',
    'application/ld+json',
    'image/png',
  ])('SEC-ORG-02 what is served as %s is no document', async (type) => {
    const note = honest.note(victim, { id: honest.url('/media/x.txt') })
    honest.serve('/media/x.txt', reply({ type, body: note }))
    await expect(resolveStatusByUri(ctx, note.id)).rejects.toMatchObject({ retryable: false })
    expect(await ctx.db('statuses').select()).toEqual([])
  })

  it.each([
    'application/activity+json; charset=utf-8',
    'application/ld+json; profile="https://www.w3.org/ns/activitystreams"',
    'application/ld+json;charset=utf-8;profile="https://example.com/x https://www.w3.org/ns/activitystreams"',
  ])('SEC-ORG-02 what is served as %s is one', async (type) => {
    const note = honest.note(victim, { id: honest.url('/note') })
    honest.serve('/note', reply({ type, body: note }))
    expect(await resolveStatusByUri(ctx, note.id)).toMatchObject({ uri: note.id })
  })

  it('SEC-ORG-01 a body with another server’s id is fetched from that server', async () => {
    const note = honest.note(victim)
    evil.serve('/a', { ...note, content: '<p>Forged</p>' })
    await resolveUrl(ctx, evil.url('/a'))
    expect(await statusAt(note.id)).toMatchObject({ text: note.content })
    expect(
      await ctx
        .db('statuses')
        .where({ uri: evil.url('/a') })
        .select(),
    ).toEqual([])
  })

  it('SEC-ORG-13 the final address is the origin: a redirect lends nobody another’s name', async () => {
    const claimed = honest.url('/obj')
    honest.serve('/obj', redirect(evil.url('/obj')))
    evil.serve('/obj', { ...honest.note(victim, { id: claimed }), content: '<p>Forged</p>' })
    honest.serve('/obj', redirect(evil.url('/obj')))
    expect(await resolveStatusByUri(ctx, claimed)).toBeNull()
    expect(await ctx.db('statuses').select()).toEqual([])
  })

  it('SEC-ORG-13 SEC-SSRF-18 nothing of our own is fetched or taken from others', async () => {
    const mine = await make.status({ account: alice.account })
    const uri = statusUri(ctx.config, mine, alice.account)
    expect(await resolveStatusByUri(ctx, uri)).toMatchObject({ id: mine.id })
    expect(await resolveStatusByUri(ctx, `${ctx.config.baseUrl}/media/upload.json`)).toBeNull()
    evil.serve('/x', { ...evil.note(mallory), id: `${ctx.config.baseUrl}/media/upload.json` })
    expect(await resolveUrl(ctx, evil.url('/x'))).toBeNull()
    expect(await countOf('statuses')).toBe(1)
  })

  it('SEC-ORG-12 an id is the authority, a url is not', async () => {
    const one = evil.note(mallory, { url: honest.url('/page') })
    expect(await resolveStatusByUri(ctx, one.id)).toMatchObject({ uri: one.id, url: one.id })
    const two = evil.url('/swapped')
    evil.serve('/swapped', { ...evil.note(mallory), id: honest.url('/not-there'), url: two })
    expect(await resolveUrl(ctx, two)).toBeNull()
  })

  it('an author of another house is no author', async () => {
    const note = evil.note(mallory, { attributedTo: victim.uri })
    expect(await resolveStatusByUri(ctx, note.id)).toBeNull()
  })

  it('is done as somebody who may see it', async () => {
    const secret = honest.note(victim, { to: [victim.followers], cc: [] })
    expect(await resolveStatusByUri(ctx, secret.id, { onBehalfOf: alice.account.id })).toBeTruthy()
    const request = honest.requests.findLast(({ path }) => path === new URL(secret.id).pathname)
    expect(request?.headers.signature).toContain(`keyId="${alicesUri()}#main-key"`)
  })

  it('that is gone removes the copy of a public one, when asked afresh', async () => {
    const note = await posted()
    honest.serve(new URL(note.id).pathname, gone())
    expect(await resolveStatusByUri(ctx, note.id, { fresh: true })).toBeNull()
    expect(await statusAt(note.id)).toBeUndefined()
  })

  it('finds the document behind a page, by its link or its header', async () => {
    const note = honest.note(victim)
    const type = 'application/activity+json'
    honest.serve(
      '/page',
      reply({
        type: 'text/html',
        body: `<html><head><link rel="alternate" type="${type}" href="${note.id}"></head>`,
      }),
    )
    honest.serve(
      '/head',
      reply({
        type: 'text/html',
        body: '',
        headers: { link: `<${note.id}>; rel="alternate"; type="${type}"` },
      }),
    )
    for (const path of ['/page', '/head'])
      expect(await resolveUrl(ctx, honest.url(path))).toMatchObject({
        kind: 'status',
        status: { uri: note.id },
      })
    expect(await resolveUrl(ctx, honest.url('/@victim-page'))).toBeNull()
  })

  it('SEC-DOS-01 SEC-DOS-07 a page that is a trap costs little and leads nowhere', async () => {
    const start = performance.now()
    honest.serve(
      '/trap',
      reply({ type: 'text/html', body: '<a'.repeat(300_000) + '<link rel="alternate'.repeat(10_000) }),
    )
    expect(await resolveUrl(ctx, honest.url('/trap'))).toBeNull()
    expect(performance.now() - start).toBeLessThan(2_000)
    const link = (to: string) =>
      reply({ type: 'text/html', body: `<link rel=alternate type="application/activity+json" href="${to}">` })
    honest.serve('/a', link(honest.url('/b')))
    honest.serve('/b', link(honest.url('/a')))
    honest.requests.length = 0
    await expect(resolveUrl(ctx, honest.url('/a'))).rejects.toMatchObject({ retryable: false })
    expect(honest.requests).toHaveLength(2)
  })
})

describe('what grows without end', () => {
  it('SEC-DOS-10 a thread is climbed to a limit', async () => {
    let count = 0
    const ids: string[] = []
    const endless = (n: number): object => {
      count++
      const id = evil.url(`/n/${n}`)
      ids.push(id)
      evil.serve(`/n/${n + 1}`, () => endless(n + 1))
      return {
        ...evil.note(mallory, { id: 'http://unused.localhost/' }),
        id,
        inReplyTo: evil.url(`/n/${n + 1}`),
      }
    }
    evil.serve('/n/0', () => endless(0))
    await deliver(ctx, mallory, activity(mallory, 'Create', evil.url('/n/0')))
    expect(count).toBeGreaterThan(10)
    expect(count).toBeLessThanOrEqual(60)
  })

  it('SEC-DOS-10 SEC-DOS-16 a note that names thousands makes us ask about few', async () => {
    const tag = Array.from({ length: 5_000 }, (_, n) => ({ type: 'Mention', href: evil.url(`/users/m${n}`) }))
    const note = evil.note(mallory, { tag })
    evil.requests.length = 0
    await deliver(ctx, mallory, activity(mallory, 'Create', note))
    expect(await statusAt(note.id)).toBeDefined()
    expect(evil.requests.length).toBeLessThanOrEqual(100)
  })

  it('SEC-DOS-03 SEC-ORG-04 SEC-XSS-04 SEC-XSS-13 an actor of absurd size and shape is cut to its limits', async () => {
    const many = <T>(count: number, make: (n: number) => T) =>
      Array.from({ length: count }, (_, n) => make(n))
    const big = evil.actor('big', {
      name: 'n'.repeat(50_000),
      summary: 's'.repeat(100_000),
      url: ['javascript:alert(1)', { type: 'Link', href: 'data:text/html,x' }, honest.url('/@victim')],
      outbox: 'file:///etc/passwd',
      followers: {},
      following: 'https:///x',
      featured: 'javascript:alert(1)',
      endpoints: { sharedInbox: ['gopher://x', 'y'] },
      alsoKnownAs: many(2_000, (n) => evil.url(`/${n}`)),
      attributionDomains: ['blog.example', 'https://x.example', {}, 'a/b', 7],
      attachment: many(100, (n) => ({
        type: 'PropertyValue',
        name: `<b>${n}</b>`,
        value: 'v'.repeat(3_000),
      })),
      tag: many(3_000, (n) => ({ type: 'Emoji', name: `:e${n}:`, icon: { url: evil.url('/e.png') } })),
    })
    await deliver(ctx, big, activity(big, 'View', alicesUri()))
    const row = await accountOf(big)
    expect(row).toMatchObject({
      url: big.uri,
      outbox_url: '',
      followers_url: '',
      following_url: '',
      featured_collection_url: '',
      shared_inbox_url: '',
      attribution_domains: ['blog.example'],
    })
    expect(row.display_name).toHaveLength(2048)
    expect(row.note).toHaveLength(20_480)
    expect(row.also_known_as).toHaveLength(256)
    const fields = row.fields as { name: string; value: string }[]
    expect(fields).toHaveLength(50)
    expect(fields[0]?.value).toHaveLength(2047)
    expect(await ctx.db('custom_emojis').where({ domain: evil.host }).select()).toHaveLength(200)
  })

  it.each(['javascript:alert(1)', 'file:///etc/passwd', '', {}, 'https:///x', null])(
    'SEC-ORG-04 an actor whose inbox is %j is not stored',
    async (inbox) => {
      const odd = evil.actor('odd', { inbox })
      await deliver(ctx, odd, activity(odd, 'Follow', alicesUri()))
      expect(await accountOf(odd)).toBeUndefined()
    },
  )

  it('SEC-DOS-03 a poll with a hundred thousand options keeps five hundred', async () => {
    const oneOf = Array.from({ length: 12_000 }, (_, n) => ({ name: `${n}` }))
    const note = evil.note(mallory, { type: 'Question', oneOf })
    await deliver(ctx, mallory, activity(mallory, 'Create', note))
    expect((await ctx.db('polls').first()).options).toHaveLength(500)
  })

  it('SEC-XSS-04 media and pages of other schemes are left out', async () => {
    const note = evil.note(mallory, {
      url: ['JaVaScRiPt:alert(1)', 'vbscript:x', 'java\tscript:alert(1)'],
      attachment: [
        { type: 'Document', url: 'javascript:alert(1)' },
        { type: 'Document', url: { type: 'Link', href: 'data:text/html,x' } },
        { type: 'Document', url: evil.url('/fine.png'), blurhash: '"><script>' },
      ],
    })
    await deliver(ctx, mallory, activity(mallory, 'Create', note))
    expect(await statusAt(note.id)).toMatchObject({ url: note.id })
    expect(await ctx.db('media_attachments').select('remote_url', 'blurhash')).toEqual([
      { remote_url: evil.url('/fine.png'), blurhash: null },
    ])
  })

  it('NUL and halves of characters do not reach the database', async () => {
    const note = evil.note(mallory, { content: '<p>a\u0000b\ud800c</p>', summary: '\u0000' })
    await deliver(ctx, mallory, activity(mallory, 'Create', note))
    expect((await statusAt(note.id))?.text).toMatch(/^<p>ab.?c<\/p>$/)
  })
})
