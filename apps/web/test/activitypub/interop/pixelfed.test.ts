import { readEvents } from '@anancus/core/domain/federation'
import { drainQueues } from '@anancus/core/testing/drain-queues'
import { PUBLIC } from '@anancus/core/testing/federation'
import type { Viewer } from '@anancus/core/kernel/viewer'
import { useNeighbour } from './support.ts'

const neighbour = useNeighbour()
const { world } = neighbour

describe('a post of ours', () => {
  it('interop 62 says nothing of a picture that is not known, and has its pictures in a list', async () => {
    const followed = await world.accountOf(neighbour.carol)
    await world.make.follow({ account: followed as never, target: world.alice.account })
    const media = await world.make.media({ account: world.alice.account, blurhash: null, file_meta: null })
    const posted = await neighbour.alice.post('/api/v1/statuses', {
      json: { status: 'A picture', media_ids: [media.id] },
    })
    expect(posted.status).toBe(200)
    await drainQueues(world.ctx)
    const create = neighbour.far.received.find(({ type }) => type === 'Create')
    const { attachment, tag } = (create ?? {}).object as { attachment: object[]; tag: unknown }
    expect(attachment).toMatchObject([{ type: 'Document', mediaType: 'image/png' }])
    expect(tag).toEqual([])
    for (const name of ['blurhash', 'width', 'height', 'focalPoint'])
      expect(attachment[0]).not.toHaveProperty(name)
  })

  it.each(['id_scheme 0', 'id_scheme 1'])(
    'interop 64 the id of an actor leads a browser to the profile (%s)',
    async (scheme) => {
      const account = await world.make.account({
        username: 'bob',
        id_scheme: Number(scheme.at(-1)),
      } as Partial<Viewer['account']> as never)
      const path = new URL(world.uriOf(account)).pathname
      const answer = await neighbour.web.get(path, { headers: { accept: 'text/html' } })
      expect(answer.status).toBe(301)
      expect(new URL(answer.headers.get('location') ?? '', 'https://social.test').pathname).toBe('/@bob')
    },
  )
})

it('interop 64 what others may do to a post is no part of what is shown', async () => {
  const status = await neighbour.shown({
    content: 'A heron.',
    capabilities: { announce: PUBLIC, like: PUBLIC, reply: PUBLIC },
    commentsEnabled: true,
    location: { type: 'Place', name: 'A pond', latitude: '1', longitude: '2' },
    attachment: [
      {
        type: 'Image',
        mediaType: 'image/jpeg',
        url: neighbour.far.url('/storage/m/heron.jpg'),
        name: 'A heron',
        blurhash: '',
        width: 0,
        height: 0,
      },
    ],
  })
  expect(status).toMatchObject({
    content: 'A heron.',
    media_attachments: [{ type: 'image', description: 'A heron', blurhash: null }],
  })
})

it('interop 64 a post that nobody may comment on is answered by nobody here', async () => {
  const { id } = await neighbour.shown({ commentsEnabled: false })
  const answered = await neighbour.alice.post('/api/v1/statuses', {
    json: { status: 'Nice', in_reply_to_id: id },
  })
  expect(answered.status).toBe(403)
})

describe('a story', () => {
  const TOKEN = 'b3a7c0ffee5ec2e7'
  const story = () => {
    const { far, carol } = neighbour
    const id = far.url('/stories/carol/1')
    return {
      id,
      type: 'Story',
      attributedTo: carol.uri,
      to: [carol.followers],
      cc: [],
      published: new Date().toISOString(),
      expiresAt: new Date(Date.now() + 24 * 3600 * 1000).toISOString(),
      duration: 5,
      can_reply: true,
      can_react: true,
      object: `bear:?t=${TOKEN}&u=${encodeURIComponent(id)}`,
      attachment: { type: 'Image', url: far.url('/storage/s/1.jpg'), mediaType: 'image/jpeg' },
    }
  }

  it.each(['Add', 'Create', 'Announce'])('interop 63 in %s is shown nowhere, nor asked for', async (type) => {
    await neighbour.send(type, story(), { to: [neighbour.carol.followers] })
    await neighbour.send(type, story().object, { to: [neighbour.carol.followers] })
    expect((await neighbour.alice.get('/api/v1/timelines/home')).body).toEqual([])
    expect(neighbour.far.requests.filter(({ path }) => path.includes('/stories/'))).toEqual([])
  })

  it('interop 63 its token is written down nowhere', async () => {
    const lines: string[] = []
    const { log } = world.ctx
    const spies = (['info', 'warn', 'error', 'debug'] as const).map((level) =>
      jest.spyOn(log, level).mockImplementation((...parts: unknown[]) => {
        lines.push(JSON.stringify(parts))
      }),
    )
    await neighbour.send('Add', story(), { to: [neighbour.carol.followers] })
    for (const spy of spies) spy.mockRestore()
    expect(lines.length).toBeGreaterThan(0)
    expect(lines.join('\n')).not.toContain(TOKEN)
    const kept = await readEvents(world.ctx, {})
    expect(kept.length).toBeGreaterThan(0)
    expect(JSON.stringify(kept)).not.toContain(TOKEN)
  })

  it.each(['Story:Reaction', 'Story:Reply'])('interop 63 %s is no post', async (type) => {
    const { far, carol } = neighbour
    await neighbour.send('Create', {
      id: far.url('/stories/reaction/1'),
      type,
      attributedTo: carol.uri,
      to: world.uriOf(world.alice.account),
      content: '🔥',
      inReplyTo: 'https://social.test/stories/alice/1',
      published: new Date().toISOString(),
    })
    expect((await neighbour.alice.get('/api/v1/notifications')).body).toEqual([])
    expect(await world.count('statuses')).toBe(0)
  })
})
