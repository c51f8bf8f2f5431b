import { deliver } from '@anancus/core/testing/deliver'
import { drainQueues, peekQueues } from '@anancus/core/testing/drain-queues'
import { serveCollection } from '@anancus/core/testing/featured-collections'
import { PUBLIC } from '@anancus/core/testing/federation'
import { activity, type RemoteActor, signDelivery } from '@anancus/core/testing/remote'
import type { StatusRow } from '@anancus/db'
import { sendSigned } from '../../support/send-signed.ts'
import { useNeighbour } from './support.ts'

/** Mastodon as it is, in what surprises others. Its forks have a file of their own. */
const AS = 'https://www.w3.org/ns/activitystreams'
const here = useNeighbour()
const aliceUri = () => here.world.uriOf(here.world.alice.account)
const idOf = async (actor: RemoteActor) => (await here.world.accountOf(actor))?.id
const relationTo = async (actor: RemoteActor) =>
  (await here.alice.get(`/api/v1/accounts/relationships?id[]=${await idOf(actor)}`)).body[0]
/** As carol's server sends what has neither id nor audience. */
const sendBare = (actor: RemoteActor, parts: Record<string, unknown>) =>
  deliver(here.world.ctx, actor, { '@context': AS, ...parts })

describe('interop 1 activities that are addressed to nobody', () => {
  let mine: StatusRow
  beforeEach(async () => {
    mine = await here.world.make.status({ account: here.world.alice.account })
  })
  const mineUri = () => here.world.noteUri(mine, here.world.alice.account)

  it('a Follow, a Like and a Block find whom they are about', async () => {
    await here.send('Follow', aliceUri())
    expect(await relationTo(here.carol)).toMatchObject({ followed_by: true })
    await here.send('Like', mineUri())
    expect((await here.alice.get(`/api/v1/statuses/${mine.id}`)).body).toMatchObject({ favourites_count: 1 })
    await here.send('Block', aliceUri())
    expect(await relationTo(here.carol)).toMatchObject({ blocked_by: true, followed_by: false })
  })

  it('a Flag reaches the moderators', async () => {
    await here.send('Flag', [aliceUri(), mineUri()], { content: 'rude' })
    const { body } = await (await here.admin()).get('/api/v1/admin/reports')
    expect(body).toMatchObject([
      { comment: 'rude', target_account: { username: 'alice' }, statuses: [{ id: mine.id }] },
    ])
  })

  it('an Accept and a Reject answer our Follow', async () => {
    const bert = here.far.actor('bert', { manuallyApprovesFollowers: true })
    const { id } = await here.world.met(bert)
    await here.alice.post(`/api/v1/accounts/${id}/follow`)
    await drainQueues(here.world.ctx)
    const asked = here.far.received.find(({ type }) => type === 'Follow')
    expect(await relationTo(bert)).toMatchObject({ requested: true, following: false })
    await deliver(here.world.ctx, bert, activity(bert, 'Accept', asked))
    expect(await relationTo(bert)).toMatchObject({ requested: false, following: true })
    await deliver(here.world.ctx, bert, activity(bert, 'Reject', asked))
    expect(await relationTo(bert)).toMatchObject({ following: false })
  })

  it('a vote counts', async () => {
    const poll = await here.world.make.poll({ status: mine, options: ['tea', 'coffee'] })
    const vote = {
      id: `${here.carol.uri}#votes/1`,
      type: 'Note',
      name: 'coffee',
      attributedTo: here.carol.uri,
      inReplyTo: mineUri(),
    }
    await here.send('Create', vote)
    expect((await here.alice.get(`/api/v1/polls/${poll.id}`)).body).toMatchObject({
      votes_count: 1,
      options: [{ votes_count: 0 }, { title: 'coffee', votes_count: 1 }],
    })
  })
})

it('interop 2 pins and featured tags come without an id, to the same collection, told apart by what they are', async () => {
  const dora = here.far.actor('dora', { featured: here.far.url('/users/dora/collections/featured') })
  const { id } = await here.world.followed(dora)
  const note = here.far.note(dora)
  const tag = { type: 'Hashtag', href: here.far.url('/@dora/tagged/tea'), name: '#tea' }
  const change = (type: string, object: unknown) =>
    sendBare(dora, { type, actor: dora.uri, object, target: dora.document.featured })
  const pinned = async () => (await here.alice.get(`/api/v1/accounts/${id}/statuses?pinned=true`)).body
  const tags = async () => (await here.alice.get(`/api/v1/accounts/${id}/featured_tags`)).body
  await change('Add', note.id)
  await change('Add', tag)
  expect(await pinned()).toMatchObject([{ uri: note.id }])
  expect(await tags()).toMatchObject([{ name: 'tea' }])
  await change('Remove', note.id)
  await change('Remove', tag)
  expect([await pinned(), await tags()]).toEqual([[], []])
})

it('interop 3 a FeatureRequest without an actor is taken from whoever signed it, and answered', async () => {
  await here.world.ctx
    .db('accounts')
    .where({ id: here.world.alice.account.id })
    .update({ discoverable: true })
  const collection = serveCollection(here.world, here.carol, [])
  const request = {
    '@context': [AS, { FeatureRequest: 'https://w3id.org/fep/7aa9#FeatureRequest' }],
    id: `${here.carol.uri}/feature_requests/1`,
    type: 'FeatureRequest',
    object: aliceUri(),
    instrument: collection.id,
  }
  const signed = signDelivery(here.carol, request, { host: 'social.test' })
  expect((await sendSigned(here.web.url, signed)).status).toBe(202)
  await drainQueues(here.world.ctx)
  expect(here.far.received).toMatchObject([
    { type: 'Accept', actor: aliceUri(), object: request.id, result: expect.stringContaining('http') },
  ])
  expect((await here.alice.get('/api/v1/notifications')).body).toMatchObject([
    { type: 'added_to_collection', account: { username: 'carol' } },
  ])
})

describe('interop 4 edits are told by their time', () => {
  const question = (tally: number) => ({
    type: 'Question',
    content: '<p>tea?</p>',
    endTime: '2099-01-01T00:00:00Z',
    oneOf: [{ type: 'Note', name: 'yes', replies: { type: 'Collection', totalItems: tally } }],
  })

  it('an Update without a newer one brings counts and nothing else', async () => {
    const note = here.far.note(here.carol, question(1))
    await here.send('Create', note)
    await here.send('Update', { ...note, ...question(5), content: '<p>coffee?</p>', summary: 'news' })
    expect(await here.look(note.id)).toMatchObject({
      content: '<p>tea?</p>',
      spoiler_text: '',
      edited_at: null,
      poll: { votes_count: 5 },
    })
  })

  it('ours always have a newer one, however fast they follow, and keep when it was published', async () => {
    await here.send('Follow', aliceUri())
    const { id } = (await here.alice.post('/api/v1/statuses', { json: { status: 'one' } })).body
    await drainQueues(here.world.ctx)
    for (const status of ['two', 'three', 'four']) {
      await here.alice.put(`/api/v1/statuses/${id}`, { json: { status } })
      await drainQueues(here.world.ctx)
    }
    const sent = here.far.received.filter(({ type }) => type === 'Create' || type === 'Update')
    const notes = sent.map(({ object }) => object as { published: string; updated?: string })
    const times = notes.map(({ published, updated }) => Date.parse(updated ?? published))
    expect(notes).toHaveLength(4)
    expect(new Set(notes.map(({ published }) => published)).size).toBe(1)
    expect(times).toEqual([...new Set(times)].sort((one, other) => one - other))
  })
})

it('interop 5 a thread is read through pages without ids, and on by the page of others', async () => {
  const published = '2026-01-02T03:04:05Z'
  const root = here.far.note(here.carol, { published })
  const dora = here.far.actor('dora')
  const own = here.far.note(here.carol, { inReplyTo: root.id, published, content: '<p>own</p>' })
  const other = here.far.note(dora, { inReplyTo: root.id, published, content: '<p>other</p>' })
  const replies = `${root.id}/replies`
  const next = `${replies}?only_other_accounts=true&page=true`
  Object.assign(root, {
    replies: {
      id: replies,
      type: 'Collection',
      first: { type: 'CollectionPage', partOf: replies, next, items: [own.id] },
    },
  })
  here.far.serve(next.slice(here.far.origin.length), {
    '@context': AS,
    id: next,
    type: 'CollectionPage',
    partOf: replies,
    items: [other.id],
  })
  await here.send('Create', { ...root, replies: undefined })
  const { id } = await here.look(root.id)
  const path = `/api/v1/statuses/${id}/context`
  expect((await here.alice.get(path)).body.descendants).toEqual([])
  await drainQueues(here.world.ctx)
  const contents = (await here.alice.get(path)).body.descendants.map(
    ({ content }: { content: string }) => content,
  )
  expect(contents.sort()).toEqual(['<p>other</p>', '<p>own</p>'])
})

it.each([
  ['a number', '/ap/users/115500000000000001', 'nora'],
  ['another name', '/users/olaf', 'renamed'],
])(
  'interop 6 the handle is not read from an id with %s, nor the id from the handle',
  async (_what, path, name) => {
    const actor = here.far.actor(name, { id: here.far.url(path), url: here.far.url(`/@${name}`) })
    actor.uri = here.far.url(path)
    actor.keyId = `${actor.uri}#main-key`
    const { publicKeyPem } = actor.document.publicKey as { publicKeyPem: string }
    actor.document.publicKey = { id: actor.keyId, owner: actor.uri, publicKeyPem }
    here.far.serve(path, () => actor.document)
    here.far.webfinger(actor.handle, actor.uri)
    const found = await here.alice.get(
      `/api/v2/search?resolve=true&type=accounts&q=${encodeURIComponent(actor.handle)}`,
    )
    expect(found.body.accounts).toMatchObject([
      { acct: actor.handle, uri: actor.uri, url: here.far.url(`/@${name}`) },
    ])
    await here.alice.post('/api/v1/statuses', { json: { status: `hello @${actor.handle}` } })
    await drainQueues(here.world.ctx)
    expect(here.far.received).toMatchObject([
      { object: { tag: [{ type: 'Mention', href: actor.uri, name: `@${actor.handle}` }] } },
    ])
  },
)

it('interop 7 the farewell of somebody we never met costs no look at their key, and no job', async () => {
  const gone = here.far.actor('gone')
  const farewell = activity(gone, 'Delete', gone.uri, { to: PUBLIC })
  const answer = await sendSigned(here.web.url, signDelivery(gone, farewell, { host: 'social.test' }))
  expect([answer.status, here.far.requests, await peekQueues(here.world.ctx)]).toEqual([202, [], []])
  const found = await here.alice.get(`/api/v1/accounts/lookup?acct=${gone.handle}`)
  expect(found.status).toBe(404)
})

describe('interop 9 what Mastodon would drop', () => {
  const type = 'application/activity+json; charset=utf-8'
  it('is not how we serve things', async () => {
    const status = await here.world.make.status({ account: here.world.alice.account })
    const id = new URL(aliceUri()).pathname
    const paths = [id, `${id}/statuses/${status.id}`, `${id}/outbox`, `${id}/collections/featured`, '/actor']
    for (const path of paths) {
      const answer = await here.web.get(path, { headers: { accept: 'application/activity+json' } })
      const [first] = [answer.body['@context']].flat()
      expect([path, first, answer.headers.get('content-type')]).toEqual([path, AS, type])
    }
    const finger = await here.web.get('/.well-known/webfinger?resource=acct:alice@social.test')
    const self = finger.body.links.find(({ rel }: { rel: string }) => rel === 'self')
    expect(self).toMatchObject({ type: 'application/activity+json', href: aliceUri() })
  })

  it('is not how we send things', async () => {
    await here.send('Follow', aliceUri())
    await here.alice.post('/api/v1/statuses', { json: { status: 'hello' } })
    await drainQueues(here.world.ctx)
    const posts = here.far.requests.filter(({ method }) => method === 'POST')
    expect(posts).toHaveLength(2)
    for (const { headers, body } of posts) {
      expect(headers['content-type']).toMatch(/^application\/activity\+json/)
      expect([JSON.parse(body)['@context']].flat()[0]).toBe(AS)
    }
  })
})

it('interop 10 a long text of ours is a Note, which Mastodon shows whole', async () => {
  await here.send('Follow', aliceUri())
  await here.alice.post('/api/v1/statuses', { json: { status: 'word '.repeat(90), spoiler_text: 'long' } })
  await drainQueues(here.world.ctx)
  const [{ object } = {}] = here.far.received.filter((sent) => sent.type === 'Create')
  expect(object).toMatchObject({
    type: 'Note',
    summary: 'long',
    content: expect.stringContaining('word word'),
  })
})

it('interop 10 an article’s summary is no warning', async () => {
  const article = { type: 'Article', name: 'On tea', summary: 'An excerpt', content: '<p>Much more.</p>' }
  const shown = await here.shown({ ...article, url: here.far.url('/on-tea') })
  expect(shown).toMatchObject({ spoiler_text: '', content: expect.stringContaining('On tea') })
  expect(shown.content).toContain(`href="${here.far.url('/on-tea')}"`)
})
