import { generateKeyPairSync } from 'node:crypto'
import { multikeyOf, ed25519KeyOf } from '@anancus/core/activitypub/signatures/ed25519'
import { withObjectProof } from '@anancus/core/activitypub/signatures/object-proof'
import { deliver } from '@anancus/core/testing/deliver'
import { drainQueues } from '@anancus/core/testing/drain-queues'
import { PUBLIC } from '@anancus/core/testing/federation'
import { activity, type RemoteActor, reply } from '@anancus/core/testing/remote'
import type { AccountRow } from '@anancus/db'
import { sendSigned } from '../../support/send-signed.ts'
import { signRfc9421 } from '../../support/sign-otherwise.ts'
import { useNeighbour } from './support.ts'

const neighbour = useNeighbour(['far', 'else'])
const { world } = neighbour
const at = (path: string) => neighbour.far.url(path)
const notifications = async () => (await neighbour.alice.get('/api/v1/notifications')).body
const resolved = async (address: string) =>
  (await neighbour.alice.get(`/api/v2/search?resolve=true&q=${encodeURIComponent(address)}`)).body
const alicesUri = () => world.uriOf(world.alice.account)

/** An actor that says no more than it must. */
function bareActor(name: string, type = 'Person', host = neighbour.far): RemoteActor {
  const actor = host.actor(name)
  const { id, inbox, preferredUsername, publicKey } = actor.document
  const bare = {
    '@context': 'https://www.w3.org/ns/activitystreams',
    id,
    type,
    inbox,
    preferredUsername,
    publicKey,
  }
  host.serve(`/users/${name}`, () => bare)
  return { ...actor, document: bare }
}

describe('BookWyrm', () => {
  it.each([
    ['a text', '<p>Call me Ishmael.</p>'],
    ['a name that is no address of the web', 'urn:isbn:9780142437247'],
  ])('interop 85 %s that is quoted is no quote of a status', async (_name, quote) => {
    const parts = { quote, inReplyToBook: at('/book/1'), content: '<p>A whale.</p>' }
    expect(await neighbour.shown(parts)).toMatchObject({ content: '<p>A whale.</p>', quote: null })
  })

  it.each(['Review', 'Comment', 'Quotation', 'Rating'])(
    'interop 85 %s is shown as the article or note that others are served, and only so',
    async (type) => {
      const article = {
        type: 'Article',
        name: 'On a whale',
        content: '<p>Long.</p>',
        url: at('/user/c/review/1'),
      }
      expect(await neighbour.shown(article)).toMatchObject({ content: expect.stringContaining('On a whale') })
      expect(await neighbour.shown({ ...article, type: [type, 'Article'] })).toBeDefined()
      expect(await neighbour.shown({ ...article, type, inReplyToBook: at('/book/1') })).toBeUndefined()
    },
  )

  it.each([
    ['with a slash before the fragment', '/users/reader/#main-key', '/users/reader#main-key'],
    ['without it', '/users/reader#main-key', '/users/reader/#main-key'],
  ])(
    'interop 86 a key that signs %s, and is listed the other way, is the same key',
    async (_name, signs, listed) => {
      const reader = neighbour.far.actor('reader')
      Object.assign(reader.document, {
        publicKey: { ...(reader.document.publicKey as object), id: at(listed) },
      })
      neighbour.far.serve('/users/reader/', () => reader.document)
      await deliver(world.ctx, { ...reader, keyId: at(signs) }, activity(reader, 'Follow', alicesUri()))
      expect(await notifications()).toMatchObject([{ type: 'follow', account: { username: 'reader' } }])
    },
  )

  it('interop 86 a private status is not there for who does not sign', async () => {
    const status = await world.make.status({ account: world.alice.account, visibility: 'private' })
    const path = new URL(world.noteUri(status, world.alice.account)).pathname
    const answer = await neighbour.web.get(path, { headers: { accept: 'application/activity+json' } })
    expect(answer.status).toBe(404)
  })
})

describe('servers that say little', () => {
  it('interop 91 a stream is a bot that writes when it begins', async () => {
    const stream = bareActor('live', 'Service')
    await world.followed(stream)
    const note = neighbour.far.note(stream, {
      content: '<p>Live now!</p>',
      attachment: [{ type: 'Image', mediaType: 'image/gif', url: at('/preview.gif') }],
    })
    await deliver(world.ctx, stream, activity(stream, 'Create', note, { to: [PUBLIC] }))
    expect(await neighbour.look(note.id)).toMatchObject({
      content: '<p>Live now!</p>',
      account: { bot: true, group: false, locked: false },
      quote: null,
    })
  })

  it('interop 92, 99 who has an inbox, a name and a key is somebody, and can be followed and written to', async () => {
    const snac = bareActor('snac')
    await neighbour.alice.post(
      `/api/v1/accounts/${(await resolved(`@${snac.handle}`)).accounts[0].id}/follow`,
    )
    await drainQueues(world.ctx)
    const [follow] = neighbour.far.received
    expect(follow).toMatchObject({ type: 'Follow', object: snac.uri })
    await deliver(world.ctx, snac, activity(snac, 'Accept', follow))
    const note = {
      id: at('/snac/p/1'),
      type: 'Note',
      attributedTo: snac.uri,
      content: 'hello',
      to: PUBLIC,
    }
    await deliver(world.ctx, snac, activity(snac, 'Create', note))
    expect(await neighbour.look(note.id)).toMatchObject({
      content: 'hello',
      visibility: 'public',
      mentions: [],
      tags: [],
      media_attachments: [],
    })
    const { id } = await neighbour.look(note.id)
    await neighbour.alice.post('/api/v1/statuses', {
      json: { status: `@${snac.handle} hi`, in_reply_to_id: id },
    })
    await drainQueues(world.ctx)
    expect(neighbour.far.requests.filter(({ method }) => method === 'POST').map(({ path }) => path)).toEqual([
      '/users/snac/inbox',
      '/users/snac/inbox',
    ])
    const [account] = (await resolved(`@${snac.handle}`)).accounts
    const profile = (await neighbour.alice.get(`/api/v1/accounts/${account.id}`)).body
    expect(profile).toMatchObject({ display_name: 'snac', followers_count: 1, fields: [] })
  })

  it('interop 92 what we ask for, we ask for by both names of its type', async () => {
    const snac = bareActor('snac')
    await resolved(`@${snac.handle}`)
    const asked = neighbour.far.requests.find(({ path }) => path === '/users/snac')
    expect(asked?.headers.accept).toBe(
      'application/activity+json, application/ld+json; profile="https://www.w3.org/ns/activitystreams"',
    )
  })

  it('interop 92 a poll and a boost come as from anybody', async () => {
    const poll = await neighbour.shown({
      type: 'Question',
      content: 'Tea?',
      oneOf: [
        { type: 'Note', name: 'yes', replies: { type: 'Collection', totalItems: 2 } },
        { type: 'Note', name: 'no' },
      ],
      endTime: '2099-01-01T00:00:00Z',
    })
    expect(poll.poll.options).toMatchObject([
      { title: 'yes', votes_count: 2 },
      { title: 'no', votes_count: 0 },
    ])
    await neighbour.send('Announce', poll.uri)
    expect(await neighbour.look(poll.uri)).toMatchObject({ content: 'Tea?' })
  })

  it('interop 99 a server without a directory of itself is a server', async () => {
    const note = await neighbour.shown({ content: 'from a static page' })
    expect(note).toMatchObject({ content: 'from a static page' })
    for (const path of ['/.well-known/nodeinfo', '/nodeinfo/2.0', '/users/carol/outbox'])
      neighbour.far.serve(path, reply({ status: 404, body: {} }))
    const { account } = note
    const statuses = await neighbour.alice.get(`/api/v1/accounts/${account.id}/statuses`)
    expect(statuses.body).toMatchObject([{ content: 'from a static page' }])
  })
})

describe('Mitra', () => {
  const pair = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
  const prover = (actor: RemoteActor) => ({
    keyId: `${actor.uri}#ed25519-key`,
    key: ed25519KeyOf(pair.privateKey),
  })

  function proving(name: string): RemoteActor {
    const actor = world.host('else').actor(name)
    const { keyId, key } = prover(actor)
    Object.assign(actor.document, {
      '@context': ['https://www.w3.org/ns/activitystreams', 'https://w3id.org/security/multikey/v1'],
      assertionMethod: [
        { id: keyId, type: 'Multikey', controller: actor.uri, publicKeyMultibase: multikeyOf(key) },
      ],
      gateways: ['https://gateway.example'],
    })
    return actor
  }

  it('interop 93 what is told on by somebody else is believed by its proof, and not without', async () => {
    const lars = proving('lars')
    await world.followed(lars)
    const note = { ...world.host('else').note(lars), content: '<p>Proven.</p>' }
    world.host('else').serve(new URL(note.id).pathname, reply({ status: 403, body: {} }))
    const create = activity(lars, 'Create', note, { to: [PUBLIC] })
    const proven = await withObjectProof(create, prover(lars), new Date())
    const forged = { ...proven, object: { ...note, content: '<p>Forged.</p>' } }
    await deliver(world.ctx, neighbour.carol, forged).catch((error) =>
      expect(error.name).toBe('RemoteServerError'),
    )
    expect(await neighbour.look(note.id)).toBeUndefined()
    await deliver(world.ctx, neighbour.carol, proven)
    expect(await neighbour.look(note.id)).toMatchObject({ content: '<p>Proven.</p>' })
  })

  it('interop 93 addresses that are none of the web are passed over', async () => {
    const ap = 'ap://did:key:z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQXJyPx5aHpnE7'
    await neighbour.send('Create', { id: `${ap}/objects/1`, type: 'Note', content: 'x' })
    await neighbour.send('Announce', `${ap}/objects/1`)
    await neighbour.send('Follow', `${ap}/actor`)
    await neighbour.send('Like', { id: `${ap}/objects/1` })
    const status = await neighbour.shown({
      inReplyTo: `${ap}/objects/1`,
      quote: `${ap}/objects/1`,
      tag: [
        { type: 'Mention', href: `${ap}/actor` },
        { type: 'Link', mediaType: 'application/activity+json', href: `${ap}/objects/1`, name: 'RE: x' },
      ],
      url: [`${ap}/objects/1`, at('/objects/1')],
      context: `${ap}/conversations/1`,
    })
    expect(status).toMatchObject({ in_reply_to_id: null, quote: null, mentions: [], url: at('/objects/1') })
    expect(await notifications()).toEqual([])
  })
})

describe('Hollo and others made with Fedify', () => {
  it('interop 94 is believed by RFC 9421, with its RSA key beside a Multikey', async () => {
    const { publicKey: ed25519 } = generateKeyPairSync('ed25519')
    const raw = ed25519.export({ type: 'spki', format: 'der' }).subarray(-32)
    expect(raw).toHaveLength(32)
    Object.assign(neighbour.carol.document, {
      assertionMethod: [
        {
          id: `${neighbour.carol.uri}#key-2`,
          type: 'Multikey',
          controller: neighbour.carol.uri,
          publicKeyMultibase: multikeyOf(ed25519KeyOf(neighbour.carol.privateKey)),
        },
      ],
    })
    await neighbour.send('Update', neighbour.carol.document)
    const note = neighbour.far.note(neighbour.carol, {
      emojiReactions: `${neighbour.carol.uri}/1/reactions`,
      interactionPolicy: { canQuote: { automaticApproval: PUBLIC } },
    })
    const create = activity(neighbour.carol, 'Create', note, { to: [PUBLIC] })
    const answer = await sendSigned(neighbour.web.url, signRfc9421(neighbour.carol, create))
    expect(answer.status).toBe(202)
    await drainQueues(world.ctx)
    expect(await neighbour.look(note.id)).toMatchObject({ quote_approval: { current_user: 'automatic' } })
  })

  it('interop 94 is sent the other signature when it does not take the first, with the RSA key', async () => {
    const inbox = new URL(neighbour.carol.inbox).pathname
    neighbour.far.serve(inbox, (request, response) => {
      response.writeHead(request.headers['signature-input'] ? 202 : 401).end()
      return undefined
    })
    await neighbour.alice.post('/api/v1/statuses', {
      json: { status: `@${neighbour.carol.handle} hello`, visibility: 'direct' },
    })
    await drainQueues(world.ctx)
    const knocks = neighbour.far.requests.filter(({ path }) => path === inbox)
    expect(knocks.map(({ headers }) => headers['signature-input'] !== undefined)).toEqual([false, true])
    for (const { headers } of knocks)
      expect(`${headers['signature-input'] ?? ''}${headers.signature}`).toContain('#main-key"')
  })
})

describe('names and types of their own', () => {
  it('interop 95 an identity of another domain than its server counts when both say so', async () => {
    const server = neighbour.far.actor('ann', { webfinger: undefined })
    const handle = `ann@${world.host('else').host}`
    neighbour.far.webfinger(server.handle, server.uri, handle)
    world.host('else').webfinger(handle, server.uri)
    expect((await resolved(`@${server.handle}`)).accounts).toMatchObject([{ acct: handle, uri: server.uri }])
    expect((await resolved(`@${handle}`)).accounts).toMatchObject([{ acct: handle }])
    const liar = neighbour.far.actor('liar')
    neighbour.far.webfinger(liar.handle, liar.uri, `liar@${world.host('else').host}`)
    expect((await resolved(`@${liar.handle}`)).accounts).toEqual([])
  })

  it('interop 95 a bite hurts nobody', async () => {
    const mine = await world.make.status({ account: world.alice.account })
    const bite = activity(neighbour.carol, 'Bite', undefined, {
      target: world.noteUri(mine, world.alice.account),
      to: alicesUri(),
    })
    await deliver(world.ctx, neighbour.carol, bite)
    await neighbour.send('Bite', alicesUri(), { target: alicesUri() })
    expect(await notifications()).toEqual([])
  })

  it('interop 96 a note about a book is a note', async () => {
    const status = await neighbour.shown({
      content: '<p>Read <a href="https://neodb.example/book/1">a book</a> 🌕🌕🌕</p>',
      relatedWith: [
        { type: 'Status', withRegardTo: at('/book/1'), status: 'complete', id: at('/status/1') },
        { type: 'Rating', withRegardTo: at('/book/1'), value: 6, best: 10, worst: 1, id: at('/rating/1') },
        { type: 'Comment', withRegardTo: at('/book/1'), content: 'good', id: at('/comment/1') },
      ],
      tag: [{ type: 'Edition', href: at('/book/1'), name: 'A book', image: at('/book/1.jpg') }],
    })
    expect(status).toMatchObject({
      content: expect.stringContaining('a book</a> 🌕🌕🌕'),
      mentions: [],
      tags: [],
      media_attachments: [],
    })
  })

  it('interop 96 asks whether somebody may be in a collection, and is answered', async () => {
    await world.ctx.db('accounts').where({ id: world.alice.account.id }).update({ discoverable: true })
    const collection = {
      '@context': 'https://www.w3.org/ns/activitystreams',
      id: at('/collection/1'),
      type: 'FeaturedCollection',
      attributedTo: neighbour.carol.uri,
      name: 'Readers',
      summary: 'People who read',
      published: new Date().toISOString(),
      updated: new Date().toISOString(),
      totalItems: 0,
      orderedItems: [],
    }
    neighbour.far.serve('/collection/1', () => collection)
    await deliver(world.ctx, neighbour.carol, {
      ...activity(neighbour.carol, 'FeatureRequest', alicesUri(), { instrument: collection.id }),
      actor: undefined,
    })
    expect(neighbour.far.received.map(({ type }) => type)).toEqual(
      expect.arrayContaining([expect.stringMatching(/^(?:Accept|Reject)$/)]),
    )
  })

  it.each([['Repository'], [['Repository', 'Ticket']], ['x:Bot']])(
    'interop 100 an actor of the type %j is nobody we could know, and what it sends is refused politely',
    async (type) => {
      const forge = bareActor('project', type as never)
      expect((await resolved(forge.uri)).accounts).toEqual([])
      await deliver(world.ctx, forge, activity(forge, 'Follow', alicesUri()))
      await deliver(
        world.ctx,
        forge,
        activity(forge, 'Push', { type: 'OrderedCollection', orderedItems: [] }),
      )
      expect(await notifications()).toEqual([])
    },
  )

  it('interop 100 a ticket is shown nowhere, a star is a favourite, and a person is a person', async () => {
    const person = neighbour.far.actor('dev', { type: ['Person', 'x:Developer'] })
    await world.met(person)
    const mine = await world.make.status({ account: world.alice.account })
    await deliver(world.ctx, person, activity(person, 'Like', world.noteUri(mine, world.alice.account)))
    expect(await notifications()).toMatchObject([{ type: 'favourite', account: { username: 'dev' } }])
    expect(
      await neighbour.shown({ type: 'Ticket', name: 'A bug', content: '<p>It breaks.</p>' }),
    ).toBeUndefined()
    expect(await neighbour.shown({ type: ['x:Issue', 'Note'], content: 'a bug' })).toBeDefined()
  })

  it('interop 101 an Update without a date changes counts, not words', async () => {
    const note = neighbour.far.note(neighbour.carol, { content: 'as it was' })
    await neighbour.send('Create', note, { to: note.to })
    const changed = {
      ...note,
      content: 'as it would be',
      likes: { type: 'Collection', totalItems: 7 },
    }
    await neighbour.send('Update', changed)
    expect(await neighbour.look(note.id)).toMatchObject({
      content: 'as it was',
      edited_at: null,
      favourites_count: 7,
    })
    await neighbour.send('Update', { ...changed, updated: new Date(Date.now() + 1000).toISOString() })
    expect(await neighbour.look(note.id)).toMatchObject({
      content: 'as it would be',
      edited_at: expect.any(String),
    })
  })
})

it('interop 99 a profile whose server has no lists has empty ones', async () => {
  const carol = (await world.accountOf(neighbour.carol)) as AccountRow
  for (const list of ['followers', 'following', 'featured_tags'])
    expect(await neighbour.alice.get(`/api/v1/accounts/${carol.id}/${list}`)).toMatchObject({ status: 200 })
})
