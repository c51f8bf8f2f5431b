import { deliver } from '@anancus/core/testing/deliver'
import { drainQueues } from '@anancus/core/testing/drain-queues'
import { PUBLIC } from '@anancus/core/testing/federation'
import { activity, type RemoteActor, reply, signDelivery } from '@anancus/core/testing/remote'
import { sendSigned } from '../../support/send-signed.ts'
import { guarded, holds, useNeighbour } from './support.ts'

/** GoToSocial: how it is read from, and reads; every request is signed, and what is asked for may be refused. */
const AS = 'https://www.w3.org/ns/activitystreams'
const here = useNeighbour()
const aliceUri = () => here.world.uriOf(here.world.alice.account)
/** Serves a document to those who sign. */
const guard = (uri: string, document: object) =>
  here.far.serve(uri.slice(here.far.origin.length), guarded(document))
const collection = (id: string, items: unknown) => ({
  '@context': AS,
  id,
  type: 'OrderedCollection',
  orderedItems: items,
})
const pinnedOf = async (id: string, client = here.alice) =>
  (await client.get(`/api/v1/accounts/${id}/statuses?pinned=true`)).body.map(
    ({ uri }: { uri: string }) => uri,
  )
const refresh = (actor: RemoteActor) =>
  deliver(here.world.ctx, actor, activity(actor, 'Update', actor.document, { to: PUBLIC }))

it('interop 34 everything is asked for with a signature: people, posts, what was answered, what is pinned', async () => {
  const gina = here.far.actor('gina', { featured: here.far.url('/users/gina/collections/featured') })
  const published = '2026-01-02T03:04:05Z'
  const note = here.far.note(gina, { published })
  const answer = here.far.note(gina, { published, inReplyTo: note.id })
  const first = { type: 'CollectionPage', next: `${note.id}/replies?page=true`, partOf: `${note.id}/replies` }
  Object.assign(note, { replies: { id: `${note.id}/replies`, type: 'Collection', first } })
  guard(gina.uri, gina.document)
  guard(note.id, note)
  guard(answer.id, answer)
  guard(String(gina.document.featured), collection(String(gina.document.featured), [note.id]))
  guard(first.next, { '@context': AS, id: first.next, type: 'CollectionPage', items: answer.id })
  const { body } = await here.alice.get(`/api/v2/search?resolve=true&q=${encodeURIComponent(note.id)}`)
  expect(body.statuses).toMatchObject([{ uri: note.id, account: { acct: gina.handle } }])
  await here.alice.get(`/api/v1/statuses/${body.statuses[0].id}/context`)
  await drainQueues(here.world.ctx)
  const thread = (await here.alice.get(`/api/v1/statuses/${body.statuses[0].id}/context`)).body
  expect(thread.descendants).toMatchObject([{ uri: answer.id }])
  await here.world.met(gina)
  await refresh(gina)
  expect(await pinnedOf(body.statuses[0].account.id)).toEqual([note.id])
})

it('interop 34 a server that refuses us is not taken for dead', async () => {
  await here.send('Follow', aliceUri())
  here.far.serve('/users/carol', reply({ status: 403 }))
  here.far.serve('/users/carol/inbox', reply({ status: 403 }))
  here.far.requests.length = 0
  for (const status of ['one', 'two']) {
    await here.alice.post('/api/v1/statuses', { json: { status } })
    await expect(drainQueues(here.world.ctx)).rejects.toThrow('403')
  }
  const sent = here.far.requests.filter(({ method }) => method === 'POST').map(({ body }) => body)
  expect(sent.at(0)).toContain('<p>one</p>')
  expect(sent.at(-1)).toContain('<p>two</p>')
  expect(await here.world.count('unavailable_domains')).toBe(0)
})

it('interop 35 a key lies under a path of its own, where an actor of few words stands', async () => {
  const gina = here.far.actor('gina', { name: 'Gina' })
  gina.keyId = `${gina.uri}/main-key`
  const { publicKeyPem } = gina.document.publicKey as { publicKeyPem: string }
  gina.document.publicKey = { id: gina.keyId, owner: gina.uri, publicKeyPem }
  const { id, type, preferredUsername, publicKey } = gina.document
  here.far.serve('/users/gina/main-key', { '@context': AS, id, type, preferredUsername, publicKey })
  guard(gina.uri, gina.document)
  await deliver(here.world.ctx, gina, activity(gina, 'Follow', aliceUri()))
  const followers = await here.alice.get(`/api/v1/accounts/${here.world.alice.account.id}/followers`)
  expect(followers.body).toMatchObject([{ acct: gina.handle, display_name: 'Gina' }])
})

describe('interop 38 the query of an address', () => {
  const page = '/users/alice/outbox?page=true'
  const itemsFor = async (signed: string) => {
    const request = signDelivery(here.carol, '', { host: 'social.test', target: signed }, { method: 'GET' })
    const answer = await sendSigned(here.web.url, { ...request, target: page })
    return answer.body.orderedItems?.length
  }

  it('is signed by some and not by others, and both are believed', async () => {
    const { account } = here.world.alice
    await here.world.make.status({ account, visibility: 'private' })
    await here.world.make.follow({
      account: await here.world.met(here.carol),
      target: account,
    })
    expect(await itemsFor(page)).toBe(1)
    expect(await itemsFor('/users/alice/outbox')).toBe(1)
    expect(await itemsFor('/users/alice/outbox?page=false')).not.toBe(1)
  })

  it('is signed by us', async () => {
    const note = here.far.note(here.carol, { published: '2026-01-02T03:04:05Z' })
    const replies = `${note.id}/replies?page=true`
    Object.assign(note, { replies })
    await here.send('Create', note)
    const { id } = await here.look(note.id)
    await here.alice.get(`/api/v1/statuses/${id}/context`)
    await drainQueues(here.world.ctx)
    const asked = here.far.requests.find(({ path }) => path.endsWith('/replies?page=true'))
    const { publicKeyPem } = (await here.web.get('/actor')).body.publicKey
    expect(asked && holds(asked, publicKeyPem)).toBe(true)
  })
})

it('interop 43 what is pinned is only listed, and read anew with the profile; what is refused or gone is left out', async () => {
  const featured = here.far.url('/users/gina/collections/featured')
  const gina = here.far.actor('gina', { featured })
  const { id } = await here.world.followed(gina)
  const [open, secret, refused] = [
    here.far.note(gina),
    here.far.note(gina, { to: [gina.followers], cc: [] }),
    here.far.note(gina),
  ]
  guard(secret.id, secret)
  here.far.serve(new URL(refused.id).pathname, reply({ status: 403 }))
  guard(featured, collection(featured, [open.id, refused.id, here.far.url('/gone'), secret.id]))
  await refresh(gina)
  expect((await pinnedOf(id)).sort()).toEqual([open.id, secret.id].sort())
  expect(await pinnedOf(id, here.web)).toEqual([open.id])
  guard(featured, collection(featured, secret.id))
  await refresh(gina)
  expect(await pinnedOf(id)).toEqual([secret.id])
})
