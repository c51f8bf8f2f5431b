import { fetchEmoji } from '@anancus/core/domain/media'
import { PermanentJobError } from '@anancus/core/kernel/errors'
import { drainQueues, registerHandlers } from '@anancus/core/testing/drain-queues'
import { PUBLIC } from '@anancus/core/testing/federation'
import { allHandlers } from '@anancus/core/testing/handlers'
import { movingGif, picture } from '@anancus/core/testing/pictures'
import { activity, reply } from '@anancus/core/testing/remote'
import { useNeighbour } from './support.ts'

/** Reactions of Misskey and its kin, and of Pleroma and its. */
const here = useNeighbour(['far', 'third'])
let mine: { id: string; uri: string }

beforeAll(() => registerHandlers({ ...allHandlers, 'media.fetch_emoji': fetchOrLeave }))
beforeEach(async () => {
  const status = await here.world.make.status({ account: here.world.alice.account })
  mine = { id: status.id, uri: here.world.noteUri(status, here.world.alice.account) }
})

/** As the worker does with what is never to be had. */
const fetchOrLeave: typeof fetchEmoji = (ctx, payload) =>
  fetchEmoji(ctx, payload).catch((error: unknown) => {
    if (!(error instanceof PermanentJobError)) throw error
  })
const shown = async () => (await here.alice.get(`/api/v1/statuses/${mine.id}`)).body
const told = async () => (await here.alice.get('/api/v1/notifications')).body
const likers = async () => (await here.alice.get(`/api/v1/statuses/${mine.id}/favourited_by`)).body
const MISSKEY = [
  'https://www.w3.org/ns/activitystreams',
  'https://w3id.org/security/v1',
  { misskey: 'https://misskey-hub.net/ns#', _misskey_reaction: 'misskey:_misskey_reaction' },
]
/** A Like as Misskey sends it. */
const misskeyLike = (reaction: string, more: Record<string, unknown> = {}): Record<string, unknown> => ({
  ...activity(here.carol, 'Like', mine.uri, { content: reaction, _misskey_reaction: reaction }),
  '@context': MISSKEY,
  ...more,
})
/** An EmojiReact as Pleroma sends it. */
const emojiReact = (content: string, more: Record<string, unknown> = {}): Record<string, unknown> => ({
  ...activity(here.carol, 'EmojiReact', mine.uri, { content }),
  '@context': [
    'https://www.w3.org/ns/activitystreams',
    here.far.url('/schemas/litepub-0.1.jsonld'),
    { '@language': 'und' },
  ],
  to: [here.world.uriOf(here.world.alice.account), here.carol.followers],
  cc: [PUBLIC],
  ...more,
})
const take = ({ type, object, ...more }: Record<string, unknown>) => here.send(String(type), object, more)
const undo = (done: unknown, more: Record<string, unknown> = {}) => here.send('Undo', done, more)
const emoji = (name: string, url: string, more: Record<string, unknown> = {}) => ({
  id: here.far.url(`/emojis/${name}`),
  type: 'Emoji',
  name: `:${name}:`,
  updated: '2026-01-01T00:00:00Z',
  icon: { type: 'Image', mediaType: 'image/png', url },
  ...more,
})
const servePicture = async (path: string) =>
  here.far.serve(path, reply({ type: 'image/png', body: await picture('png', 32, 32) }))
const PICTURE = {
  url: expect.stringContaining('/custom_emojis/'),
  static_url: expect.stringContaining('.png'),
}

describe('interop 16 a reaction of Misskey', () => {
  it('is shown, and is a favourite for apps that know only those', async () => {
    const like = misskeyLike('🦊')
    await take(like)
    expect(await shown()).toMatchObject({
      favourites_count: 1,
      reactions: [{ name: '🦊', count: 1, me: false }],
    })
    expect(await likers()).toMatchObject([{ username: 'carol' }])
    expect(await told()).toMatchObject([{ type: 'favourite', status: { id: mine.id } }])
    await undo({ ...like, '@context': undefined })
    expect(await shown()).toMatchObject({ favourites_count: 0, reactions: [] })
    expect(await told()).toEqual([])
  })

  it('may be a custom emoji, whose picture comes along', async () => {
    await servePicture('/files/fox.png')
    await take(misskeyLike(':fox:', { tag: [emoji('fox', here.far.url('/files/fox.png'))] }))
    await drainQueues(here.world.ctx)
    expect((await shown()).reactions).toEqual([
      { name: `fox@${here.far.host}`, count: 1, me: false, ...PICTURE },
    ])
  })

  it('may be the emoji of another server, which it does not define', async () => {
    const third = here.world.host('third')
    await here.world.make.customEmoji({ shortcode: 'fox', domain: third.host, image_file_name: 'known.png' })
    const tag = [
      emoji(`fox@${third.host}`, here.far.url('/files/forged.png'), { id: third.url('/emojis/fox') }),
    ]
    await take(misskeyLike(`:fox@${third.host}:`, { tag }))
    expect((await shown()).reactions).toEqual([
      {
        name: `fox@${third.host}`,
        count: 1,
        me: false,
        ...PICTURE,
        url: expect.stringContaining('known.png'),
      },
    ])
  })

  it.each(['❤', '❤️', '⭐'])('%s is a favourite and no more', async (reaction) => {
    const like = misskeyLike(reaction)
    await take(like)
    expect(await shown()).toMatchObject({ favourites_count: 1, reactions: [] })
    await undo(like)
    expect(await shown()).toMatchObject({ favourites_count: 0 })
  })

  it('is changed by taking it back and giving another, and is told anew', async () => {
    const first = misskeyLike('🦊')
    await take(first)
    await undo(first)
    await take(misskeyLike('🐻'))
    expect(await shown()).toMatchObject({ favourites_count: 1, reactions: [{ name: '🐻', count: 1 }] })
    expect(await told()).toHaveLength(1)
  })

  it('that is no emoji is a favourite', async () => {
    for (const content of ['nice!', ':a b:', '<script>', ':x:'.repeat(200)]) await take(misskeyLike(content))
    expect(await shown()).toMatchObject({ favourites_count: 1, reactions: [] })
  })
})

describe('interop 24 Sharkey, Iceshrimp and Firefish', () => {
  it('send a Like without an emoji to those who know none', async () => {
    const like = activity(here.carol, 'Like', mine.uri)
    await take(like)
    expect(await shown()).toMatchObject({ favourites_count: 1, reactions: [] })
    await undo(like)
    expect(await shown()).toMatchObject({ favourites_count: 0 })
  })

  it('quote in three words at once, which is one quote', async () => {
    const quoted = here.far.note(here.carol)
    const parts = {
      content: '<p>so true</p>',
      quoteUrl: quoted.id,
      quoteUri: quoted.id,
      _misskey_quote: quoted.id,
    }
    expect((await here.shown(parts)).quote).toMatchObject({
      state: 'accepted',
      quoted_status: { uri: quoted.id },
    })
  })

  it('hear of a reaction of ours by a Like with what was chosen', async () => {
    here.far.serve('/.well-known/nodeinfo', {
      links: [
        { rel: 'http://nodeinfo.diaspora.software/ns/schema/2.1', href: here.far.url('/nodeinfo/2.1') },
      ],
    })
    here.far.serve('/nodeinfo/2.1', { software: { name: 'sharkey', version: '2025.4.4' } })
    const note = await here.shown({})
    here.far.received.length = 0
    await here.alice.post(`/api/v1/statuses/${note.id}/react/${encodeURIComponent('🦊')}`)
    await drainQueues(here.world.ctx)
    await here.alice.post(`/api/v1/statuses/${note.id}/unreact/${encodeURIComponent('🦊')}`)
    await drainQueues(here.world.ctx)
    const like = { type: 'Like', object: note.uri, content: '🦊', _misskey_reaction: '🦊' }
    expect(here.far.received).toMatchObject([like, { type: 'Undo', object: like }])
  })
})

describe('interop 25 pictures of emojis that are none we keep', () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>x()</script></svg>'

  it.each([
    ['an SVG', 'image/svg+xml', async () => Buffer.from(svg)],
    ['an AVIF', 'image/avif', () => picture('avif', 32, 32)],
    ['no picture', 'text/html', async () => Buffer.from('<p>no</p>')],
  ])('%s is dropped; the name says what was meant', async (_what, type, make) => {
    const body = await make()
    here.far.serve('/files/odd', reply({ type, body }))
    const tag = [emoji('odd', here.far.url('/files/odd'), { license: 'CC0' })]
    await take(misskeyLike(':odd:', { tag }))
    await drainQueues(here.world.ctx)
    expect((await shown()).reactions).toEqual([{ name: `odd@${here.far.host}`, count: 1, me: false }])
    const post = await here.shown({ content: '<p>:odd:</p>', tag })
    expect(post).toMatchObject({ content: '<p>:odd:</p>', emojis: [] })
  })

  it('a moving one moves, and has a still', async () => {
    here.far.serve('/files/hop', reply({ type: 'image/gif', body: await movingGif() }))
    await take(misskeyLike(':hop:', { tag: [emoji('hop', here.far.url('/files/hop'))] }))
    await drainQueues(here.world.ctx)
    expect((await shown()).reactions).toMatchObject([
      {
        url: expect.stringMatching(/original\/\w+\.gif$/),
        static_url: expect.stringMatching(/static\/\w+\.png$/),
      },
    ])
  })

  it('a name that is too long is a favourite', async () => {
    const name = 'x'.repeat(129)
    await take(misskeyLike(`:${name}:`, { tag: [emoji(name, here.far.url('/files/x.png'))] }))
    expect(await shown()).toMatchObject({ favourites_count: 1, reactions: [] })
  })
})

describe('interop 26 an EmojiReact of Pleroma', () => {
  it('may be several by the same person, told once, taken back one by one', async () => {
    const acts = [emojiReact('🦊'), emojiReact('🐻'), emojiReact('❤️')]
    for (const act of acts) await take(act)
    expect(await shown()).toMatchObject({
      favourites_count: 1,
      reactions: [{ name: '🦊' }, { name: '🐻' }, { name: '❤️' }],
    })
    expect(await told()).toHaveLength(1)
    await undo(acts[0]?.id)
    await undo({ ...acts[1], id: here.far.url('/activities/anew') })
    expect(await shown()).toMatchObject({ favourites_count: 1, reactions: [{ name: '❤️' }] })
    await undo(acts[2])
    expect(await shown()).toMatchObject({ favourites_count: 0, reactions: [] })
  })

  it('may name its custom emoji with or without colons, and be of a third server', async () => {
    const third = here.world.host('third')
    await servePicture('/files/fox.png')
    const url = here.far.url('/files/fox.png')
    await take(emojiReact('fox', { tag: [emoji('fox', url, { name: 'fox' })] }))
    await take(emojiReact(':fox:', { tag: [emoji('fox', url)] }))
    await take(emojiReact(':fox:', { tag: [emoji('fox', url, { id: third.url('/emojis/1') })] }))
    await drainQueues(here.world.ctx)
    const apart = third.host.replaceAll(/[^a-z0-9]+/g, '_')
    expect((await shown()).reactions).toEqual([
      { name: `fox@${here.far.host}`, count: 1, me: false, ...PICTURE },
      { name: `fox_${apart}@${here.far.host}`, count: 1, me: false, ...PICTURE },
    ])
  })

  it('beside a Like of the same person is still one favourite', async () => {
    const [like, react] = [activity(here.carol, 'Like', mine.uri), emojiReact('🦊')]
    await take(like)
    await take(react)
    await undo(like)
    expect(await shown()).toMatchObject({ favourites_count: 1, reactions: [{ name: '🦊' }] })
    await undo(react)
    expect(await shown()).toMatchObject({ favourites_count: 0, reactions: [] })
  })

  it.each(['pleroma', 'akkoma'])('is what %s hears of a reaction of ours', async (name) => {
    here.far.serve('/.well-known/nodeinfo', {
      links: [
        { rel: 'http://nodeinfo.diaspora.software/ns/schema/2.0', href: here.far.url('/nodeinfo/2.0.json') },
      ],
    })
    here.far.serve('/nodeinfo/2.0.json', { software: { name, version: '2.9.1' } })
    const note = await here.shown({})
    here.far.received.length = 0
    const path = `/api/v1/pleroma/statuses/${note.id}/reactions/${encodeURIComponent('🦊')}`
    await here.alice.request('PUT', path)
    await drainQueues(here.world.ctx)
    expect(here.far.received).toMatchObject([{ type: 'EmojiReact', object: note.uri, content: '🦊' }])
  })

  it('to a post of somebody else is none of ours, to a hidden one refused', async () => {
    const note = here.far.note(here.far.actor('bert'))
    await here.send('EmojiReact', note.id, { content: '🦊' })
    const hidden = await here.world.make.status({ account: here.world.alice.account, visibility: 'direct' })
    await here.send('EmojiReact', here.world.noteUri(hidden, here.world.alice.account), { content: '🦊' })
    expect(await here.world.count('status_reactions')).toBe(0)
    expect(await here.world.count('favourites')).toBe(0)
  })
})

describe('interop 27 emojis without an id', () => {
  it('are known by their name and server, in reactions and in posts', async () => {
    await servePicture('/files/fox.png')
    await servePicture('/files/new.png')
    const tag = (path: string, updated: string) => [emoji('fox', here.far.url(path), { id: null, updated })]
    await take(emojiReact(':fox:', { tag: tag('/files/fox.png', '2026-01-01T00:00:00Z') }))
    const post = await here.shown({
      content: '<p>:fox:</p>',
      tag: tag('/files/new.png', '2026-02-01T00:00:00Z'),
    })
    await drainQueues(here.world.ctx)
    expect(await here.world.count('custom_emojis')).toBe(1)
    const [reaction] = (await shown()).reactions
    expect(reaction).toMatchObject({ name: `fox@${here.far.host}`, ...PICTURE })
    expect((await here.look(post.uri)).emojis).toMatchObject([{ shortcode: 'fox', url: reaction.url }])
  })
})
