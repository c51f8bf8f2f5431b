import { generateKeyPairSync } from 'node:crypto'
import { deliver } from '@anancus/core/testing/deliver'
import { drainQueues } from '@anancus/core/testing/drain-queues'
import { PUBLIC } from '@anancus/core/testing/federation'
import { activity, type RemoteActor, signDelivery } from '@anancus/core/testing/remote'
import { sendSigned } from '../../support/send-signed.ts'
import { signHs2019 } from '../../support/sign-otherwise.ts'
import { useNeighbour } from './support.ts'

const neighbour = useNeighbour(['far', 'else'])
const { world } = neighbour
const at = (path: string) => neighbour.far.url(path)
const home = async () => (await neighbour.alice.get('/api/v1/timelines/home')).body

describe('Friendica', () => {
  it('interop 72 an article has its title for a heading, whatever else it carries', async () => {
    const status = await neighbour.shown({
      type: 'Article',
      name: 'Harvest',
      summary: null,
      content: '<b>Apples</b>',
      source: { content: '[b]Apples[/b]', mediaType: 'text/bbcode' },
      contentMap: { en: '<b>Apples</b>' },
      'diaspora:guid': '735a2029',
      'diaspora:comment': '{}',
      location: undefined,
      generator: { type: 'Application', name: "Friendica 'Yellow Archangel'" },
      url: at('/display/735a2029'),
    })
    expect(status).toMatchObject({
      content: expect.stringMatching(/^<p><strong>Harvest<\/strong><\/p>/),
      spoiler_text: '',
      language: 'en',
      url: at('/display/735a2029'),
    })
  })

  it.each([
    ['quoteUrl', (uri: string) => ({ quoteUrl: uri })],
    [
      'a link among its tags, which its text names',
      (uri: string) => ({
        content: `<p>Look</p><p>RE: ${uri}</p>`,
        tag: [{ type: 'Link', mediaType: 'application/activity+json', href: uri, name: `RE: ${uri}` }],
      }),
    ],
  ])('interop 72 quotes by %s', async (_name, parts) => {
    const { far, carol } = neighbour
    const quoted = far.note(carol)
    await neighbour.send('Create', quoted, { to: quoted.to })
    const status = await neighbour.shown(parts(quoted.id))
    expect(status.quote).toMatchObject({ state: 'accepted', quoted_status: { uri: quoted.id } })
  })

  it('interop 72 answers to events mean nothing here', async () => {
    const mine = await world.make.status({ account: world.alice.account })
    await neighbour.send('TentativeAccept', world.noteUri(mine, world.alice.account))
    expect((await neighbour.alice.get('/api/v1/notifications')).body).toEqual([])
  })

  it('interop 73 what it announces is what its own server serves, however often and by whomever', async () => {
    const author = world.host('else').actor('lars')
    const note = world.host('else').note(author, { content: '<p>As it is.</p>' })
    const forum = neighbour.far.actor('forum', { type: 'Group' })
    await world.followed(forum)
    const embedded = { ...note, content: '<p>As the forum has it.</p>' }
    for (const actor of [forum, forum, neighbour.carol])
      await deliver(world.ctx, actor, activity(actor, 'Announce', embedded, { to: [PUBLIC] }))
    const shown = await home()
    expect(shown).toMatchObject([{ reblog: { uri: note.id, content: '<p>As it is.</p>', reblogs_count: 2 } }])
  })
})

/** A channel: its key has an address of its own. */
async function channel(keyPath: string, keys?: { publicKey: string; privateKey: string }) {
  const actor = neighbour.far.actor('channel')
  const old = actor.document.publicKey as { publicKeyPem: string }
  const publicKey = {
    id: `${actor.uri}${keyPath}`,
    owner: actor.uri,
    publicKeyPem: keys?.publicKey ?? old.publicKeyPem,
  }
  Object.assign(actor.document, {
    publicKey,
    url: { type: 'Link', mediaType: 'text/html', href: at('/channel/c') },
  })
  if (keyPath.startsWith('/')) neighbour.far.serve(new URL(publicKey.id).pathname, { ...actor.document })
  return { ...actor, keyId: publicKey.id, privateKey: keys?.privateKey ?? actor.privateKey }
}

describe('Hubzilla', () => {
  const create = (actor: RemoteActor) => {
    const note = neighbour.far.note(actor, {
      to: [PUBLIC, world.uriOf(world.alice.account)],
      url: { type: 'Link', mediaType: 'text/html', href: at('/item/1') },
    })
    return { note, document: { ...activity(actor, 'Create', note, { to: note.to }), actor: actor.document } }
  }

  it('interop 74 signs with a key that has an address of its own, whole actor and links inside', async () => {
    const actor = await channel('/public_key_pem')
    const { note, document } = create(actor)
    await deliver(world.ctx, actor, document)
    expect(await neighbour.look(note.id)).toMatchObject({
      url: at('/item/1'),
      account: { username: 'channel', url: at('/channel/c') },
    })
  })

  it('interop 74 signs in the name of the channel, whose key is called otherwise; and is known from then on', async () => {
    const actor = { ...(await channel('/public_key_pem')), keyId: '' }
    actor.keyId = actor.uri
    const first = create(actor)
    await deliver(world.ctx, actor, first.document)
    expect(await neighbour.look(first.note.id)).toBeDefined()
    neighbour.far.requests.length = 0
    const second = create(actor)
    const signed = signDelivery(actor, second.document, { host: 'social.test' })
    expect((await sendSigned(neighbour.web.url, signed)).status).toBe(202)
    await drainQueues(world.ctx)
    expect(await neighbour.look(second.note.id)).toBeDefined()
    expect(neighbour.far.requests).toEqual([])
  })

  it('interop 74 signs with 4096 bits and SHA-512', async () => {
    const pair = generateKeyPairSync('rsa', {
      modulusLength: 4096,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    })
    const actor = await channel('#main-key', pair)
    const { note, document } = create(actor)
    const answer = await sendSigned(neighbour.web.url, signHs2019(actor, document, { hash: 'sha512' }))
    expect(answer.status).toBe(202)
    await drainQueues(world.ctx)
    expect(await neighbour.look(note.id)).toBeDefined()
  })

  it('interop 74 an algorithm that we do not speak is refused with a reason', async () => {
    const actor = await channel('#main-key')
    const signed = signDelivery(
      actor,
      create(actor).document,
      { host: 'social.test' },
      { algorithm: 'rsa-sha512' },
    )
    const answer = await sendSigned(neighbour.web.url, signed)
    expect([answer.status, answer.body.error]).toEqual([401, expect.stringContaining('algorithm')])
  })
})

describe('a conversation that is told on by whoever began it', () => {
  let lars: RemoteActor

  beforeEach(() => {
    lars = world.host('else').actor('lars')
  })

  const add = (object: unknown) =>
    neighbour.send('Add', object, {
      to: [neighbour.carol.followers],
      target: { type: 'OrderedCollection', id: at('/conversation/1'), attributedTo: neighbour.carol.uri },
    })

  it('interop 75 brings in what its own server serves', async () => {
    const root = neighbour.far.note(neighbour.carol, { context: at('/conversation/1') })
    await neighbour.send('Create', root, { to: root.to })
    const reply = world.host('else').note(lars, { inReplyTo: root.id, content: '<p>I agree.</p>' })
    await add({ ...activity(lars, 'Create', { ...reply, content: '<p>I disagree.</p>' }) })
    const { id } = await neighbour.look(root.id)
    const { descendants } = (await neighbour.alice.get(`/api/v1/statuses/${id}/context`)).body
    expect(descendants).toMatchObject([{ uri: reply.id, content: '<p>I agree.</p>' }])
  })

  it('interop 75 brings in an edit the same way', async () => {
    const reply = world.host('else').note(lars, { content: '<p>First.</p>' })
    await add(activity(lars, 'Create', reply))
    Object.assign(reply, { content: '<p>Second.</p>', updated: new Date(Date.now() + 1000).toISOString() })
    await add(activity(lars, 'Update', reply))
    expect(await neighbour.look(reply.id)).toMatchObject({ content: '<p>Second.</p>' })
  })

  it('interop 75 is of no concern to who follows nobody in it, and a vote or a stone in it does no harm', async () => {
    const reply = world.host('else').note(lars)
    await add(activity(lars, 'Like', reply.id))
    await add({ id: reply.id, type: 'Tombstone' })
    await add(reply.id)
    await world.ctx.db('follows').delete()
    await add(activity(lars, 'Create', reply))
    expect(await neighbour.look(reply.id)).toBeUndefined()
    expect(world.host('else').requests).toEqual([])
  })

  it('interop 75 a nomadic copy of an actor is taken for nothing more than an address', async () => {
    Object.assign(neighbour.carol.document, {
      copiedTo: ['https://clone.example/channel/carol'],
      gateways: ['https://clone.example'],
    })
    await neighbour.send('Update', neighbour.carol.document)
    const account = (await neighbour.alice.get('/api/v1/accounts/lookup?acct=' + neighbour.carol.handle)).body
    expect(account).toMatchObject({ username: 'carol' })
    expect(account.moved ?? null).toBeNull()
  })
})
