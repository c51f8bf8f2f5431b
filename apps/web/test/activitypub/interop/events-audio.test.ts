import { deliver } from '@anancus/core/testing/deliver'
import { PUBLIC } from '@anancus/core/testing/federation'
import { activity } from '@anancus/core/testing/remote'
import { useNeighbour } from './support.ts'

const neighbour = useNeighbour()
const { world } = neighbour
const at = (path: string) => neighbour.far.url(path)
const home = async () => (await neighbour.alice.get('/api/v1/timelines/home')).body
const notifications = async () => (await neighbour.alice.get('/api/v1/notifications')).body

/** An event as Mobilizon tells of it. */
const event = (parts: Record<string, unknown> = {}) => ({
  type: 'Event',
  name: 'Dance & supper',
  content: '<p>Bring shoes.</p>',
  startTime: '2026-12-11T19:00:00+00:00',
  endTime: '2026-12-11T21:00:00+00:00',
  timezone: 'Europe/London',
  category: 'SPORTS',
  joinMode: 'free',
  draft: false,
  'ical:status': 'CONFIRMED',
  repliesModerationOption: 'allow_all',
  maximumAttendeeCapacity: 0,
  location: {
    type: 'Place',
    id: at('/address/1'),
    name: 'The Old Mill',
    latitude: 50.6,
    longitude: -3.5,
    address: {
      type: 'PostalAddress',
      streetAddress: '1 River Lane',
      postalCode: 'EX6 7TW',
      addressLocality: 'Millbrook',
      addressRegion: 'England',
      addressCountry: 'United Kingdom',
    },
  },
  url: at('/events/1'),
  mediaType: 'text/html',
  attachment: [
    { type: 'Document', mediaType: 'image/jpeg', name: 'Banner', url: at('/media/banner.jpg?name=x') },
    { type: 'Link', href: 'https://tickets.example/', name: 'Website' },
  ],
  ...parts,
})

describe('an event', () => {
  it('interop 87 is its title, when, where and a link', async () => {
    const status = await neighbour.shown(event())
    expect(status.content).toBe(
      [
        '<p><strong>Dance &amp; supper</strong></p>',
        '<p>📅 2026-12-11 19:00 – 21:00 UTC<br>📍 The Old Mill, 1 River Lane, EX6 7TW Millbrook, United Kingdom</p>',
        `<p><a href="${at('/events/1')}" rel="nofollow noopener" target="_blank">${at('/events/1')}</a></p>`,
      ].join('\n\n'),
    )
    expect(status).toMatchObject({
      url: at('/events/1'),
      media_attachments: [{ type: 'image', description: 'Banner' }],
    })
  })

  it.each([
    [
      'Gancio',
      { location: { type: 'Place', name: 'Yard', address: 'Via Roma 1' }, endTime: null },
      'Yard, Via Roma 1',
    ],
    ['WordPress', { location: { type: 'VirtualLocation', url: 'https://meet.example/1' } }, '📅'],
    ['one that says neither when nor where', { startTime: undefined, location: undefined }, 'Dance'],
    ['one that says nonsense', { startTime: { x: 1 }, location: [7], endTime: '<script>' }, 'Dance'],
  ])('interop 87 of %s is shown too', async (_name, parts, shown) => {
    const status = await neighbour.shown(event(parts))
    expect(status.content).toContain(shown)
    expect(status.content).not.toContain('script')
  })

  it('interop 87 of a group comes by the group’s announcement', async () => {
    const group = neighbour.far.actor('dancers', { type: 'Group' })
    await world.followed(group)
    const note = neighbour.far.note(neighbour.carol, {
      ...event(),
      id: at('/events/1'),
      attributedTo: group.uri,
      actor: neighbour.carol.uri,
    })
    await deliver(world.ctx, group, activity(group, 'Announce', note.id, { to: [PUBLIC] }))
    expect(await home()).toMatchObject([
      { account: { username: 'dancers', group: true }, content: expect.stringContaining('Dance') },
    ])
  })

  it.each(['Join', 'Leave', 'Invite'])('interop 87 %s means nothing here', async (type) => {
    const mine = await world.make.status({ account: world.alice.account })
    const uri = world.noteUri(mine, world.alice.account)
    await neighbour.send(type, uri, { participationMessage: 'Me too' })
    await neighbour.send('Accept', {
      id: at('/join/1'),
      type: 'Join',
      actor: world.uriOf(world.alice.account),
      object: uri,
    })
    expect(await notifications()).toEqual([])
    expect(await neighbour.alice.get(`/api/v1/statuses/${mine.id}`)).toMatchObject({
      body: { favourites_count: 0, replies_count: 0 },
    })
  })

  it('interop 88 a server that follows this server is no follower of anybody', async () => {
    const relay = neighbour.far.actor('relay', { type: 'Application', url: at('/relay') })
    await world.met(relay)
    const follow = activity(relay, 'Follow', `${world.ctx.config.baseUrl}/actor`)
    await deliver(world.ctx, relay, follow)
    await deliver(world.ctx, relay, activity(relay, 'Undo', follow))
    expect(await notifications()).toEqual([])
    expect(neighbour.far.received.map(({ type }) => type)).toEqual(['Reject'])
    const { body } = await neighbour.alice.get('/api/v1/accounts/verify_credentials')
    expect(body.followers_count).toBe(0)
  })
})

describe('sound', () => {
  it('interop 89 a track is its title, its page, and the sound', async () => {
    const status = await neighbour.shown({
      type: 'Audio',
      name: 'Rain on a roof',
      content: undefined,
      duration: 213,
      bitrate: 320000,
      size: 8_000_000,
      library: at('/federation/music/libraries/1'),
      track: { type: 'Track', name: 'Rain on a roof', musicbrainzId: null, artists: [] },
      icon: { type: 'Image', url: at('/covers/1.jpg'), mediaType: 'image/jpeg' },
      url: [
        { type: 'Link', mediaType: 'audio/mpeg', href: at('/api/v1/listen/1.mp3') },
        { type: 'Link', mediaType: 'text/html', href: at('/library/tracks/1') },
      ],
    })
    expect(status).toMatchObject({
      url: at('/library/tracks/1'),
      content: expect.stringContaining('<strong>Rain on a roof</strong>'),
      media_attachments: [
        {
          type: 'audio',
          remote_url: at('/api/v1/listen/1.mp3'),
          preview_remote_url: at('/covers/1.jpg'),
          description: 'Rain on a roof',
        },
      ],
    })
  })

  it('interop 89 a picture is its title, its page, and the picture', async () => {
    expect(
      await neighbour.shown({ type: 'Image', name: 'Fog', mediaType: 'image/jpeg', url: at('/fog.jpg') }),
    ).toMatchObject({
      content: expect.stringContaining('<strong>Fog</strong>'),
      media_attachments: [{ type: 'image', remote_url: at('/fog.jpg') }],
    })
  })

  it.each(['Album', 'Artist', 'Library', 'Track'])('interop 89 %s is shown nowhere', async (type) => {
    const thing = {
      id: at(`/federation/music/${type}/1`),
      type,
      name: 'A thing',
      attributedTo: neighbour.carol.uri,
    }
    await neighbour.send('Create', thing, { to: [PUBLIC] })
    await neighbour.send('Update', thing, { to: [PUBLIC] })
    expect(await home()).toEqual([])
  })

  it('interop 89 a Follow of what is no account, and Listen, mean nothing here', async () => {
    const before = await world.count('follows')
    await neighbour.send('Follow', 'https://social.test/federation/music/libraries/1')
    await neighbour.send('Follow', { type: 'Library', id: 'https://social.test/libraries/1' })
    await neighbour.send('Listen', at('/federation/music/tracks/1'))
    expect([await world.count('follows'), await notifications()]).toEqual([before, []])
  })

  it('interop 90 an episode is a note; what is only an episode is shown nowhere', async () => {
    const episode = {
      content: '<p>Episode 7</p>',
      comments: at('/@cast/episodes/7/comments'),
      audio: {
        id: at('/audio/7.mp3'),
        type: 'Audio',
        name: 'Episode 7',
        size: 9_000_000,
        duration: 1800,
        url: { type: 'Link', href: at('/audio/7.mp3'), mediaType: 'audio/mpeg' },
      },
    }
    expect(await neighbour.shown(episode)).toMatchObject({ content: '<p>Episode 7</p>' })
    expect(await neighbour.shown({ ...episode, type: ['PodcastEpisode', 'Note'] })).toMatchObject({
      content: '<p>Episode 7</p>',
    })
    expect(await neighbour.shown({ ...episode, type: 'PodcastEpisode' })).toBeUndefined()
  })
})
