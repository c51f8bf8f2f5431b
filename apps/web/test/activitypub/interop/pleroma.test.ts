import { deliver } from '@anancus/core/testing/deliver'
import { drainQueues } from '@anancus/core/testing/drain-queues'
import { PUBLIC } from '@anancus/core/testing/federation'
import { activity } from '@anancus/core/testing/remote'
import { useNeighbour } from './support.ts'

/** Pleroma and Akkoma. Their reactions, emojis and relays are shown elsewhere. */
const here = useNeighbour()
const aliceUri = () => here.world.uriOf(here.world.alice.account)
const context = () => [
  'https://www.w3.org/ns/activitystreams',
  here.far.url('/schemas/litepub-0.1.jsonld'),
  { '@language': 'und' },
]
const home = async () => (await here.alice.get('/api/v1/timelines/home')).body

describe('interop 28 a line of a chat', () => {
  const line = () => ({
    '@context': context(),
    id: here.far.url('/objects/1'),
    type: 'ChatMessage',
    attributedTo: here.carol.uri,
    actor: here.carol.uri,
    content: 'tea at <b>four</b>?',
    published: '2026-03-02T14:08:20Z',
    to: [aliceUri()],
    tag: [],
  })

  it('is a direct post to whom it goes to', async () => {
    await here.send('Create', line(), { to: [aliceUri()] })
    expect(await here.look(line().id)).toMatchObject({
      visibility: 'direct',
      content: 'tea at <b>four</b>?',
      mentions: [{ username: 'alice' }],
    })
    expect((await here.alice.get('/api/v1/conversations')).body).toMatchObject([
      { unread: true, accounts: [{ username: 'carol' }], last_status: { uri: line().id } },
    ])
    expect((await here.alice.get('/api/v1/notifications')).body).toMatchObject([{ type: 'mention' }])
  })

  it('is never for everybody, whatever it says', async () => {
    await here.send('Create', { ...line(), to: [aliceUri(), PUBLIC], cc: [PUBLIC] })
    expect(await here.look(line().id)).toMatchObject({ visibility: 'direct' })
  })

  it('is not taken in when it goes to somebody else', async () => {
    await here.send('Create', { ...line(), to: [here.far.actor('bert').uri] })
    expect(await here.look(line().id)).toBeUndefined()
  })

  it('is answered by a Note', async () => {
    here.carol.document.capabilities = { acceptsChatMessages: true }
    await here.send('Create', line(), { to: [aliceUri()] })
    const { id } = await here.look(line().id)
    const answer = { status: `@${here.carol.handle} yes`, in_reply_to_id: id, visibility: 'direct' }
    await here.alice.post('/api/v1/statuses', { json: answer })
    await drainQueues(here.world.ctx)
    expect(here.far.received).toMatchObject([
      { type: 'Create', to: [here.carol.uri], object: { type: 'Note', inReplyTo: line().id } },
    ])
  })
})

it.each([
  ['a text', 'tea **now**'],
  ['an object', { content: 'tea **now**', mediaType: 'text/markdown' }],
])(
  'interop 29 the source is %s, the context lies on the sender’s server, and neither is looked at',
  async (_what, source) => {
    const quoted = here.far.note(here.carol)
    const parts = { '@context': context(), content: '<p>tea <b>now</b></p>', source, quoteUrl: quoted.id }
    here.far.requests.length = 0
    expect(await here.shown(parts)).toMatchObject({
      content: '<p>tea <b>now</b></p>',
      quote: { state: 'accepted', quoted_status: { uri: quoted.id } },
    })
    expect(here.far.requests.filter(({ path }) => path.startsWith('/schemas'))).toEqual([])
  },
)

it('interop 30 our notes have lists where lists are meant, and only tags that everybody knows', async () => {
  await here.send('Follow', aliceUri())
  const text = { status: `tea with @${here.carol.handle} #tea` }
  await here.alice.post('/api/v1/statuses', { json: text })
  await here.alice.post('/api/v1/statuses', { json: { status: 'no tea' } })
  await drainQueues(here.world.ctx)
  const notes = here.far.received.filter(({ type }) => type === 'Create').map(({ object }) => object)
  expect(notes).toHaveLength(2)
  for (const note of notes as Record<string, unknown>[])
    for (const name of ['to', 'cc', 'tag', 'attachment'])
      expect([name, note[name]]).toEqual([name, expect.any(Array)])
  const types = notes.flatMap((note) => (note as { tag: { type: string }[] }).tag.map(({ type }) => type))
  expect(types.sort()).toEqual(['Hashtag', 'Mention'])
})

it('interop 32 an edit brings its history along, which is passed over', async () => {
  const note = here.far.note(here.carol, { content: '<p>one</p>', published: '2026-03-02T14:08:20Z' })
  await here.send('Create', note)
  const former = { type: 'OrderedCollection', totalItems: 1, orderedItems: [{ ...note, id: undefined }] }
  const edit = { content: '<p>two</p>', updated: '2026-03-02T15:00:00Z', formerRepresentations: former }
  await here.send('Update', { ...note, ...edit })
  const { id, ...shown } = await here.look(note.id)
  expect(shown).toMatchObject({ content: '<p>two</p>', edited_at: '2026-03-02T15:00:00.000Z' })
  const history = (await here.alice.get(`/api/v1/statuses/${id}/history`)).body
  expect(history.map(({ content }: { content: string }) => content)).toEqual(['<p>one</p>', '<p>two</p>'])
})

describe('interop 33 what is not for everybody', () => {
  const secret = () => here.far.note(here.carol, { to: [here.carol.followers], cc: [] })

  it('is boosted to their followers by those who wrote it', async () => {
    const note = secret()
    await here.send('Create', note)
    await here.send('Announce', note.id, { to: [here.carol.followers], cc: [] })
    const account = await here.world.accountOf(here.carol)
    const { body } = await here.alice.get(`/api/v1/accounts/${account?.id}/statuses`)
    expect(body).toMatchObject([{ visibility: 'private', reblog: { uri: note.id } }, { uri: note.id }])
  })

  it('is boosted by nobody else', async () => {
    const bert = here.far.actor('bert')
    await here.world.followed(bert)
    const note = secret()
    await here.send('Create', note)
    const boost = activity(bert, 'Announce', note.id, { to: [bert.followers], cc: [] })
    await deliver(here.world.ctx, bert, boost)
    expect(await home()).toMatchObject([{ uri: note.id, reblogs_count: 0 }])
  })

  it('is not what somebody listens to', async () => {
    const song = { id: here.far.url('/objects/2'), type: 'Audio', artist: 'A band', title: 'A song' }
    await here.send('Listen', { ...song, attributedTo: here.carol.uri }, { to: [PUBLIC] })
    expect([await home(), await here.look(song.id)]).toEqual([[], undefined])
  })
})
