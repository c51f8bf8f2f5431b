import { deliver, knock } from '@anancus/core/testing/deliver'
import { drainQueues } from '@anancus/core/testing/drain-queues'
import { PUBLIC } from '@anancus/core/testing/federation'
import { activity, type RemoteActor, reply } from '@anancus/core/testing/remote'
import type { AccountRow } from '@anancus/db'
import { useNeighbour } from './support.ts'

const neighbour = useNeighbour(['far', 'else'])
const { world } = neighbour
const at = (path: string) => neighbour.far.url(path)
const home = async () => (await neighbour.alice.get('/api/v1/timelines/home')).body
const received = (type: string) => neighbour.far.received.filter((document) => document.type === type)

/** An actor under an address and a key of its own, followed by alice. */
async function actorAt(
  uri: string,
  username: string,
  { keyId = `${uri}#main-key`, ...overrides }: { keyId?: string } & Record<string, unknown> = {},
): Promise<RemoteActor> {
  const template = neighbour.far.actor(`template-${username.replaceAll('.', '-')}`)
  const { publicKeyPem } = template.document.publicKey as { publicKeyPem: string }
  const document: Record<string, unknown> = {
    ...template.document,
    id: uri,
    preferredUsername: username,
    name: username,
    url: uri,
    publicKey: { id: keyId, owner: uri, publicKeyPem },
    ...overrides,
  }
  neighbour.far.serve(uri.slice(neighbour.far.origin.length), () => document)
  neighbour.far.webfinger(`${username}@${neighbour.far.host}`, uri)
  const actor = { ...template, uri, keyId, document }
  await world.followed(actor)
  return actor
}

describe('Bridgy Fed', () => {
  const DID = 'did:plc:fdme4gb7mu7zrie7peay7tst'
  const bridged = () => {
    const uri = at(`/ap/${DID}`)
    return actorAt(uri, 'carol.bsky.social', {
      keyId: uri,
      url: [at('/r/https://bsky.app/profile/carol.bsky.social'), `at://${DID}/app.bsky.actor.profile/self`],
      inbox: at('/bsky/inbox/one'),
      endpoints: { sharedInbox: at('/ap/sharedInbox') },
      alsoKnownAs: [`at://${DID}`],
      '@context': [
        'https://www.w3.org/ns/activitystreams',
        'https://w3id.org/security/v1',
        'https://purl.archive.org/miscellany',
      ],
    })
  }
  const post = (author: RemoteActor, parts: object = {}) =>
    neighbour.far.note(author, {
      '@context': ['https://www.w3.org/ns/activitystreams', 'https://purl.archive.org/miscellany'],
      id: at(`/convert/ap/at://${DID}/app.bsky.feed.post/3kabc`),
      url: [
        `at://${DID}/app.bsky.feed.post/3kabc`,
        at('/r/https://bsky.app/profile/carol.bsky.social/post/3kabc'),
      ],
      content: '<p>The sky.</p>',
      ...parts,
    })

  it('interop 76, 77 an address inside an address is kept as it is, and a page of the web is chosen', async () => {
    const carol = await bridged()
    const note = post(carol)
    await deliver(world.ctx, carol, activity(carol, 'Create', note, { to: [PUBLIC] }))
    expect(await neighbour.look(note.id)).toMatchObject({
      uri: at(`/convert/ap/at://${DID}/app.bsky.feed.post/3kabc`),
      url: at('/r/https://bsky.app/profile/carol.bsky.social/post/3kabc'),
      account: {
        username: 'carol.bsky.social',
        acct: `carol.bsky.social@${neighbour.far.host}`,
        url: at('/r/https://bsky.app/profile/carol.bsky.social'),
      },
    })
    await deliver(world.ctx, carol, activity(carol, 'Delete', note.id))
    expect(await neighbour.look(note.id)).toBeUndefined()
  })

  it('interop 76 such an address can be fetched', async () => {
    const note = post(await bridged())
    const found = await neighbour.alice.get(`/api/v2/search?resolve=true&q=${encodeURIComponent(note.id)}`)
    expect(found.body.statuses).toMatchObject([{ uri: note.id }])
  })

  it('interop 77 a name with dots can be mentioned, and of its inboxes the one it shares is used', async () => {
    const carol = await bridged()
    neighbour.far.serve('/bsky/inbox/one', reply({ status: 202 }))
    neighbour.far.serve('/ap/sharedInbox', reply({ status: 202 }))
    const posted = await neighbour.alice.post('/api/v1/statuses', {
      json: {
        status: `@${carol.document.preferredUsername}@${neighbour.far.host} hello`,
        visibility: 'direct',
      },
    })
    expect(posted.body.mentions).toMatchObject([
      { url: expect.any(String), acct: expect.stringMatching(/^carol\.bsky\.social@/) },
    ])
    await drainQueues(world.ctx)
    const sent = neighbour.far.requests.filter(({ method }) => method === 'POST')
    expect(sent.map(({ path }) => path)).toEqual(['/ap/sharedInbox'])
  })

  it('interop 78 a context that we do not know is never asked for', async () => {
    const carol = await bridged()
    const context = at('/unknown-context')
    const note = post(carol, { '@context': ['https://www.w3.org/ns/activitystreams', context] })
    const create = { ...activity(carol, 'Create', note, { to: [PUBLIC] }), '@context': note['@context'] }
    await deliver(world.ctx, carol, create)
    expect(await neighbour.look(note.id)).toMatchObject({ content: '<p>The sky.</p>' })
    expect(neighbour.far.requests.filter(({ path }) => path === '/unknown-context')).toEqual([])
  })

  it('interop 79 a quote without consent is the link in its text, and no quote', async () => {
    const carol = await bridged()
    const dan = world.host('else').actor('dan')
    const quoted = world.host('else').note(dan)
    const link = `<a href="${quoted.id}">${quoted.id}</a>`
    const note = post(carol, {
      content: `<p>Look</p><p class="quote-inline">RE: ${link}</p>`,
      quoteUrl: quoted.id,
    })
    await deliver(world.ctx, carol, activity(carol, 'Create', note, { to: [PUBLIC] }))
    expect(await neighbour.look(note.id)).toMatchObject({
      content: expect.stringContaining(`href="${quoted.id}"`),
      quote: null,
    })
  })

  it('interop 79 what its bot is told is a plain direct message', async () => {
    const bot = neighbour.far.actor('bsky.brid.gy', { type: 'Application' })
    await world.met(bot)
    await neighbour.alice.post('/api/v1/statuses', {
      json: { status: `@bsky.brid.gy@${neighbour.far.host} help`, visibility: 'direct' },
    })
    await drainQueues(world.ctx)
    expect(received('Create')).toMatchObject([
      {
        to: [bot.uri],
        cc: [],
        object: { type: 'Note', to: [bot.uri], cc: [], tag: [{ type: 'Mention', href: bot.uri }] },
      },
    ])
  })
})

describe('Threads', () => {
  const threads = (keyId?: string) =>
    actorAt(at('/ap/users/17841401746/'), 'mosseri', {
      keyId: keyId ?? at('/ap/users/17841401746/#main-key'),
      inbox: at('/ap/users/17841401746/inbox/'),
    })

  it('interop 80, 81 we digest as it reads it, name actors by their address, and take back whole', async () => {
    const carolId = ((await world.accountOf(neighbour.carol)) as AccountRow).id
    await world.ctx.db('follows').delete()
    for (const verb of ['follow', 'unfollow'])
      await neighbour.alice.post(`/api/v1/accounts/${carolId}/${verb}`)
    await drainQueues(world.ctx)
    const posts = neighbour.far.requests.filter(({ method }) => method === 'POST')
    expect(posts.length).toBe(2)
    for (const { headers } of posts) expect(headers.digest).toMatch(/^SHA-256=/)
    const [follow] = received('Follow')
    expect(follow).toMatchObject({ actor: world.uriOf(world.alice.account), object: neighbour.carol.uri })
    expect(received('Undo')).toMatchObject([
      {
        actor: follow?.actor,
        object: { id: follow?.id, type: 'Follow', actor: follow?.actor, object: neighbour.carol.uri },
      },
    ])
  })

  it('interop 82 everything we ask for is signed', async () => {
    const dan = world.host('else').actor('dan', { featured: world.host('else').url('/featured') })
    const note = world.host('else').note(dan)
    await neighbour.alice.get(`/api/v2/search?resolve=true&q=${encodeURIComponent(note.id)}`)
    await drainQueues(world.ctx)
    const asked = world.host('else').requests.filter(({ path }) => !path.startsWith('/.well-known/'))
    expect(asked.length).toBeGreaterThan(2)
    for (const { headers } of asked) expect(headers.signature).toMatch(/^keyId="https:\/\/social\.test\//)
  })

  it('interop 82 who has opted out is nobody, and can be written of all the same', async () => {
    const gone = world.host('else').actor('shy')
    world.host('else').serve('/users/shy', reply({ status: 404, body: {} }))
    const handle = `@shy@${world.host('else').host}`
    const found = await neighbour.alice.get(`/api/v2/search?resolve=true&q=${encodeURIComponent(handle)}`)
    expect([found.status, found.body.accounts]).toEqual([200, []])
    const posted = await neighbour.alice.post('/api/v1/statuses', { json: { status: `${handle} hello` } })
    expect(posted.body).toMatchObject({ mentions: [], content: expect.stringContaining('shy') })
    expect(await world.accountOf(gone)).toBeUndefined()
  })

  it.each([
    ['_misskey_quote', (uri: string) => ({ _misskey_quote: uri })],
    [
      'a link of ActivityPub among its tags',
      (href: string) => ({
        tag: [
          {
            type: 'Link',
            href,
            mediaType: 'application/ld+json; profile="https://www.w3.org/ns/activitystreams"',
            rel: 'https://misskey-hub.net/ns#_misskey_quote',
            name: `RE: ${href}`,
          },
        ],
      }),
    ],
  ])('interop 82 it quotes by %s', async (_name, parts) => {
    const quoted = neighbour.far.note(neighbour.carol)
    await neighbour.send('Create', quoted, { to: quoted.to })
    expect(await neighbour.shown(parts(quoted.id))).toMatchObject({
      quote: { state: 'accepted', quoted_status: { uri: quoted.id } },
    })
  })

  it('interop 83 an address that ends in a slash is another than without it', async () => {
    const adam = await threads()
    neighbour.far.serve('/ap/users/17841401746/inbox/', reply({ status: 202 }))
    const note = neighbour.far.note(adam, { id: at('/ap/users/17841401746/post/31/') })
    await deliver(world.ctx, adam, activity(adam, 'Create', note, { to: [PUBLIC] }))
    expect(await neighbour.look(at('/ap/users/17841401746/post/31/'))).toMatchObject({
      uri: note.id,
      account: { uri: at('/ap/users/17841401746/') },
    })
    await deliver(world.ctx, adam, activity(adam, 'Delete', at('/ap/users/17841401746/post/31')))
    expect(await neighbour.look(note.id)).toBeDefined()
    const { id } = await neighbour.look(note.id)
    await neighbour.alice.post(`/api/v1/statuses/${id}/favourite`)
    await drainQueues(world.ctx)
    const likes = neighbour.far.requests.filter(({ path }) => path === '/ap/users/17841401746/inbox/')
    expect(likes.map(({ body }) => JSON.parse(body).object)).toEqual([note.id])
  })

  it.each(['#another-key', ''])(
    'interop 83 it signs with the fragment %j, which its profile does not list',
    async (fragment) => {
      const adam = await threads()
      const signer = { ...adam, keyId: `${adam.uri}${fragment}` }
      for (const number of [1, 2]) {
        const note = neighbour.far.note(adam, { id: at(`/ap/users/17841401746/post/${number}/`) })
        await deliver(world.ctx, signer, activity(adam, 'Create', note, { to: [PUBLIC] }))
        expect(await neighbour.look(note.id)).toBeDefined()
      }
      const asked = neighbour.far.requests.filter(({ path }) => path === '/ap/users/17841401746/')
      expect(asked.length).toBeLessThanOrEqual(2)
    },
  )

  it('interop 83 a key is nobody else’s for that', async () => {
    const adam = await threads()
    const mallory = neighbour.far.actor('mallory')
    const note = neighbour.far.note(adam, { id: at('/ap/users/17841401746/post/4/') })
    const create = activity(adam, 'Create', note, { to: [PUBLIC] })
    const forger = { ...mallory, keyId: `${adam.uri}#another-key` }
    await deliver(world.ctx, forger, create)
    expect(await neighbour.look(note.id)).toBeUndefined()
  })
})

describe('Flipboard', () => {
  it('interop 84 a magazine that passes on a heap at once is read in its order, each page asked for once', async () => {
    const magazine = neighbour.far.actor('travel', { type: 'Service' })
    await world.followed(magazine)
    const author = world.host('else').actor('dan')
    await world.met(author)
    const notes = Array.from({ length: 25 }, () => world.host('else').note(author))
    const began = Date.now() - 60_000
    for (const [index, note] of notes.entries())
      await knock(
        world.ctx,
        magazine,
        activity(magazine, 'Announce', note.id, {
          to: [PUBLIC],
          published: new Date(began + index * 1000).toISOString(),
        }),
      )
    await drainQueues(world.ctx)
    const { body } = await neighbour.alice.get('/api/v1/timelines/home?limit=40')
    expect(body.map((status: { reblog: { uri: string } }) => status.reblog.uri)).toEqual(
      notes.map(({ id }) => id).reverse(),
    )
    const asked = world.host('else').requests.map(({ path }) => path)
    expect(asked.sort()).toEqual(notes.map(({ id }) => new URL(id).pathname).sort())
  })

  it('interop 84 a note that is a link has the link', async () => {
    const link = 'https://news.example/story'
    await neighbour.shown({ content: `<p>A story <a href="${link}">${link}</a></p>` })
    expect(await home()).toMatchObject([{ content: expect.stringContaining(`href="${link}"`) }])
  })
})
