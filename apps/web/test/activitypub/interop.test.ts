import { deliver } from '@anancus/core/testing/deliver'
import { useFederation } from '@anancus/core/testing/federation'
import { activity, type RemoteActor } from '@anancus/core/testing/remote'
import { startWeb, type TestClient, type TestWeb } from '../support/server.ts'

/** What other software does in its own way, and what a client of ours sees of it. */
const world = useFederation(['far'])
let web: TestWeb
let alice: TestClient
let carol: RemoteActor

beforeAll(async () => {
  web = await startWeb(world.ctx)
})
afterAll(() => web.close())
beforeEach(async () => {
  carol = world.host('far').actor('carol')
  await world.followed(carol)
  alice = web.as(await world.make.token({ user: world.alice.user }))
})

interface Quirk {
  software: string
  what: string
  note(id: string): Record<string, unknown>
  shown: Record<string, unknown>
}

const quirks: Quirk[] = [
  {
    software: 'Akkoma',
    what: 'gives emojis no id',
    note: () => ({
      content: '<p>:fox:</p>',
      tag: [
        {
          id: null,
          type: 'Emoji',
          name: ':fox:',
          icon: { type: 'Image', url: 'https://far.example/fox.png' },
        },
      ],
    }),
    shown: { content: '<p>:fox:</p>' },
  },
  {
    software: 'BookWyrm',
    what: 'calls a quoted text `quote`',
    note: () => ({ quote: 'Call me Ishmael.' }),
    shown: { quote: null },
  },
  {
    software: 'snac',
    what: 'leaves everything out that can be left out',
    note: () => ({
      tag: undefined,
      attachment: undefined,
      url: undefined,
      published: undefined,
      cc: undefined,
    }),
    shown: { media_attachments: [], mentions: [], visibility: 'public' },
  },
  {
    software: 'older software',
    what: 'answers what has no address on the web',
    note: () => ({ inReplyTo: 'tag:old.example,2012:note', conversation: 'tag:old.example,2012:talk' }),
    shown: { in_reply_to_id: null },
  },
  {
    software: 'BookWyrm and others',
    what: 'names several types',
    note: () => ({ type: ['Note', 'https://example.org/Review'], content: '<p>good</p>' }),
    shown: { content: '<p>good</p>' },
  },
  {
    software: 'some',
    what: 'write dates to the ten-millionth of a second',
    note: () => ({ published: '2026-01-02T03:04:05.1234567Z' }),
    shown: { created_at: '2026-01-02T03:04:05.123Z' },
  },
  {
    software: 'some',
    what: 'have the text in a map of languages only',
    note: () => ({ content: undefined, contentMap: { de: '<p>guten Tag</p>' } }),
    shown: { content: '<p>guten Tag</p>', language: 'de' },
  },
  {
    software: 'PeerTube',
    what: 'has a video with several authors and several addresses',
    note: () => ({
      type: 'Video',
      name: 'A film',
      attributedTo: [{ type: 'Person', id: carol.uri }],
      url: [
        { type: 'Link', mediaType: 'video/mp4', href: 'https://far.example/film.mp4' },
        { type: 'Link', mediaType: 'text/html', href: world.host('far').url('/w/film') },
      ],
    }),
    shown: { content: expect.stringContaining('A film') },
  },
  {
    software: 'Mobilizon',
    what: 'announces an event',
    note: () => ({ type: 'Event', name: 'Meeting', startTime: '2026-12-01T18:00:00Z' }),
    shown: { content: expect.stringContaining('Meeting') },
  },
  {
    software: 'WordPress',
    what: 'writes an article, whose summary is no warning',
    note: () => ({ type: 'Article', name: 'Title', summary: 'An excerpt' }),
    shown: { content: expect.stringContaining('Title'), spoiler_text: '' },
  },
  {
    software: 'Mitra',
    what: 'quotes by an address that is none of the web',
    note: () => ({
      tag: [{ type: 'Link', mediaType: 'application/activity+json', href: 'ap://did:key:z6Mk/1' }],
    }),
    shown: { quote: null },
  },
]

it.each(quirks)('$software $what', async ({ note, shown }) => {
  const sent: Record<string, unknown> = world.host('far').note(carol)
  for (const [name, value] of Object.entries(note(String(sent.id)))) sent[name] = value
  await deliver(world.ctx, carol, activity(carol, 'Create', sent, { to: sent.to, cc: sent.cc }))
  const row = await world.statusAt(String(sent.id))
  const answer = await alice.get(`/api/v1/statuses/${row?.id}`)
  expect(answer.status).toBe(200)
  expect(answer.body).toMatchObject(shown)
})

it.each(['View', 'CacheFile', 'Listen', 'Dislike', 'Bite', 'Join', 'TentativeAccept', 'WatchAction'])(
  '%s of others is taken, and shows nowhere',
  async (type) => {
    const mine = await world.make.status({ account: world.alice.account })
    await deliver(world.ctx, carol, activity(carol, type, world.noteUri(mine, world.alice.account)))
    expect((await alice.get(`/api/v1/statuses/${mine.id}`)).body).toMatchObject({ favourites_count: 0 })
    expect((await alice.get('/api/v1/notifications')).body).toEqual([])
  },
)
