import { drainQueues } from '../../../testing/drain-queues.ts'
import { useFederation } from '../../../testing/federation.ts'
import { activity, type RemoteActor } from '../../../testing/remote.ts'
import { resolveAccount } from '../accounts/index.ts'

const world = useFederation(['far', 'other'], { BACKFILL_STATUSES: '3' })
const OLD = new Date(Date.now() - 86_400_000).toISOString()
let carol: RemoteActor

beforeEach(() => {
  carol = world.host('far').actor('carol')
})

const note = (extra = {}) => world.host('far').note(carol, { published: OLD, ...extra })
const create = (object: unknown) => activity(carol, 'Create', object)

function serveOutbox(...orderedItems: unknown[]): void {
  const first = `${carol.uri}/outbox?page=true`
  world.host('far').serve('/users/carol/outbox?page=true', { type: 'OrderedCollectionPage', orderedItems })
  world
    .host('far')
    .serve('/users/carol/outbox', { id: `${carol.uri}/outbox`, type: 'OrderedCollection', first })
}

async function look(): Promise<void> {
  await resolveAccount(world.ctx, carol.handle)
  await drainQueues(world.ctx)
}

it('fills the profile of somebody who is looked for with their newest own statuses, up to the setting', async () => {
  const notes = [note(), note(), note(), note()]
  serveOutbox(
    create(notes[0]),
    create({ ...notes[1], content: 'made up' }),
    create(notes[2]?.id),
    create(notes[3]),
  )
  await look()
  const texts = await Promise.all(notes.map(async ({ id }) => (await world.statusAt(id))?.text))
  expect(texts).toEqual([notes[0]?.content, notes[1]?.content, notes[2]?.content, undefined])
  expect(await world.count('notifications')).toBe(0)
})

it('takes neither reblogs nor what is of another house', async () => {
  const dan = world.host('other').actor('dan')
  const theirs = world.host('other').note(dan, { published: OLD })
  serveOutbox(activity(carol, 'Announce', theirs.id), create(theirs))
  await look()
  expect(await world.count('statuses')).toBe(0)
})

it('leaves alone whom nobody looked for', async () => {
  const mine = note()
  serveOutbox(create(mine))
  await world.met(carol)
  await drainQueues(world.ctx)
  expect(await world.statusAt(mine.id)).toBeUndefined()
})
