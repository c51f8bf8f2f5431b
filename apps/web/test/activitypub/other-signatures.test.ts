import { useFederation } from '@anancus/core/testing/federation'
import { drainQueues } from '@anancus/core/testing/drain-queues'
import { activity, type Recorded, type RemoteActor } from '@anancus/core/testing/remote'
import { TEST_KEYS } from '@anancus/db/testing/test-keys'
import { startWeb, type TestClient, type TestWeb } from '../support/server.ts'
import { OTHER_SIGNERS } from '../support/other-signers.ts'

/** Signatures of requests, made and checked by what other software makes and checks them with. */
describe.each(OTHER_SIGNERS)('$name', (signer) => {
  const world = useFederation(['far'])
  let web: TestWeb
  let api: TestClient
  let carol: RemoteActor

  beforeAll(async () => {
    web = await startWeb(world.ctx)
  })
  afterAll(() => web.close())
  beforeEach(async () => {
    api = web.as(await world.make.token({ user: world.alice.user }))
    carol = world.host('far').actor('carol')
  })

  const follow = () => JSON.stringify(activity(carol, 'Follow', world.uriOf(world.alice.account)))
  const send = (body: string, privateKey = carol.privateKey) =>
    signer.post(`${web.url}/inbox`, 'social.test', body, { keyId: carol.keyId, privateKey })

  it('signs requests that we believe, whether we know the key or not', async () => {
    expect(await send(follow())).toBe(202)
    await drainQueues(world.ctx)
    expect(await world.count('follows')).toBe(1)
    expect(await send(follow())).toBe(202)
    const { body } = await api.get('/api/v1/notifications?types[]=follow')
    expect(body).toMatchObject([{ account: { acct: carol.handle } }])
  })

  it('signs with another key than the actor shows: it counts for nothing', async () => {
    await world.met(carol)
    await send(follow(), TEST_KEYS.find((pair) => pair.privateKey !== carol.privateKey)?.privateKey)
    await drainQueues(world.ctx)
    expect(await world.count('follows')).toBe(0)
  })

  it('finds our signature right by the key our actor shows, and no other body or key', async () => {
    await world.met(carol)
    const { id } = (await world.accountOf(carol)) as { id: string }
    await api.post(`/api/v1/accounts/${id}/follow`)
    await drainQueues(world.ctx)
    const sent = world.host('far').requests.find(({ method }) => method === 'POST') as Recorded
    const keyId = /keyId="([^"]+)"/.exec(String(sent.headers.signature))?.[1] ?? ''
    const actor = await web.get(new URL(keyId).pathname, { headers: { accept: 'application/activity+json' } })
    const { publicKey } = actor.body
    expect(publicKey.id).toBe(keyId)
    expect(await signer.verify(sent, publicKey.publicKeyPem)).toBe(true)
    expect(await signer.verify({ ...sent, body: `${sent.body} ` }, publicKey.publicKeyPem)).toBe(false)
    expect(await signer.verify({ ...sent, path: '/inbox' }, publicKey.publicKeyPem)).toBe(false)
    const other = TEST_KEYS.find((pair) => pair.publicKey !== publicKey.publicKeyPem)
    expect(await signer.verify(sent, other?.publicKey ?? '')).toBe(false)
  })
})
