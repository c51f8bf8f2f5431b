import { useFederation } from '@anancus/core/testing/federation'
import { deliver } from '@anancus/core/testing/deliver'
import { drainQueues } from '@anancus/core/testing/drain-queues'
import { activity, type RemoteActor } from '@anancus/core/testing/remote'
import { isProven, type ProvingKey, provingKey } from '../support/digital-bazaar.ts'
import { startWeb, type TestClient, type TestWeb } from '../support/server.ts'

const PUBLIC = 'https://www.w3.org/ns/activitystreams#Public'
type Json = Record<string, unknown>

/** Proofs of objects against an implementation that is neither ours nor made for ActivityPub. */
describe('object proofs by Digital Bazaar’s libraries', () => {
  const world = useFederation(['far', 'relay'])
  let web: TestWeb
  let api: TestClient
  let carol: RemoteActor
  let key: ProvingKey

  beforeAll(async () => {
    web = await startWeb(world.ctx)
  })
  afterAll(() => web.close())
  beforeEach(async () => {
    api = web.as(await world.make.token({ user: world.alice.user }))
    carol = world.host('far').actor('carol')
    key = await provingKey(carol.uri)
    carol.document.assertionMethod = [key.listed]
    await world.followed(carol)
  })

  /** A document of ours, as anybody gets it over HTTP. */
  const load = async (url: string): Promise<Json> => {
    const { pathname } = new URL(url)
    const answer = await web.get(pathname, { headers: { accept: 'application/activity+json' } })
    return answer.body
  }

  it('find right what we send, and wrong what was changed on the way', async () => {
    const { id } = (await world.accountOf(carol)) as { id: string }
    await api.post(`/api/v1/accounts/${id}/unfollow`)
    await api.post(`/api/v1/accounts/${id}/follow`)
    await drainQueues(world.ctx)
    const follow = world.host('far').received.find(({ type }) => type === 'Follow') as Json
    expect(follow.proof).toMatchObject({ cryptosuite: 'eddsa-jcs-2022', proofPurpose: 'assertionMethod' })
    expect(await isProven(follow, load)).toBe(true)
    expect(await isProven({ ...follow, object: 'https://far.example/other' }, load)).toBe(false)
    const { proof } = follow as { proof: Json }
    const later = new Date(Date.now() + 60_000).toISOString().replace(/\.\d+Z$/, 'Z')
    expect(await isProven({ ...follow, proof: { ...proof, created: later } }, load)).toBe(false)
  })

  const contexts = [
    'https://www.w3.org/ns/activitystreams',
    ['https://www.w3.org/ns/activitystreams', { Hashtag: 'as:Hashtag' }],
  ]
  it.each(contexts)('make proofs that we find right, whoever passes them on (%j)', async (context) => {
    const relay = world.host('relay').actor('relay')
    const note = world.host('far').note(carol, {
      content: '<p>Grüße € \u{1F375} "quoted" \\ </p>',
      cc: [carol.followers],
      weight: 1e21,
      ratio: 0.000001,
    })
    world.host('far').serve(new URL(note.id).pathname, { id: note.id, type: 'Tombstone' })
    const { '@context': _, ...object } = note
    const create = { ...activity(carol, 'Create', object, { to: [PUBLIC] }), '@context': context }
    const proven = await key.prove(create)
    await deliver(world.ctx, relay, { ...proven, object: { ...object, content: '<p>Forged</p>' } })
    expect(await world.statusAt(note.id)).toBeUndefined()
    await deliver(world.ctx, relay, proven)
    expect(await world.statusAt(note.id)).toMatchObject({ text: note.content })
    const { body } = await api.get('/api/v1/timelines/home')
    expect(body).toMatchObject([{ uri: note.id, account: { acct: carol.handle } }])
  })

  it('are not taken for those of another actor', async () => {
    const relay = world.host('relay').actor('relay')
    const victim = world.host('far').actor('victim')
    await world.followed(victim)
    const note = world.host('far').note(victim)
    world.host('far').serve(new URL(note.id).pathname, { id: note.id, type: 'Tombstone' })
    await deliver(world.ctx, relay, await key.prove(activity(victim, 'Create', note, { to: [PUBLIC] })))
    expect(await world.statusAt(note.id)).toBeUndefined()
  })
})
