import { deliver } from '@anancus/core/testing/deliver'
import { drainQueues, peekQueues } from '@anancus/core/testing/drain-queues'
import { PUBLIC } from '@anancus/core/testing/federation'
import { activity, type RemoteActor, reply, signDelivery } from '@anancus/core/testing/remote'
import { sendSigned } from '../../support/send-signed.ts'
import { useNeighbour } from './support.ts'

/** GoToSocial: what it sends, and how it takes what we send. How it is read from lies in a file of its own. */
const AS = 'https://www.w3.org/ns/activitystreams'
const here = useNeighbour()
const aliceUri = () => here.world.uriOf(here.world.alice.account)
const follow = (actor: RemoteActor) => deliver(here.world.ctx, actor, activity(actor, 'Follow', aliceUri()))
const post = (json: object) => here.alice.post('/api/v1/statuses', { json })
const posts = (path: RegExp) =>
  here.far.requests.filter((request) => request.method === 'POST' && path.test(request.path))

describe('interop 36 a server without a shared inbox', () => {
  it('gets one delivery for each who follows, of the type it takes', async () => {
    const [gina, gus] = [here.far.actor('gina'), here.far.actor('gus')]
    for (const actor of [gina, gus]) await follow(actor)
    here.far.requests.length = 0
    await post({ status: 'hello' })
    await drainQueues(here.world.ctx)
    const sent = posts(/inbox/)
    expect(sent.map(({ path }) => path).sort()).toEqual(['/users/gina/inbox', '/users/gus/inbox'])
    for (const { headers } of sent) expect(headers['content-type']).toMatch(/^application\/activity\+json/)
  })

  it('is not asked again when it answers 400', async () => {
    await follow(here.carol)
    here.far.serve('/users/carol/inbox', reply({ status: 400, body: { error: 'no' } }))
    here.far.requests.length = 0
    await post({ status: 'hello' })
    await expect(drainQueues(here.world.ctx)).rejects.toMatchObject({ name: 'PermanentJobError' })
    await drainQueues(here.world.ctx)
    expect(posts(/inbox/)).toHaveLength(1)
  })
})

describe('interop 37 lists of one come as what is in them', () => {
  it('in a post', async () => {
    const parts = {
      to: PUBLIC,
      cc: here.carol.followers,
      tag: { type: 'Hashtag', name: '#tea', href: here.far.url('/tags/tea') },
      attachment: { type: 'Image', mediaType: 'image/png', url: here.far.url('/a.png'), summary: 'a cup' },
    }
    expect(await here.shown(parts)).toMatchObject({
      visibility: 'public',
      tags: [{ name: 'tea' }],
      media_attachments: [{ type: 'image', description: 'a cup' }],
    })
  })

  it('in a poll', async () => {
    const option = { type: 'Note', name: 'tea', replies: { type: 'Collection', totalItems: 2 } }
    const poll = { type: 'Question', endTime: '2099-01-01T00:00:00Z', oneOf: option, votersCount: 2 }
    expect(await here.shown(poll)).toMatchObject({
      poll: { multiple: false, votes_count: 2, options: [{ title: 'tea', votes_count: 2 }] },
    })
  })

  it('in a profile', async () => {
    const gina = here.far.actor('gina', {
      name: 'Gina :fox:',
      attachment: { type: 'PropertyValue', name: 'Tea', value: 'black' },
      tag: {
        id: here.far.url('/emoji/1'),
        type: 'Emoji',
        name: ':fox:',
        icon: { type: 'Image', mediaType: 'image/png', url: here.far.url('/fox.png') },
      },
      alsoKnownAs: 'https://elsewhere.example/users/gina',
    })
    const { id } = await here.world.met(gina)
    expect((await here.alice.get(`/api/v1/accounts/${id}`)).body).toMatchObject({
      fields: [{ name: 'Tea', value: 'black' }],
    })
  })
})

it('interop 39 a vote for several options comes as one Create of several notes', async () => {
  const poll = { options: ['tea', 'coffee', 'water'], multiple: true, expires_in: 3600 }
  const { id, uri, poll: shown } = (await post({ status: 'what?', poll })).body
  const vote = (name: string, number: number) => ({
    id: `${here.carol.uri}/statuses/vote${number}`,
    type: 'Note',
    name,
    attributedTo: here.carol.uri,
    inReplyTo: uri,
    to: aliceUri(),
  })
  await here.send('Create', [vote('tea', 1), vote('water', 2)], { to: aliceUri() })
  expect((await here.alice.get(`/api/v1/polls/${shown.id}`)).body).toMatchObject({
    votes_count: 2,
    voters_count: 1,
    options: [{ votes_count: 1 }, { votes_count: 0 }, { votes_count: 1 }],
  })
  expect((await here.alice.get(`/api/v1/statuses/${id}/context`)).body.descendants).toEqual([])
})

it('interop 45 contexts are named that lead nowhere', async () => {
  const context = [
    AS,
    'https://gotosocial.org/ns',
    'http://joinmastodon.org/ns',
    'http://schema.org',
    here.far.url('/ns'),
  ]
  here.far.requests.length = 0
  const parts = { '@context': context, content: '<p>hello</p>' }
  expect(await here.shown(parts)).toMatchObject({ content: '<p>hello</p>' })
  expect(here.far.requests.map(({ path }) => path)).not.toContain('/ns')
})

describe('interop 46', () => {
  it('a report comes to a personal inbox, from the server itself and addressed to nobody', async () => {
    const mine = await here.world.make.status({ account: here.world.alice.account })
    const system = here.far.actor('far.localhost', { type: 'Application' })
    const object = [aliceUri(), here.world.noteUri(mine, here.world.alice.account)]
    const flag = activity(system, 'Flag', object, { content: 'rude', bto: aliceUri() })
    const signed = signDelivery(system, flag, { host: 'social.test', target: '/users/alice/inbox' })
    expect((await sendSigned(here.web.url, signed)).status).toBe(202)
    await drainQueues(here.world.ctx)
    const { body } = await (await here.admin()).get('/api/v1/admin/reports')
    expect(body).toMatchObject([
      { comment: 'rude', target_account: { username: 'alice' }, statuses: [{ id: mine.id }] },
    ])
  })

  it.each([429, 503])('an inbox that answers %i is left alone as long as it asks for', async (status) => {
    await follow(here.carol)
    here.far.serve('/users/carol/inbox', reply({ status, headers: { 'retry-after': '120' } }))
    here.far.requests.length = 0
    await post({ status: 'one' })
    await expect(drainQueues(here.world.ctx)).rejects.toMatchObject({
      retryable: true,
      retryAfterSeconds: 120,
    })
    await post({ status: 'two' })
    await expect(drainQueues(here.world.ctx)).rejects.toMatchObject({ name: 'DeferredJobError' })
    expect(posts(/inbox/)).toHaveLength(1)
    expect(await peekQueues(here.world.ctx)).toEqual([])
  })
})

describe('interop 47 media', () => {
  it.each([
    ['Image', 'image/png', 'image', { summary: 'a cup', name: 'cup.png' }],
    ['Video', 'video/mp4', 'video', { summary: 'a cup' }],
    ['Audio', 'audio/mpeg', 'audio', { name: 'a cup' }],
    ['Document', 'image/jpeg', 'image', { name: 'a cup' }],
  ])('of type %s are taken, and described by summary before name', async (type, mediaType, shown, text) => {
    const attachment = [{ type, mediaType, url: here.far.url('/files/1'), ...text }]
    expect((await here.shown({ attachment })).media_attachments).toMatchObject([
      { type: shown, remote_url: here.far.url('/files/1'), description: 'a cup' },
    ])
  })

  it('of ours are described by their name', async () => {
    await follow(here.carol)
    const media = await here.world.make.media({ account: here.world.alice.account, description: 'a cup' })
    await post({ status: 'tea', media_ids: [media.id] })
    await drainQueues(here.world.ctx)
    const [{ object } = {}] = here.far.received.filter(({ type }) => type === 'Create')
    expect(object).toMatchObject({
      attachment: [{ type: 'Document', mediaType: 'image/png', name: 'a cup' }],
    })
  })
})
