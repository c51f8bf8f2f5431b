import { fetchCard } from '@anancus/core/domain/previews'
import { deliver } from '@anancus/core/testing/deliver'
import { drainQueues } from '@anancus/core/testing/drain-queues'
import { PUBLIC } from '@anancus/core/testing/federation'
import { activity, type RemoteActor, reply, signDelivery } from '@anancus/core/testing/remote'
import { sendSigned } from '../../support/send-signed.ts'
import { signRfc9421 } from '../../support/sign-otherwise.ts'
import { useNeighbour } from './support.ts'

const neighbour = useNeighbour()
const { world } = neighbour
const at = (path: string) => neighbour.far.url(path)
const home = async () => (await neighbour.alice.get('/api/v1/timelines/home')).body

/** An article as blogs send it; `parts` go over it. */
const article = (parts: Record<string, unknown> = {}) => ({
  type: 'Article',
  name: 'On clay & water',
  summary: '<p>What a potter learns in ten years.</p>',
  content: '<h2>Beginnings</h2><p>It was a long winter.</p>',
  url: at('/2026/10/on-clay/'),
  image: { type: 'Image', url: at('/uploads/header.jpg') },
  preview: { type: 'Note', content: '<p>A shorter word about clay.</p>' },
  source: { content: '## Beginnings', mediaType: 'text/markdown' },
  ...parts,
})

async function followedGroup(name: string, overrides: Record<string, unknown> = {}): Promise<RemoteActor> {
  const group = neighbour.far.actor(name, { type: 'Group', ...overrides })
  await world.followed(group)
  return group
}

describe('an article', () => {
  it('interop 65, 69 is its title, its summary, which is no warning, and a link', async () => {
    const status = await neighbour.shown(article())
    expect(status).toMatchObject({ spoiler_text: '', sensitive: false, url: at('/2026/10/on-clay/') })
    expect(status.content).toBe(
      [
        '<p><strong>On clay &amp; water</strong></p>',
        '<p>What a potter learns in ten years.</p>',
        `<p><a href="${status.url}" rel="nofollow noopener" target="_blank">${status.url}</a></p>`,
      ].join('\n\n'),
    )
  })

  it('interop 69 shows what it offers as a preview where it has no summary', async () => {
    const { content } = await neighbour.shown(article({ summary: null }))
    expect(content).toContain('<p>A shorter word about clay.</p>')
    expect(content).not.toContain('long winter')
  })

  it('interop 69 of an actor whose address lies under a dot, with a short post and its picture', async () => {
    const base = '/.ghost/activitypub'
    const ghost = await dotted('index', at(`${base}/users/index`))
    const note = {
      ...neighbour.far.note(ghost, { id: at(`${base}/note/1`) }),
      attachment: [{ type: 'Image', url: at('/content/images/pot.jpg'), mediaType: 'image/jpeg' }],
    }
    await deliver(world.ctx, ghost, activity(ghost, 'Create', note, { to: [PUBLIC] }))
    expect(await neighbour.look(at(`${base}/note/1`))).toMatchObject({
      account: { acct: `index@${neighbour.far.host}` },
      media_attachments: [{ type: 'image', remote_url: at('/content/images/pot.jpg') }],
    })
  })

  it('interop 70 may come without a summary, and a note without an article', async () => {
    expect(await neighbour.shown(article({ summary: undefined, preview: undefined }))).toMatchObject({
      content: expect.stringMatching(/^<p><strong>On clay &amp; water<\/strong><\/p>\n\n<p><a href=/),
    })
    expect(await neighbour.shown({ name: 'On clay', content: '<p>It was long.</p>' })).toMatchObject({
      content: '<p>It was long.</p>',
    })
  })

  it('interop 71 is by the first of its authors that is at home where it is', async () => {
    const blog = await followedGroup('blog')
    const { far, carol } = neighbour
    const post = far.note(carol, {
      ...article(),
      attributedTo: ['https://elsewhere.example/~/paul', carol.uri, blog.uri],
    })
    await deliver(world.ctx, blog, activity(blog, 'Announce', post.id, { to: [PUBLIC] }))
    expect(await home()).toMatchObject([{ uri: post.id, account: { username: 'carol' }, reblogs_count: 1 }])
  })
})

/** An actor under an address of its own, followed by alice. */
async function dotted(name: string, uri: string): Promise<RemoteActor> {
  const template = neighbour.far.actor(`${name}-template`)
  const document: Record<string, unknown> = {
    ...template.document,
    id: uri,
    preferredUsername: name,
    name,
    url: at('/'),
    inbox: template.inbox,
    publicKey: { ...(template.document.publicKey as object), id: `${uri}#main-key`, owner: uri },
  }
  neighbour.far.serve(uri.slice(neighbour.far.origin.length), () => document)
  neighbour.far.webfinger(`${name}@${neighbour.far.host}`, uri)
  const actor = { ...template, uri, keyId: `${uri}#main-key`, document }
  await world.followed(actor)
  return actor
}

describe('WordPress', () => {
  it('interop 65 a blog is a group that publishes by itself', async () => {
    const blog = await followedGroup('site.example')
    const post = neighbour.far.note(blog, article())
    await deliver(world.ctx, blog, activity(blog, 'Create', post, { to: [PUBLIC] }))
    expect(await home()).toMatchObject([
      { account: { username: 'site.example', group: true }, reblog: null, uri: post.id },
    ])
  })

  it('interop 65 a blog announces what its author wrote', async () => {
    await world.ctx.db('follows').delete()
    const blog = await followedGroup('site.example')
    const { far, carol } = neighbour
    const post = far.note(carol, article())
    const update = { ...activity(carol, 'Update', post), to: [PUBLIC] }
    await deliver(world.ctx, blog, activity(blog, 'Announce', update, { to: [PUBLIC] }))
    expect(await home()).toMatchObject([
      { account: { username: 'site.example' }, reblog: { uri: post.id, account: { username: 'carol' } } },
    ])
  })

  it('interop 66 is believed by either signature, and told at once that one does not hold', async () => {
    const note = neighbour.far.note(neighbour.carol)
    const create = activity(neighbour.carol, 'Create', note, { to: [PUBLIC] })
    const { url } = neighbour.web
    const other = { ...neighbour.carol, privateKey: neighbour.far.actor('dan').privateKey }
    const wrong = await sendSigned(url, signRfc9421(other, create))
    await drainQueues(world.ctx)
    const refused = await sendSigned(url, signRfc9421(other, create))
    expect([wrong.status, refused.status]).toEqual([202, 401])
    expect(refused.body).toMatchObject({ error: expect.any(String), reason: expect.any(String) })
    expect(
      (await sendSigned(url, signDelivery(neighbour.carol, create, { host: 'social.test' }))).status,
    ).toBe(202)
    await drainQueues(world.ctx)
    expect(await neighbour.look(note.id)).toBeDefined()
    const again = neighbour.far.note(neighbour.carol)
    const next = activity(neighbour.carol, 'Create', again, { to: [PUBLIC] })
    expect((await sendSigned(url, signRfc9421(neighbour.carol, next))).status).toBe(202)
    await drainQueues(world.ctx)
    expect(await neighbour.look(again.id)).toBeDefined()
  })

  it('interop 67 has its questions in addresses, each its own, and dates without a zone', async () => {
    const author = await dotted('emil', at('/?author=1'))
    const posts = [5, 50].map((number) => ({
      ...neighbour.far.note(author, { id: at(`/?p=${number}`), content: `<p>Post ${number}</p>` }),
      url: at(`/?p=${number}`),
      published: '2026-03-04T05:06:07',
    }))
    for (const post of posts)
      await deliver(world.ctx, author, activity(author, 'Create', post, { to: [PUBLIC] }))
    for (const number of [5, 50])
      expect(await neighbour.look(at(`/?p=${number}`))).toMatchObject({
        uri: at(`/?p=${number}`),
        content: `<p>Post ${number}</p>`,
        created_at: '2026-03-04T05:06:07.000Z',
        account: { acct: `emil@${neighbour.far.host}`, uri: at('/?author=1') },
      })
    await deliver(world.ctx, author, activity(author, 'Delete', at('/?p=5')))
    expect(await neighbour.look(at('/?p=5'))).toBeUndefined()
    expect(await neighbour.look(at('/?p=50'))).toBeDefined()
  })

  it('interop 68 of two actors that claim one handle, only the one that WebFinger names is known', async () => {
    const real = await dotted('site', at('/author/site/'))
    const bridge = neighbour.far.actor('bridge')
    Object.assign(bridge.document, { preferredUsername: 'site' })
    neighbour.far.webfinger(`site@${neighbour.far.host}`, real.uri)
    const note = neighbour.far.note(bridge, { to: [PUBLIC, world.uriOf(world.alice.account)] })
    await deliver(world.ctx, bridge, activity(bridge, 'Create', note, { to: note.to }))
    expect(await neighbour.look(note.id)).toBeUndefined()
    const search = await neighbour.alice.get(
      `/api/v2/search?resolve=true&type=accounts&q=${encodeURIComponent(`@site@${neighbour.far.host}`)}`,
    )
    expect(search.body.accounts.map(({ uri }: { uri: string }) => uri)).toEqual([real.uri])
  })
})

describe('WriteFreely', () => {
  const target = async () => (await world.accountOf(neighbour.carol))?.id
  const received = (type: string) => neighbour.far.received.find((document) => document.type === type)

  async function ask() {
    Object.assign(neighbour.carol.document, { manuallyApprovesFollowers: true })
    await world.ctx.db('follows').delete()
    await world.ctx.db('accounts').where({ uri: neighbour.carol.uri }).update({ locked: true })
    const asked = await neighbour.alice.post(`/api/v1/accounts/${await target()}/follow`)
    expect(asked.body).toMatchObject({ following: false, requested: true })
    await drainQueues(world.ctx)
    return received('Follow') as { id: string; actor: string; object: string }
  }

  it('interop 70 our Follow has no audience, and an answer from a host it is not on is an answer', async () => {
    const follow = await ask()
    expect(follow).not.toHaveProperty('to')
    expect(follow).not.toHaveProperty('cc')
    const object = { ...follow, id: 'https://localhost:8080/api/follow/1' }
    await deliver(world.ctx, neighbour.carol, {
      ...activity(neighbour.carol, 'Accept', object),
      id: 'https://localhost:8080/api/accept/1',
    })
    const [relationship] = (
      await neighbour.alice.get(`/api/v1/accounts/relationships?id[]=${await target()}`)
    ).body
    expect(relationship).toMatchObject({ following: true, requested: false })
  })

  it('interop 70 what else comes under an id of another host is refused', async () => {
    const note = neighbour.far.note(neighbour.carol)
    await deliver(world.ctx, neighbour.carol, {
      ...activity(neighbour.carol, 'Create', note, { to: [PUBLIC] }),
      id: 'https://localhost:8080/create/1',
    })
    expect(await neighbour.look(note.id)).toBeUndefined()
  })

  it('interop 70 a server that cannot sign may fetch who we are', async () => {
    const path = new URL(world.uriOf(world.alice.account)).pathname
    const answer = await neighbour.web.get(path, { headers: { accept: 'application/activity+json' } })
    expect([answer.status, answer.body.publicKey.owner]).toEqual([200, answer.body.id])
  })
})

it('interop 69 the picture of an article comes with the card of its page', async () => {
  const { url, id, uri } = await neighbour.shown(article({ url: at('/on-clay/') }))
  neighbour.far.serve(
    '/on-clay/',
    reply({
      type: 'text/html',
      body: `<title>On clay</title><meta property="og:title" content="On clay">
        <meta property="og:description" content="Ten years">`,
    }),
  )
  await fetchCard(world.ctx, { statusId: id })
  expect(await neighbour.look(uri)).toMatchObject({
    card: { url, title: 'On clay', description: 'Ten years' },
  })
})
