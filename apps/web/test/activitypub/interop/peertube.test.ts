import { fetchCard } from '@anancus/core/domain/previews'
import { fetchCardJob } from '@anancus/core/jobs'
import { deliver } from '@anancus/core/testing/deliver'
import { registerHandlers } from '@anancus/core/testing/drain-queues'
import { PUBLIC } from '@anancus/core/testing/federation'
import { activity, type Answer, type RemoteActor, reply } from '@anancus/core/testing/remote'
import { useNeighbour } from './support.ts'

const neighbour = useNeighbour()
const { world } = neighbour
const MB = 1024 * 1024
let channel: RemoteActor

beforeAll(() => registerHandlers({ [fetchCardJob.name]: fetchCard as never }))
beforeEach(async () => {
  channel = neighbour.far.actor('films_channel', { type: 'Group' })
  await world.met(channel)
})

const at = (path: string) => neighbour.far.url(path)
const file = (height: number, size: number) => ({
  type: 'Link',
  mediaType: 'video/mp4',
  href: at(`/static/${height}.mp4`),
  width: Math.round((height * 16) / 9),
  height,
  size,
  fps: 30,
})

/** A video as PeerTube describes it; its files are `sizes` by their heights. */
function video(sizes: Record<number, number> = { 360: 5 * MB, 720: 30 * MB }, more: object = {}) {
  const { far, carol } = neighbour
  return far.note(carol, {
    id: at('/videos/watch/9cc83a8c'),
    type: 'Video',
    name: 'How bread rises',
    duration: 'PT95S',
    mediaType: 'text/markdown',
    content: '**Flour**, water, salt.',
    summary: null,
    views: 12,
    commentsEnabled: true,
    commentsPolicy: 1,
    sensitive: false,
    subtitleLanguage: [],
    icon: [
      { type: 'Image', url: at('/thumbnails/small.jpg'), mediaType: 'image/jpeg', width: 280, height: 157 },
      { type: 'Image', url: at('/previews/large.jpg'), mediaType: 'image/jpeg', width: 850, height: 480 },
    ],
    preview: [{ type: 'Image', rel: ['storyboard'], url: [{ href: at('/storyboard.jpg') }] }],
    attributedTo: [
      { type: 'Person', id: carol.uri },
      { type: 'Group', id: channel.uri },
    ],
    url: [
      { type: 'Link', mediaType: 'text/html', href: at('/videos/watch/9cc83a8c') },
      {
        type: 'Link',
        mediaType: 'application/x-mpegURL',
        href: at('/static/master.m3u8'),
        tag: [
          { type: 'Infohash', name: '0123456789abcdef' },
          { type: 'Link', name: 'sha256', mediaType: 'application/json', href: at('/sha256.json') },
          ...Object.entries(sizes).map(([height, size]) => file(Number(height), size)),
          { type: 'Link', mediaType: 'application/x-bittorrent', href: at('/lazy-static/720.torrent') },
        ],
      },
      { type: 'Link', name: 'tracker-http', rel: ['tracker', 'http'], href: at('/tracker/announce') },
      {
        type: 'Link',
        mediaType: 'application/x-bittorrent;x-scheme-handler/magnet',
        href: 'magnet:?xt=urn:btih:0123456789abcdef',
      },
    ],
    likes: at('/videos/watch/9cc83a8c/likes'),
    shares: at('/videos/watch/9cc83a8c/announces'),
    comments: at('/videos/watch/9cc83a8c/comments'),
    to: [PUBLIC],
    cc: [carol.followers],
    ...more,
  })
}

/** Serves people the page of a film, where other servers get the film. */
function servePage(film: object): void {
  const page = `<title>x</title><meta property="og:title" content="How bread rises">
    <meta property="og:image" content="${at('/previews/large.jpg')}">
    <link rel="alternate" type="application/json+oembed" href="${at('/services/oembed')}">`
  const answer = reply({ type: 'text/html; charset=utf-8', body: page }) as Extract<Answer, CallableFunction>
  neighbour.far.serve('/videos/watch/9cc83a8c', (request, response) =>
    request.headers.accept?.includes('text/html') ? answer(request, response) : film,
  )
}

const create = (film = video()) => neighbour.send('Create', film, { to: film.to, cc: film.cc })
const announce = (film = video()) =>
  deliver(
    world.ctx,
    channel,
    activity(channel, 'Announce', film.id, { to: [PUBLIC], cc: [channel.followers] }),
  )
const follow = async () =>
  world.make.follow({ account: world.alice.account, target: (await world.accountOf(channel)) as never })
const home = async () => (await neighbour.alice.get('/api/v1/timelines/home')).body

describe('who a video is by', () => {
  it('interop 58 is the person among its authors, whom one may follow', async () => {
    await create()
    const [status] = await home()
    expect(status).toMatchObject({ account: { username: 'carol', group: false }, reblog: null })
  })

  it('interop 58 its channel announces it, for those who follow the channel', async () => {
    await world.ctx.db('follows').delete()
    await follow()
    await announce()
    const [status] = await home()
    expect(status).toMatchObject({
      account: { username: 'films_channel', group: true },
      reblog: { account: { username: 'carol' }, content: expect.stringContaining('How bread rises') },
    })
  })

  it('interop 58 who follows both sees it once', async () => {
    await follow()
    await create()
    await announce()
    expect(await home()).toMatchObject([{ account: { username: 'carol' }, reblogs_count: 1 }])
  })
})

describe('what a video shows', () => {
  it('interop 59 is its title, its page, and the best film that is not too large', async () => {
    await create(video({ 144: MB, 720: 30 * MB, 1080: 245 * MB }))
    const [status] = await home()
    expect(status).toMatchObject({
      url: at('/videos/watch/9cc83a8c'),
      content: expect.stringContaining('<strong>How bread rises</strong>'),
      media_attachments: [
        {
          type: 'video',
          remote_url: at('/static/720.mp4'),
          description: 'How bread rises',
          meta: { original: { width: 1280, height: 720 } },
        },
      ],
    })
    expect(status.content).toContain(`href="${at('/videos/watch/9cc83a8c')}"`)
  })

  it('interop 59 the player plays it where it lies', async () => {
    await create()
    const [{ media_attachments: media }] = await home()
    const path = new URL(media[0].url).pathname
    const answer = await neighbour.web.get(path)
    expect([answer.status, answer.headers.get('location')]).toEqual([302, at('/static/720.mp4')])
  })

  it('interop 59 a film that is too large, or is being broadcast, is shown by the card of its page', async () => {
    const film = video({ 720: 120 * MB })
    servePage(film)
    neighbour.far.serve(
      '/services/oembed',
      reply({
        type: 'application/json',
        body: {
          type: 'video',
          version: '1.0',
          title: 'How bread rises',
          provider_name: 'Films',
          html: `<iframe width="560" height="315" src="https://films.example/videos/embed/1"></iframe>`,
          width: 560,
          height: 315,
        },
      }),
    )
    await create(film)
    const [status] = await home()
    expect(status).toMatchObject({
      media_attachments: [],
      card: { type: 'video', title: 'How bread rises', html: expect.stringContaining('/videos/embed/1') },
    })
  })

  it('interop 59 a better film, made later, is the same attachment and no edit', async () => {
    await create(video({ 360: 5 * MB }))
    const [before] = await home()
    const better = video(
      { 360: 5 * MB, 720: 30 * MB },
      { updated: new Date(Date.now() + 1000).toISOString() },
    )
    await neighbour.send('Update', better)
    const [after] = await home()
    expect(after.edited_at).toBeNull()
    expect(after.media_attachments).toMatchObject([
      {
        id: before.media_attachments[0].id,
        remote_url: at('/static/720.mp4'),
        meta: { original: { height: 720 } },
      },
    ])
  })

  it('interop 60 its text may be markdown, which nobody sees; its larger picture stands for the film', async () => {
    await create()
    const [status] = await home()
    expect(status.content).not.toContain('**')
    expect(status.media_attachments[0].preview_remote_url).toBe(at('/previews/large.jpg'))
    const preview = new URL(status.media_attachments[0].preview_url).pathname
    expect((await neighbour.web.get(preview)).headers.get('location')).toBe(at('/previews/large.jpg'))
  })

  it('interop 60 is shown behind a cover when it is sensitive', async () => {
    await create(video(undefined, { sensitive: true }))
    expect(await home()).toMatchObject([{ sensitive: true, spoiler_text: '' }])
  })

  it.each([{ commentsEnabled: false }, { commentsPolicy: 2 }])(
    'interop 60 nobody here answers one that says %j, and is told so',
    async (closed) => {
      await create(video(undefined, closed))
      const [{ id }] = await home()
      const answered = await neighbour.alice.post('/api/v1/statuses', {
        json: { status: 'Nice', in_reply_to_id: id },
      })
      expect([answered.status, answered.body.error]).toEqual([403, 'This action is not allowed'])
      expect((await neighbour.alice.post(`/api/v1/statuses/${id}/reblog`)).status).toBe(200)
    },
  )

  it.each([1, 3])('interop 60 one whose policy is %i may be answered', async (commentsPolicy) => {
    await create(video(undefined, { commentsPolicy }))
    const [{ id }] = await home()
    const answered = await neighbour.alice.post('/api/v1/statuses', {
      json: { status: 'Nice', in_reply_to_id: id },
    })
    expect(answered.status).toBe(200)
  })
})

describe('what else PeerTube sends', () => {
  it.each(['View', 'CacheFile', 'WatchAction'])('interop 61 %s means nothing here', async (type) => {
    await create()
    const before = await home()
    await neighbour.send(type, at('/videos/watch/9cc83a8c'))
    await neighbour.send('Create', { id: at('/x/1'), type, object: at('/videos/watch/9cc83a8c') })
    expect(await home()).toEqual(before)
  })

  it('interop 61 a list of videos means nothing here', async () => {
    const list = { id: at('/video-playlists/1'), type: 'Playlist', name: 'To see', totalItems: 0 }
    await neighbour.send('Create', list, { to: [PUBLIC] })
    await neighbour.send('Update', list, { to: [PUBLIC] })
    expect(await home()).toEqual([])
  })

  it('interop 61 a server that follows this server bothers nobody', async () => {
    const server = neighbour.far.actor('peertube', { type: 'Application' })
    await world.met(server)
    await deliver(world.ctx, server, activity(server, 'Follow', `${world.ctx.config.baseUrl}/actor`))
    expect((await neighbour.alice.get('/api/v1/notifications')).body).toEqual([])
    const found = await neighbour.alice.get('/api/v1/accounts/search?q=peertube')
    expect(found.body.map((account: { bot: boolean }) => account.bot)).toEqual([true])
    expect(neighbour.far.received.map(({ type }) => type)).toEqual(['Reject'])
  })
})
