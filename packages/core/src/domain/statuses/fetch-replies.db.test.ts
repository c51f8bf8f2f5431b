import type { StatusRow } from '@anancus/db'
import { drainQueues } from '../../../testing/drain-queues.ts'
import { useFederation } from '../../../testing/federation.ts'
import { gone, type Remote, type RemoteActor } from '../../../testing/remote.ts'
import { readAsyncRefresh } from '../timelines/index.ts'
import { readContext, refreshThread, resolveStatusByUri } from './index.ts'

const world = useFederation(['far', 'other'])
const OLD = new Date(Date.now() - 3_600_000).toISOString()
let far: Remote
let carol: RemoteActor
let dan: RemoteActor

beforeEach(() => {
  far = world.host('far')
  carol = far.actor('carol')
  dan = world.host('other').actor('dan')
})

type Note = Record<string, unknown> & { id: string }

const collection = (note: { id: string }, ...items: unknown[]) => ({
  id: `${note.id}/replies`,
  type: 'Collection',
  first: { type: 'CollectionPage', partOf: `${note.id}/replies`, items },
})

/** A note of long ago; its answers are named later, by changing the served document. */
function note(host: Remote, author: RemoteActor, inReplyTo: string | null = null): Note {
  return host.note(author, { published: OLD, inReplyTo })
}

const known = async (uri: string): Promise<StatusRow> =>
  (await resolveStatusByUri(world.ctx, uri)) as StatusRow
const refresh = (status: StatusRow, viewer: typeof world.alice | null = world.alice) =>
  refreshThread(world.ctx, viewer, status.id)

it('fetches answers and the answers to those, from wherever they are, and tells how many', async () => {
  const root = note(far, carol)
  const reply = note(world.host('other'), dan, root.id)
  const deeper = note(far, carol, reply.id)
  root.replies = collection(root, reply.id)
  reply.replies = collection(reply, { id: deeper.id, type: 'Note', content: 'made up' })
  const status = await known(root.id)
  const headers = await refresh(status)
  const header = headers['Mastodon-Async-Refresh'] ?? ''
  expect(header).toMatch(/^id="[\w-]+", retry=3, result_count=0$/)
  const id = /id="([^"]+)"/.exec(header)?.[1] ?? ''
  expect(await readAsyncRefresh(world.ctx, world.alice, id)).toMatchObject({ status: 'running' })
  await drainQueues(world.ctx)
  expect(await readAsyncRefresh(world.ctx, world.alice, id)).toMatchObject({
    status: 'finished',
    result_count: 2,
  })
  const { descendants } = await readContext(world.ctx, world.alice, status.id)
  expect(descendants).toEqual([(await known(reply.id)).id, (await known(deeper.id)).id])
  expect((await known(deeper.id)).text).toBe(deeper.content)
})

it('turns pages of the same house only, and never in a circle', async () => {
  const root = note(far, carol)
  const [first, second] = [note(far, carol, root.id), note(far, carol, root.id)]
  root.replies = `${root.id}/replies`
  const path = new URL(root.id).pathname
  far.serve(`${path}/replies`, { id: `${root.id}/replies`, type: 'Collection', first: `${root.id}/page` })
  far.serve(`${path}/page`, { type: 'CollectionPage', items: [first.id], next: `${root.id}/page2` })
  far.serve(`${path}/page2`, { type: 'CollectionPage', items: [second.id], next: `${root.id}/page` })
  const status = await known(root.id)
  await refresh(status)
  await drainQueues(world.ctx, { ignore: ['statuses.fetch_first_replies'] })
  expect((await readContext(world.ctx, world.alice, status.id)).descendants).toHaveLength(2)
  expect(far.requests.filter(({ path: asked }) => asked === `${path}/page`)).toHaveLength(1)
})

it('goes no further from what does not answer the thread, and lives with what is gone', async () => {
  const root = note(far, carol)
  const stranger = note(world.host('other'), dan)
  const lure = note(world.host('other'), dan, stranger.id)
  const missing = note(far, carol, root.id)
  root.replies = collection(root, missing.id, stranger.id)
  stranger.replies = collection(stranger, lure.id)
  far.serve(new URL(missing.id).pathname, gone())
  const status = await known(root.id)
  await refresh(status)
  await drainQueues(world.ctx)
  expect(await world.statusAt(lure.id)).toBeUndefined()
  expect((await readContext(world.ctx, world.alice, status.id)).descendants).toEqual([])
})

it('asks for nothing for visitors, of young or private statuses, of ours, or twice within a quarter of an hour', async () => {
  const root = note(far, carol)
  const status = await known(root.id)
  expect(await refresh(status, null)).toEqual({})
  expect(await refresh(await known(far.note(carol, { published: new Date().toISOString() }).id))).toEqual({})
  const created_at = new Date(OLD)
  const mine = await world.make.status({ account: world.alice.account, created_at })
  expect(await refresh(mine)).toEqual({})
  const account = await world.met(carol)
  const secret = await world.make.status({ account, visibility: 'private', created_at })
  expect(await refresh(secret)).toEqual({})
  expect(await refresh(status)).not.toEqual({})
  const bob = await world.make.viewer({})
  expect(await refresh(status, bob)).toEqual({})
  await drainQueues(world.ctx)
  expect(await refresh(status)).toEqual({})
})

describe('a conversation that a server keeps', () => {
  /** A list of a conversation on the second server. */
  function keep(...items: string[]) {
    const keeper = world.host('other')
    const id = keeper.url('/conversations/1')
    keeper.serve('/conversations/1', { id, type: 'OrderedCollection', first: `${id}?page=1` })
    keeper.serve('/conversations/1?page=1', {
      type: 'OrderedCollectionPage',
      partOf: id,
      orderedItems: items,
    })
    return id
  }

  it('brings what no server lists among its replies, in whatever order', async () => {
    const root = note(far, carol)
    const reply = note(world.host('other'), dan, root.id)
    const deeper = note(far, carol, reply.id)
    root.context = keep(deeper.id, reply.id, root.id)
    const status = await known(root.id)
    await refresh(status)
    await drainQueues(world.ctx)
    const { descendants } = await readContext(world.ctx, world.alice, status.id)
    expect(descendants).toEqual([(await known(reply.id)).id, (await known(deeper.id)).id])
  })

  it('is not believed about what is in no thread, nor read for ever', async () => {
    const root = note(far, carol)
    const strangers = Array.from({ length: 40 }, () => note(world.host('other'), dan).id)
    root.context = keep(...strangers)
    const status = await known(root.id)
    await refresh(status)
    await drainQueues(world.ctx)
    expect((await readContext(world.ctx, world.alice, status.id)).descendants).toEqual([])
    expect(await world.count('statuses')).toBeLessThan(30)
  })
})

describe('a status that comes', () => {
  it('brings the answers of its own server that it names, and no others', async () => {
    const thread = note(far, carol)
    const next = note(far, carol, thread.id)
    const after = note(far, carol, next.id)
    const elsewhere = note(world.host('other'), dan, thread.id)
    next.replies = collection(next, after.id)
    thread.replies = collection(thread, next.id, elsewhere.id)
    const status = await known(thread.id)
    await drainQueues(world.ctx)
    const { descendants } = await readContext(world.ctx, world.alice, status.id)
    expect(descendants).toHaveLength(1)
    expect(await world.statusAt(next.id)).toMatchObject({ in_reply_to_id: status.id })
    expect(await world.statusAt(elsewhere.id)).toBeUndefined()
  })

  it('is asked for its answers where it only says where they are, once it is old enough to have any', async () => {
    const thread = note(far, carol)
    const next = note(far, carol, thread.id)
    thread.replies = `${thread.id}/replies`
    far.serve(`${new URL(thread.id).pathname}/replies`, collection(thread, next.id))
    const young = far.note(carol, { replies: `${thread.id}/replies` })
    await known(young.id)
    await drainQueues(world.ctx)
    expect(await world.statusAt(next.id)).toBeUndefined()
    await known(thread.id)
    await drainQueues(world.ctx)
    expect(await world.statusAt(next.id)).toBeDefined()
  })
})
