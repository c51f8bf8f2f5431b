import { createPrivateKey } from 'node:crypto'
import { deliver, knock } from '../../../testing/deliver.ts'
import { peekQueues } from '../../../testing/drain-queues.ts'
import { PUBLIC, useFederation } from '../../../testing/federation.ts'
import { activity, type RemoteActor, reply } from '../../../testing/remote.ts'
import { ed25519KeyOf, multikeyOf } from '../../activitypub/signatures/ed25519.ts'
import { withLinkedDataSignature } from '../../activitypub/signatures/linked-data.ts'
import { withObjectProof } from '../../activitypub/signatures/object-proof.ts'
import type { Document } from '../../activitypub/vocabulary.ts'

const world = useFederation(['far', 'relay', 'third'])
let victim: RemoteActor
let mallory: RemoteActor

beforeEach(async () => {
  victim = world.host('far').actor('victim')
  mallory = world.host('relay').actor('mallory')
  await world.followed(victim)
  await world.met(mallory)
})

const now = new Date('2026-11-25T01:00:00Z')
const sign = (actor: RemoteActor, document: Document) =>
  withLinkedDataSignature(document, { keyId: actor.keyId, key: createPrivateKey(actor.privateKey) }, now)
const prove = (actor: RemoteActor, document: Document, keyId = `${actor.uri}#ed25519-key`) =>
  withObjectProof(document, { keyId, key: ed25519KeyOf(actor.privateKey) }, now)
const multikey = (actor: RemoteActor, more: Document = {}) => ({
  id: `${actor.uri}#ed25519-key`,
  type: 'Multikey',
  controller: actor.uri,
  publicKeyMultibase: multikeyOf(ed25519KeyOf(actor.privateKey)),
  ...more,
})
const unserved = (note: { id: string }) => {
  const url = new URL(note.id)
  world.host('far').serve(url.pathname, reply({ status: 404, body: {} }))
}
const create = (note: Document & { id: string }, author = victim) =>
  activity(author, 'Create', note, { to: [PUBLIC] })

describe('an activity that somebody else brings', () => {
  it('counts when its actor’s linked-data signature is in it', async () => {
    const note = world.host('far').note(victim, { content: 'Signed' })
    unserved(note)
    await deliver(world.ctx, mallory, await sign(victim, create(note)))
    expect(await world.statusAt(note.id)).toMatchObject({ text: 'Signed', visibility: 0 })
    await deliver(world.ctx, mallory, await sign(victim, activity(victim, 'Delete', note.id)))
    expect(await world.statusAt(note.id)).toBeUndefined()
  })

  it('counts when its actor’s proof is in it', async () => {
    victim.document.assertionMethod = [multikey(victim)]
    const note = world.host('far').note(victim)
    unserved(note)
    await deliver(world.ctx, mallory, await prove(victim, create(note)))
    expect(await world.statusAt(note.id)).toBeDefined()
  })

  it('is read from its own server when nothing in it can be checked', async () => {
    const note = world.host('far').note(victim, { content: 'As it is' })
    const claimed = { ...note, content: 'As mallory says' }
    await deliver(world.ctx, mallory, { ...create(claimed), signature: { type: 'Other' } })
    expect(await world.statusAt(note.id)).toMatchObject({ text: 'As it is' })
  })

  it('SEC-SIG-20 counts for nothing with another’s signature, or a spoilt one', async () => {
    const colleague = world.host('far').actor('colleague')
    victim.document.assertionMethod = [multikey(victim)]
    const notes = [1, 2, 3, 4].map(() => world.host('far').note(victim))
    const documents: Document[] = [
      await sign(mallory, create(notes[0] as never)),
      await sign(colleague, create(notes[1] as never)),
      { ...(await sign(victim, create(notes[2] as never))), to: [] },
      { ...(await prove(victim, create(notes[3] as never))), to: [] },
    ]
    notes.forEach(unserved)
    for (const document of documents) await deliver(world.ctx, mallory, document)
    for (const note of notes) expect(await world.statusAt(note.id)).toBeUndefined()
  })

  it('SEC-SIG-04 counts for nothing with a key that names its own owner', async () => {
    const foreign = multikey(mallory, { id: `${mallory.uri}#stolen`, controller: victim.uri })
    mallory.document.assertionMethod = [foreign]
    const note = world.host('far').note(victim)
    unserved(note)
    await deliver(world.ctx, mallory, await prove(mallory, create(note), foreign.id))
    victim.document.assertionMethod = [multikey(mallory, { controller: mallory.uri })]
    await deliver(world.ctx, mallory, await prove(mallory, create(note), `${victim.uri}#ed25519-key`))
    expect(await world.statusAt(note.id)).toBeUndefined()
  })

  it('SEC-SIG-03 without any proof is refused at the door', async () => {
    await expect(knock(world.ctx, mallory, create(world.host('far').note(victim)))).rejects.toMatchObject({
      status: 401,
    })
    expect(await peekQueues(world.ctx)).toEqual([])
  })

  it('does nothing that is between two servers, and brings back no old profile', async () => {
    const follow = await sign(victim, activity(victim, 'Follow', world.uriOf(world.alice.account)))
    await deliver(world.ctx, mallory, follow)
    const old = { ...victim.document, name: 'Old' }
    await deliver(world.ctx, mallory, await sign(victim, activity(victim, 'Update', old)))
    expect(await world.ctx.db('follows').where({ target_account_id: world.alice.account.id })).toEqual([])
    expect((await world.accountOf(victim))?.display_name).toBe('victim')
  })
})

describe('passing on', () => {
  const arrange = async () => {
    const reader = world.host('third').actor('reader')
    const account = await world.met(reader)
    await world.make.follow({ account, target: world.alice.account })
    const mine = await world.make.status({ account: world.alice.account })
    const inReplyTo = world.noteUri(mine, world.alice.account)
    return { note: world.host('far').note(victim, { inReplyTo }) }
  }
  it('sends replies to ours, their edits and deletions to our followers as they came', async () => {
    const { note } = await arrange()
    const signed = await sign(victim, create(note))
    await deliver(world.ctx, victim, signed)
    expect(world.host('third').received).toEqual([signed])
    const updated = new Date(Date.now() + 1000).toISOString()
    const edit = await sign(victim, activity(victim, 'Update', { ...note, content: 'New', updated }))
    await deliver(world.ctx, victim, edit)
    const remove = await sign(victim, activity(victim, 'Delete', note.id))
    await deliver(world.ctx, victim, remove)
    expect(world.host('third').received).toEqual([signed, edit, remove])
    expect(world.host('third').requests.at(-1)?.headers.signature).toContain(world.uriOf(world.alice.account))
  })

  it('sends nothing that is unsigned, signed wrongly, or not for everybody', async () => {
    const { note } = await arrange()
    const followersOnly = world
      .host('far')
      .note(victim, { ...note, id: `${note.id}x`, to: [victim.followers] })
    await deliver(world.ctx, victim, create(note))
    const edited = { ...note, content: 'New', updated: new Date(Date.now() + 1000).toISOString() }
    const update = await sign(victim, activity(victim, 'Update', edited))
    await deliver(world.ctx, victim, { ...update, cc: ['https://e.test/1'] })
    await deliver(world.ctx, victim, await sign(victim, create(followersOnly)))
    expect(await world.statusAt(note.id)).toMatchObject({ text: 'New' })
    expect(world.host('third').received).toEqual([])
  })
})
