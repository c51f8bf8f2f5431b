import { deliver } from '../../../testing/deliver.ts'
import { drainQueues } from '../../../testing/drain-queues.ts'
import { PUBLIC, useFederation } from '../../../testing/federation.ts'
import { activity, type RemoteActor } from '../../../testing/remote.ts'
import { addRelay, disableRelay, listRelays, relayState, removeRelay } from '../federation/index.ts'
import { publishStatus } from '../statuses/index.ts'

const world = useFederation(['relay', 'other'])
let relay: RemoteActor

beforeEach(() => {
  relay = world.host('relay').actor('relay', { type: 'Application' })
})

const states = async () => (await listRelays(world.ctx)).map(relayState)
const received = (type: string) => world.host('relay').received.filter((document) => document.type === type)

async function asked() {
  const row = await addRelay(world.ctx, relay.inbox)
  await drainQueues(world.ctx)
  const follow = received('Follow').at(-1) as { id: string }
  return { id: row.id, follow }
}

async function accepted() {
  const { id, follow } = await asked()
  await deliver(world.ctx, relay, activity(relay, 'Accept', follow))
  return id
}

it('is asked by the server itself for everything public, and gets it once it has accepted', async () => {
  const { follow } = await asked()
  expect(follow).toMatchObject({ actor: `${world.ctx.config.baseUrl}/actor`, object: PUBLIC })
  expect(await states()).toEqual(['pending'])
  await publishStatus(world.ctx, world.alice.account, { status: 'too early', visibility: 'public' })
  await drainQueues(world.ctx)
  expect(received('Create')).toEqual([])
  await deliver(world.ctx, relay, activity(relay, 'Accept', follow))
  expect(await states()).toEqual(['accepted'])
  await publishStatus(world.ctx, world.alice.account, { status: 'for all', visibility: 'public' })
  await publishStatus(world.ctx, world.alice.account, { status: 'for fewer', visibility: 'unlisted' })
  await drainQueues(world.ctx)
  expect(received('Create')).toMatchObject([{ object: { content: '<p>for all</p>' } }])
})

it('brings statuses of others in by Announce, without a reblog', async () => {
  await accepted()
  const dan = world.host('other').actor('dan')
  const note = world.host('other').note(dan)
  await deliver(world.ctx, relay, activity(relay, 'Announce', note.id, { to: [PUBLIC] }))
  expect(await world.statusAt(note.id)).toMatchObject({ text: note.content, visibility: 0 })
  expect(await world.ctx.db('statuses').whereNotNull('reblog_of_id').select()).toEqual([])
})

it('brings the activities of others in, as their own servers confirm them; nobody else does', async () => {
  await accepted()
  const dan = world.host('other').actor('dan')
  const note = world.host('other').note(dan)
  const create = activity(
    dan,
    'Create',
    { ...note, content: '<p>made up</p>' },
    { to: [PUBLIC], signature: {} },
  )
  const mallory = world.host('relay').actor('mallory')
  await world.met(mallory)
  await deliver(world.ctx, mallory, create)
  expect(await world.statusAt(note.id)).toBeUndefined()
  await deliver(world.ctx, relay, { ...create, id: `${String(create.id)}-again` })
  expect(await world.statusAt(note.id)).toMatchObject({ text: note.content })
})

it('may reject, also later; is left with an Undo, and forgotten', async () => {
  const id = await accepted()
  await deliver(world.ctx, relay, activity(relay, 'Reject', received('Follow')[0]?.id))
  expect(await states()).toEqual(['rejected'])
  await removeRelay(world.ctx, id)
  const again = await accepted()
  await disableRelay(world.ctx, again)
  await drainQueues(world.ctx)
  expect(received('Undo')).toMatchObject([{ object: { type: 'Follow', object: PUBLIC } }])
  expect(await states()).toEqual(['idle'])
  const note = world.host('other').note(world.host('other').actor('dan'))
  await deliver(world.ctx, relay, activity(relay, 'Announce', note.id, { to: [PUBLIC] }))
  expect(await world.statusAt(note.id)).toBeUndefined()
  await removeRelay(world.ctx, again)
  expect(await states()).toEqual([])
})

it('SEC-FED-02 SEC-DOS-12 nobody else answers for it, and an answer nobody waits for has no effect', async () => {
  const { id, follow } = await asked()
  const mallory = world.host('other').actor('mallory', { inbox: relay.inbox })
  await deliver(world.ctx, mallory, activity(mallory, 'Accept', follow))
  await deliver(world.ctx, relay, activity(relay, 'Accept', `${follow.id}0`))
  expect(await states()).toEqual(['pending'])
  await disableRelay(world.ctx, id)
  await deliver(world.ctx, relay, activity(relay, 'Accept', follow))
  expect(await states()).toEqual(['idle'])
})

it('has an address of another server, each once', async () => {
  await asked()
  await expect(addRelay(world.ctx, relay.inbox)).rejects.toThrow('already been taken')
  for (const url of ['', 'ftp://relay.example/inbox', `${world.ctx.config.baseUrl}/inbox`])
    await expect(addRelay(world.ctx, url)).rejects.toThrow('invalid')
})
