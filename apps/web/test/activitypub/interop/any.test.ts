import { addRelay, readEvents } from '@anancus/core/domain/federation'
import { deliver } from '@anancus/core/testing/deliver'
import { drainQueues } from '@anancus/core/testing/drain-queues'
import { PUBLIC } from '@anancus/core/testing/federation'
import { activity, gone, type RemoteActor, reply, signDelivery } from '@anancus/core/testing/remote'
import { sendSigned } from '../../support/send-signed.ts'
import { useNeighbour } from './support.ts'

const neighbour = useNeighbour(['far', 'else', 'relay'])
const { world } = neighbour
const at = (path: string) => neighbour.far.url(path)
const MINUTE = 60_000
const HOUR = 60 * MINUTE

describe('a relay', () => {
  let relay: RemoteActor
  let lars: RemoteActor

  beforeEach(async () => {
    relay = world.host('relay').actor('relay', { type: 'Application' })
    lars = world.host('else').actor('lars')
    await addRelay(world.ctx, relay.inbox)
    await drainQueues(world.ctx)
    const follow = world.host('relay').received.find(({ type }) => type === 'Follow')
    await deliver(world.ctx, relay, activity(relay, 'Accept', follow))
  })

  /** Passed on raw, with a signature inside that does not hold any more. */
  const forwarded = (type: string, object: unknown) => ({
    ...activity(lars, type, object, { to: [PUBLIC] }),
    signature: {
      type: 'RsaSignature2017',
      creator: lars.keyId,
      created: new Date().toISOString(),
      signatureValue: Buffer.from('not a signature').toString('base64'),
    },
  })

  it('interop 98 brings in by Announce what the author’s server serves, without boosting it', async () => {
    const note = world.host('else').note(lars, { content: '<p>As it is.</p>' })
    const embedded = { ...note, content: '<p>As the relay has it.</p>' }
    await deliver(world.ctx, relay, activity(relay, 'Announce', embedded, { to: [PUBLIC] }))
    expect(await neighbour.look(note.id)).toMatchObject({ content: '<p>As it is.</p>', reblogs_count: 0 })
  })

  it('interop 98 brings in what it forwards raw, signed by itself, as the author’s server serves it', async () => {
    const note = world.host('else').note(lars, { content: '<p>As it is.</p>' })
    await deliver(world.ctx, relay, forwarded('Create', { ...note, content: '<p>As the relay has it.</p>' }))
    expect(await neighbour.look(note.id)).toMatchObject({
      content: '<p>As it is.</p>',
      account: { username: 'lars' },
    })
  })

  it('interop 98 is never believed by itself', async () => {
    const note = world.host('else').note(lars)
    world.host('else').serve(new URL(note.id).pathname, reply({ status: 404, body: {} }))
    await deliver(world.ctx, relay, forwarded('Create', note))
    await deliver(world.ctx, relay, activity(relay, 'Announce', note, { to: [PUBLIC] }))
    const mine = world.host('else').note(lars)
    await deliver(world.ctx, relay, activity(relay, 'Announce', mine.id, { to: [PUBLIC] }))
    await deliver(world.ctx, relay, forwarded('Delete', mine.id))
    const raw = activity(lars, 'Delete', mine.id, { to: [PUBLIC] })
    await expect(deliver(world.ctx, relay, raw)).rejects.toMatchObject({ status: 401 })
    expect(await neighbour.look(note.id)).toBeUndefined()
    expect(await neighbour.look(mine.id)).toBeDefined()
  })
})

describe('what has no address on the web', () => {
  it('interop 102 is a name that is never asked for', async () => {
    const tag = 'tag:old.example,2012:objectId=1:objectType=Conversation'
    const first = await neighbour.shown({ conversation: tag, context: tag })
    const second = await neighbour.shown({ conversation: tag, inReplyTo: 'tag:old.example,2012:note' })
    expect([first.in_reply_to_id, second.in_reply_to_id]).toEqual([null, null])
    const rows = await world.ctx.db('statuses').distinct('conversation_id')
    expect(rows).toHaveLength(1)
    await neighbour.send('Announce', 'tag:old.example,2012:note')
    await neighbour.send('Like', 'tag:old.example,2012:note')
    expect(await world.count('statuses')).toBe(2)
  })
})

describe('values as some write them', () => {
  it.each<[string, Record<string, unknown>, object]>([
    [
      'several types',
      { type: ['x:Review', 'Note', 'Article'], content: '<p>good</p>' },
      { content: '<p>good</p>' },
    ],
    [
      'a text by its languages only',
      { content: undefined, contentMap: { de: '<p>gut</p>', en: '<p>good</p>' } },
      { content: '<p>gut</p>', language: 'de' },
    ],
    [
      'a title by its languages only',
      { type: 'Article', nameMap: { fr: 'Bonjour' }, content: undefined },
      { content: expect.stringContaining('<strong>Bonjour</strong>'), language: 'fr' },
    ],
    [
      'a date to the ten-millionth of a second',
      { published: '2026-01-02T03:04:05.1234567Z' },
      { created_at: '2026-01-02T03:04:05.123Z' },
    ],
    [
      'a date without its zone',
      { published: '2026-01-02T03:04:05' },
      { created_at: '2026-01-02T03:04:05.000Z' },
    ],
  ])('interop 103 %s', async (_name, parts, shown) => {
    expect(await neighbour.shown(parts)).toMatchObject(shown)
  })

  it('interop 103 what comes from the future has come now, and does not stay on top', async () => {
    const before = Date.now()
    const future = await neighbour.shown({ published: '2099-01-01T00:00:00Z', content: 'later' })
    expect(Date.parse(future.created_at)).toBeGreaterThanOrEqual(before - MINUTE)
    expect(Date.parse(future.created_at)).toBeLessThanOrEqual(Date.now() + MINUTE)
    const now = await neighbour.shown({ content: 'now' })
    const home = await neighbour.alice.get('/api/v1/timelines/home')
    expect(home.body.map(({ id }: { id: string }) => id)).toEqual([now.id, future.id])
  })
})

describe('what is gone', () => {
  const search = async (uri: string) =>
    (await neighbour.alice.get(`/api/v2/search?resolve=true&q=${encodeURIComponent(uri)}`)).body.statuses

  async function known(parts: Record<string, unknown> = {}) {
    const note = neighbour.far.note(neighbour.carol, parts)
    await neighbour.send('Create', note, { to: note.to })
    expect(await neighbour.look(note.id)).toBeDefined()
    return { uri: note.id, path: new URL(note.id).pathname }
  }

  it.each([
    ['404', () => reply({ status: 404, body: { error: 'Record not found' } })],
    ['410 and a stone', () => gone()],
    ['200 and a stone', (id: string) => reply({ body: { id, type: 'Tombstone', formerType: 'Note' } })],
    ['200 and an error', () => reply({ body: { error: 'This post does not exist' } })],
  ])('interop 104 when its server answers %s, it is gone here', async (_name, answer) => {
    const { uri, path } = await known()
    neighbour.far.serve(path, answer(uri))
    expect(await search(uri)).toEqual([])
    expect(await neighbour.look(uri)).toBeUndefined()
  })

  it.each([
    ['a page to sign in', () => reply({ type: 'text/html', body: '<form>Sign in</form>' })],
    ['503', () => reply({ status: 503 })],
    ['403', () => reply({ status: 403, body: {} })],
  ])('interop 104 %s says nothing about it', async (_name, answer) => {
    const { uri, path } = await known()
    neighbour.far.serve(path, answer())
    expect(await search(uri)).toMatchObject([{ uri }])
  })

  it('interop 104 what was for some stays, whatever its server says to others', async () => {
    const { uri, path } = await known({ to: [neighbour.carol.followers], cc: [] })
    neighbour.far.serve(path, gone())
    expect(await search(uri)).toMatchObject([{ uri, visibility: 'private' }])
  })

  it('interop 104 whoever opens its thread finds out', async () => {
    const { uri, path } = await known({ published: new Date(Date.now() - HOUR).toISOString() })
    neighbour.far.serve(path, gone())
    const { id } = await neighbour.look(uri)
    expect((await neighbour.alice.get(`/api/v1/statuses/${id}/context`)).status).toBe(200)
    await drainQueues(world.ctx)
    expect((await neighbour.alice.get(`/api/v1/statuses/${id}`)).status).toBe(404)
  })

  it('interop 104 a page to sign in is no status, and a stone none either', async () => {
    neighbour.far.serve('/login', reply({ type: 'text/html', body: '<form>Sign in</form>' }))
    neighbour.far.serve(
      '/stone',
      reply({ body: { '@context': PUBLIC, id: at('/stone'), type: 'Tombstone' } }),
    )
    for (const path of ['/login', '/stone']) {
      await neighbour
        .send('Announce', at(path))
        .catch((error) => expect(error.name).toBe('RemoteServerError'))
      expect(await search(at(path))).toEqual([])
    }
    expect(await world.count('statuses')).toBe(0)
  })
})

describe('hosts', () => {
  it('interop 105 are the same in capitals; the address stays as it was written', async () => {
    const { far, carol } = neighbour
    const id = far.url('/users/carol/CAPITALS').replace('far.localhost', 'FAR.LocalHost')
    const note: Record<string, unknown> = { ...far.note(carol), id, url: id }
    await neighbour.send('Create', note, { to: note.to })
    expect(await neighbour.look(id)).toMatchObject({ uri: id, url: id })
  })

  it.each([
    ['in capitals', (host: string) => host.toUpperCase()],
    ['as they are', (host: string) => host],
  ])('interop 105 of a handle, %s, lead to the same account', async (_name, spelled) => {
    const found = await neighbour.alice.get(
      `/api/v1/accounts/lookup?acct=carol@${encodeURIComponent(spelled(neighbour.far.host))}`,
    )
    expect(found.body).toMatchObject({ acct: neighbour.carol.handle })
  })

  it('interop 105 in other letters are known by their punycode', async () => {
    const account = await world.make.remoteAccount({ username: 'otto', domain: 'xn--bcher-kva.example' })
    for (const host of ['bücher.example', 'BÜCHER.example', 'xn--bcher-kva.example']) {
      const found = await neighbour.alice.get(
        `/api/v1/accounts/lookup?acct=${encodeURIComponent(`otto@${host}`)}`,
      )
      expect(found.body).toMatchObject({ id: account.id })
    }
  })

  it('interop 105 with a dot at their end are no host of a handle', async () => {
    const found = await neighbour.alice.get(
      `/api/v1/accounts/lookup?acct=${encodeURIComponent('otto@far.example.')}`,
    )
    expect(found.status).toBe(404)
  })
})

describe('clocks', () => {
  const send = (offset: number) => {
    const note = neighbour.far.note(neighbour.carol)
    const create = activity(neighbour.carol, 'Create', note, { to: [PUBLIC] })
    const date = new Date(Date.now() + offset)
    return sendSigned(
      neighbour.web.url,
      signDelivery(neighbour.carol, create, { host: 'social.test' }, { date }),
    )
  }

  it.each([-63 * MINUTE, -30 * MINUTE, 30 * MINUTE, 59 * MINUTE])(
    'interop 106 wrong by %i ms are forgiven',
    async (offset) => {
      expect((await send(offset)).status).toBe(202)
    },
  )

  it.each([-67 * MINUTE, -12 * HOUR, 62 * MINUTE])(
    'interop 106 wrong by %i ms are not, and the operator can see why',
    async (offset) => {
      const answer = await send(offset)
      expect([answer.status, answer.body.reason]).toEqual([401, 'signature_date_outside_window'])
      const [event] = await readEvents(world.ctx, { failedOnly: true })
      expect(JSON.stringify(event?.checks)).toContain('signature_date_outside_window')
    },
  )
})
