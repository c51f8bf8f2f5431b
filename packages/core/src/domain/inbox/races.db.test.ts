import type { AccountRow } from '@anancus/db'
import { deliver, knock } from '../../../testing/deliver.ts'
import { drainQueues, peekQueues } from '../../../testing/drain-queues.ts'
import { PUBLIC, useFederation } from '../../../testing/federation.ts'
import { activity, type Remote, type RemoteActor } from '../../../testing/remote.ts'
import { processActivity } from './index.ts'

const world = useFederation(['far'])
let far: Remote
let carol: RemoteActor

beforeEach(async () => {
  far = world.host('far')
  carol = far.actor('carol')
  await world.followed(carol)
})

/** Delivers activities and processes all of them at once, as many workers would. */
async function atOnce(activities: readonly Record<string, unknown>[]): Promise<void> {
  const { ctx } = world
  for (const item of activities) await knock(ctx, carol, item)
  const payloads = (await peekQueues(ctx))
    .filter((job) => job.name === 'activitypub.process')
    .map((job) => job.payload)
  await Promise.all(payloads.map((payload) => processActivity(ctx, payload as never)))
  await drainQueues(ctx, { ignore: ['activitypub.process'] })
}

const times = <T>(count: number, make: (n: number) => T): T[] =>
  Array.from({ length: count }, (_, n) => make(n))
const counters = async (actor: RemoteActor) => {
  const account = (await world.accountOf(actor)) as AccountRow
  return world.ctx.db('account_stats').where({ account_id: account.id }).first()
}

describe('activities that meet', () => {
  it('the same Create many times makes one status, counted once', async () => {
    const note = far.note(carol)
    await atOnce(times(8, () => activity(carol, 'Create', note)))
    expect(await world.count('statuses')).toBe(1)
    expect(await counters(carol)).toMatchObject({ statuses_count: '1' })
  })

  it('a Create and its Delete leave nothing, whichever comes first', async () => {
    for (let round = 0; round < 5; round++) {
      const note = far.note(carol)
      const both = [activity(carol, 'Create', note), activity(carol, 'Delete', note.id)]
      await atOnce(round % 2 === 0 ? both : both.reverse())
      expect(await world.statusAt(note.id)).toBeUndefined()
    }
    expect(await counters(carol)).toMatchObject({ statuses_count: '0' })
  })

  it('the same Follow, Like and Announce many times count once', async () => {
    const { alice, ctx, make } = world
    const mine = await make.status({ account: alice.account })
    const uri = world.noteUri(mine, alice.account)
    await atOnce(times(5, () => activity(carol, 'Follow', world.uriOf(alice.account))))
    await atOnce(times(5, () => activity(carol, 'Like', uri)))
    await atOnce(times(5, () => activity(carol, 'Announce', uri, { to: [PUBLIC] })))
    expect(await world.count('favourites')).toBe(1)
    expect(await ctx.db('status_stats').where({ status_id: mine.id }).first()).toMatchObject({
      favourites_count: '1',
      reblogs_count: '1',
    })
    expect(await ctx.db('follows').where({ target_account_id: alice.account.id }).select()).toHaveLength(1)
  })

  it('edits that overtake each other end with the newest', async () => {
    const note = far.note(carol, { published: '2026-01-01T00:00:00Z' })
    await deliver(world.ctx, carol, activity(carol, 'Create', note))
    const edits = times(6, (n) => ({
      ...note,
      content: `<p>Edit ${n}</p>`,
      updated: new Date(Date.UTC(2026, 0, 2, 0, n)).toISOString(),
    }))
    await atOnce(edits.reverse().map((edit) => activity(carol, 'Update', edit)))
    expect(await world.statusAt(note.id)).toMatchObject({ text: '<p>Edit 5</p>' })
  })

  it('what is done anew stands, whichever of its Undo and itself comes first', async () => {
    const { alice, ctx, make } = world
    const mine = await make.status({ account: alice.account })
    const uri = world.noteUri(mine, alice.account)
    const acts = { Follow: world.uriOf(alice.account), Like: uri, Announce: uri }
    const to = { to: [PUBLIC] }
    const first = Object.entries(acts).map(([type, object]) => activity(carol, type, object, to))
    for (const item of first) await deliver(ctx, carol, item)
    for (const [index, [type, object]] of Object.entries(acts).entries()) {
      const again = activity(carol, type, object, to)
      await deliver(ctx, carol, again)
      await deliver(ctx, carol, activity(carol, 'Undo', first[index]))
      const old = first[index] as { id: string }
      const tables = { Follow: 'follows', Like: 'favourites', Announce: 'statuses' } as const
      const rows = ctx.db(tables[type as keyof typeof acts])
      expect(await rows.clone().where({ uri: old.id })).toEqual([])
      expect(await rows.clone().where({ uri: again.id })).toHaveLength(1)
      await deliver(ctx, carol, activity(carol, 'Undo', again))
      const left = rows.clone().where({ uri: again.id })
      expect(await (type === 'Announce' ? left.where({ deleted_at: null }) : left)).toEqual([])
    }
  })

  it('a block that is made anew stands', async () => {
    const { alice, ctx } = world
    const block = activity(carol, 'Block', world.uriOf(alice.account))
    const again = activity(carol, 'Block', world.uriOf(alice.account))
    for (const item of [block, again, activity(carol, 'Undo', block)]) await deliver(ctx, carol, item)
    expect(await ctx.db('blocks').pluck('uri')).toEqual([again.id])
  })
})
