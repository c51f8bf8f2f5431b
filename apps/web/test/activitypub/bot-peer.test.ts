import { once } from 'node:events'
import { createServer as createHttpServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Ctx } from '@anancus/core/kernel/context'
import { actorUri } from '@anancus/core/kernel/uris'
import type { Viewer } from '@anancus/core/kernel/viewer'
import { closeTestContext, testContext } from '@anancus/core/testing/context'
import { drainQueues, registerHandlers } from '@anancus/core/testing/drain-queues'
import { allHandlers } from '@anancus/core/testing/handlers'
import { factories } from '@anancus/db/testing/make'
import { createServer } from '../../src/server.ts'
import { type BotPeer, startBotPeer } from '../support/bot-peer/index.ts'
import type { Dialect } from '../support/bot-peer/messages.ts'
import { clientAt, type TestClient } from '../support/server.ts'

/** What happens in another process and its queues takes its time on a busy machine. */
const PATIENCE_MS = 40_000

/**
 * Another whole implementation of ActivityPub against the running server, both ways: it reads every document by JSON-LD,
 * and both sides are in secure mode. What it did is looked at through our API, what we did in what it received.
 */
describe.each<Dialect>(['rfc9421', 'cavage'])('a bot of activitypub-bot that speaks %s only', (dialect) => {
  let peer: BotPeer
  let server: Server
  let ctx: Ctx
  let alice: Viewer
  let api: TestClient
  /** How what came to us was signed. */
  const came: { method: string; dialect: Dialect }[] = []

  beforeAll(async () => {
    peer = await startBotPeer()
    server = createHttpServer()
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const domain = `127.0.0.1:${(server.address() as AddressInfo).port}`
    ctx = await testContext({
      env: {
        LOCAL_DOMAIN: domain,
        LOCAL_HTTPS: 'false',
        ALLOWED_PRIVATE_HOSTS: peer.host,
        AUTHORIZED_FETCH: 'true',
      },
    })
    server.on('request', ({ method = '', headers }) => {
      if (headers.signature !== undefined)
        came.push({ method, dialect: headers['signature-input'] === undefined ? 'cavage' : 'rfc9421' })
    })
    server.on('request', createServer(ctx))
    registerHandlers(allHandlers)
    alice = await factories(ctx.db).viewer({ account: { username: 'alice' } })
    api = clientAt(`http://${domain}`, await factories(ctx.db).token({ user: alice.user }))
    await peer.let({ deed: 'speak', dialect, to: ctx.config.baseUrl })
  })
  afterAll(async () => {
    server.closeAllConnections()
    server.close()
    await closeTestContext(ctx)
    await peer.close()
  })

  const alicesUri = () => actorUri(ctx.config, alice.account)
  const received = (type: string) => peer.received.filter((activity) => activity.type === type)
  const members = async (name: 'followers' | 'following') => {
    const page = (await peer.let({ deed: 'collection', name })) as Record<string, unknown>
    return [page.items, page.orderedItems].flat()
  }

  /** Runs what waits on our side until the other side and we have come to it. */
  async function until<Found>(what: string, look: () => Promise<Found | undefined | false>): Promise<Found> {
    const deadline = Date.now() + PATIENCE_MS
    for (;;) {
      await drainQueues(ctx)
      const found = await look()
      if (found) return found
      if (Date.now() > deadline)
        throw new Error(`Not within ${PATIENCE_MS} ms: ${what}. ${JSON.stringify(peer.knocks)}`)
      await new Promise((resolve) => setTimeout(resolve, 400))
    }
  }
  const arrival = (type: string, fits: (activity: Record<string, unknown>) => boolean = () => true) =>
    until(`the bot gets a ${type}`, async () => received(type).find(fits))
  const robo = async (): Promise<Record<string, unknown> & { id: string }> => {
    const found = await api.get(`/api/v2/search?resolve=true&type=accounts&q=robo@${peer.host}`)
    return found.body.accounts[0]
  }
  const relationship = async () => {
    const { id } = await robo()
    return (await api.get(`/api/v1/accounts/relationships?id[]=${id}`)).body[0]
  }
  const home = async () => (await api.get('/api/v1/timelines/home')).body as Record<string, unknown>[]

  it('is found by its handle', async () => {
    expect(await robo()).toMatchObject({
      acct: `robo@${peer.host}`,
      uri: peer.robo,
      bot: true,
      display_name: 'Bot',
      note: 'Default bot',
    })
  })

  it('follows, and is told that it may', async () => {
    const id = await peer.let({ deed: 'follow', actor: alicesUri() })
    const accept = await arrival('Accept')
    expect(accept).toMatchObject({ actor: alicesUri() })
    expect([(accept.object as { id?: string }).id ?? accept.object]).toEqual([id])
    expect((await relationship()).followed_by).toBe(true)
    await until('the bot counts alice among those it follows', async () =>
      (await members('following')).includes(alicesUri()),
    )
  })

  it('is followed, and lets us', async () => {
    await api.post(`/api/v1/accounts/${(await robo()).id}/follow`)
    await until('the follow is accepted', async () => (await relationship()).following)
    expect(received('Follow')).toMatchObject([{ actor: alicesUri(), object: peer.robo }])
    expect(await members('followers')).toContain(alicesUri())
  })

  it('writes, edits and deletes, and a reader here sees it', async () => {
    const uri = await peer.let({ deed: 'post', html: 'Hello from the other side', mention: alicesUri() })
    const shown = await until('the note is in the home feed', async () =>
      (await home()).find((status) => status.uri === uri),
    )
    expect(shown).toMatchObject({ visibility: 'public', account: { acct: `robo@${peer.host}` } })
    expect(shown.content).toContain('Hello from the other side')
    await peer.let({ deed: 'edit', html: '<p>Hello again</p>' })
    await until('the edit is shown', async () =>
      (await home()).some(
        ({ content, edited_at }) => String(content).includes('again') && edited_at !== null,
      ),
    )
    await peer.let({ deed: 'delete' })
    await until('the note is gone', async () => !(await home()).some((status) => status.uri === uri))
  })

  it('gets what is written here, its edit and its end', async () => {
    const { body } = await api.post('/api/v1/statuses', {
      json: { status: `Grüße @robo@${peer.host} #tea`, spoiler_text: 'CW' },
    })
    const create = await arrival('Create')
    const note = create.object as Record<string, unknown>
    expect(note).toMatchObject({ type: 'Note', id: body.uri, attributedTo: alicesUri(), summary: 'CW' })
    expect(String(note.content)).toContain('Grüße')
    expect(JSON.stringify(note.tag)).toContain(peer.robo)
    await api.put(`/api/v1/statuses/${body.id}`, { json: { status: 'Changed' } })
    const update = await arrival('Update', ({ object }) => (object as { id?: string }).id === body.uri)
    expect(JSON.stringify(update.object)).toContain('Changed')
    await api.delete(`/api/v1/statuses/${body.id}`)
    await arrival('Delete', ({ object }) => JSON.stringify(object).includes(body.uri))
  })

  it('likes, takes it back and reblogs', async () => {
    const { body } = await api.post('/api/v1/statuses', { json: { status: 'For likes' } })
    const mine = async () => (await api.get(`/api/v1/statuses/${body.id}`)).body
    await peer.let({ deed: 'like', object: body.uri })
    await until('the like is counted', async () => (await mine()).favourites_count === 1)
    const { body: likers } = await api.get(`/api/v1/statuses/${body.id}/favourited_by`)
    expect(likers).toMatchObject([{ acct: `robo@${peer.host}` }])
    await peer.let({ deed: 'unlike', object: body.uri })
    await until('the like is taken back', async () => (await mine()).favourites_count === 0)
    await peer.let({ deed: 'announce', object: body.uri })
    await until('the reblog is counted', async () => (await mine()).reblogs_count === 1)
  })

  it('is told of a favourite and a reblog, and counts them', async () => {
    const uri = String(await peer.let({ deed: 'post', html: 'Like me', mention: alicesUri() }))
    const note = await until('the note is in the home feed', async () =>
      (await home()).find((status) => status.uri === uri),
    )
    await api.post(`/api/v1/statuses/${note.id}/favourite`)
    expect(await arrival('Like', ({ object }) => object === uri)).toMatchObject({ actor: alicesUri() })
    await api.post(`/api/v1/statuses/${note.id}/reblog`)
    expect(await arrival('Announce', ({ object }) => object === uri)).toMatchObject({ actor: alicesUri() })
    await api.post(`/api/v1/statuses/${note.id}/unfavourite`)
    await arrival('Undo')
  })

  it('unfollows, and is unfollowed', async () => {
    await peer.let({ deed: 'unfollow', actor: alicesUri() })
    await until('the bot follows no longer', async () => !(await relationship()).followed_by)
    const before = received('Undo').length
    await api.post(`/api/v1/accounts/${(await robo()).id}/unfollow`)
    await until('the bot is told', async () => received('Undo').length > before)
    await until(
      'the bot forgets the follower',
      async () => !(await members('followers')).includes(alicesUri()),
    )
  })

  it.each(['', '/outbox', '/collections/featured', '/followers', '/following'])(
    'reads alice%s as linked data',
    async (path) => {
      const read = (await peer.let({ deed: 'read', uri: alicesUri() + path })) as Record<string, unknown>
      expect(read).toMatchObject({ id: alicesUri() + path })
      if (path === '') expect(read).toMatchObject({ type: 'Person', preferredUsername: 'alice' })
      else expect(read).toMatchObject({ type: 'OrderedCollection' })
    },
  )

  it('everything that was signed was signed so, and every signature held', () => {
    expect(came.length).toBeGreaterThan(10)
    expect(new Set(came.map((request) => request.dialect))).toEqual(new Set([dialect]))
    expect(came.some(({ method }) => method === 'GET')).toBe(true)
    expect(peer.knocks.filter(({ status }) => status !== 202)).toEqual([])
    // Until the bot had shown what it takes, the old way was tried first.
    const refused = peer.signedReads.filter(({ status }) => status === 401)
    expect(refused.map((request) => request.dialect)).toEqual(dialect === 'cavage' ? [] : ['cavage'])
    const taken = peer.signedReads.filter(({ status }) => status < 400)
    expect(new Set(taken.map((request) => request.dialect))).toEqual(new Set([dialect]))
  })
})
