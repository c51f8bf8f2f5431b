import type { AccountRow, StatusRow } from '@anancus/db'
import { factories } from '@anancus/db/testing/make'
import { closeTestContext, testContext } from '../../../testing/context.ts'
import { countStatements } from '../../../testing/count-statements.ts'
import { drainQueues, peekQueues, registerHandlers } from '../../../testing/drain-queues.ts'
import { resetDatabase } from '../../../testing/reset.ts'
import { buildFeedJob, pushToFeedsJob } from '../../jobs/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import type { Viewer } from '../../kernel/viewer.ts'
import { idsInFeed } from './feed-store.ts'
import {
  buildFeed,
  clearFromFeed,
  mergeFeed,
  pushToFeeds,
  readHome,
  removeFromFeeds,
  unmergeFeed,
} from './index.ts'
import { FEED_SIZE, REBLOG_FALLOFF } from './limits.ts'

let ctx: Ctx
let make: ReturnType<typeof factories>
let alice: Viewer
let bob: Viewer
let carol: AccountRow

beforeAll(async () => {
  ctx = await testContext()
  make = factories(ctx.db)
  registerHandlers({ [buildFeedJob.name]: buildFeed, [pushToFeedsJob.name]: pushToFeeds })
})
afterAll(() => closeTestContext(ctx))
beforeEach(async () => {
  await resetDatabase(ctx)
  alice = await make.viewer({ account: { username: 'alice' } })
  bob = await make.viewer({ account: { username: 'bob' } })
  carol = await make.remoteAccount({ username: 'carol', domain: 'remote.example' })
  await make.follow({ account: alice.account, target: bob.account })
  await make.follow({ account: alice.account, target: carol })
})

const push = (status: StatusRow, kind: 'create' | 'update' = 'create') =>
  pushToFeeds(ctx, { statusId: status.id, afterFollowId: '0', kind })
const feedOf = (viewer: Viewer) => idsInFeed(ctx, viewer.account.id)
const built = (viewer: Viewer) => buildFeed(ctx, { accountId: viewer.account.id })
const home = (viewer: Viewer, window = {}) => readHome(ctx, viewer, { limit: 20, ...window })

describe('a home feed that does not exist', () => {
  it('is answered from the database, built by one job, and then read by one call', async () => {
    const one = await make.status({ account: bob.account })
    const two = await make.status({ account: carol })
    const own = await make.status({ account: alice.account, visibility: 'direct' })
    await make.status({ visibility: 'public' })
    expect(await home(alice)).toEqual({ ids: [own.id, two.id, one.id], regenerating: true })
    await home(alice)
    expect(await peekQueues(ctx)).toEqual([
      { name: buildFeedJob.name, payload: { accountId: alice.account.id } },
    ])
    await drainQueues(ctx)
    const { count } = await countStatements(async () => {
      expect(await home(alice)).toEqual({ ids: [own.id, two.id, one.id], regenerating: false })
    })
    expect(count).toBe(0)
  })

  it('takes no pushes, and nothing is missing once it is built', async () => {
    const early = await make.status({ account: bob.account })
    await push(early)
    expect(await feedOf(alice)).toEqual([])
    await built(alice)
    const late = await make.status({ account: bob.account })
    await push(late)
    expect(await feedOf(alice)).toEqual([late.id, early.id])
  })

  it('comes back whole after Redis lost everything', async () => {
    await built(alice)
    const statuses = []
    for (let n = 0; n < 45; n++) statuses.push(await make.status({ account: n % 2 ? bob.account : carol }))
    for (const status of statuses) await push(status)
    const before = await feedOf(alice)
    expect(before).toHaveLength(45)
    const keys = await ctx.redis.keys(`${ctx.config.redis.prefix}*`)
    await ctx.redis.del(...keys)
    const page = await home(alice, { limit: 40 })
    expect(page).toEqual({ ids: before.slice(0, 40), regenerating: true })
    await drainQueues(ctx)
    expect(await feedOf(alice)).toEqual(before)
  })

  it('is not trusted after Redis was restarted', async () => {
    await built(alice)
    await ctx.redis.set(`${ctx.config.redis.prefix}epoch`, 'another run:1')
    expect((await home(alice)).regenerating).toBe(true)
    await drainQueues(ctx)
    expect((await home(alice)).regenerating).toBe(false)
  })

  it('pages through the database in both directions as through the feed', async () => {
    const ids: string[] = []
    for (let n = 0; n < 12; n++) ids.unshift((await make.status({ account: n % 3 ? bob.account : carol })).id)
    const windows = [
      { limit: 5 },
      { limit: 5, maxId: ids[4] },
      { limit: 5, minId: ids[9] },
      { limit: 5, sinceId: ids[9] },
      { limit: 3, minId: ids[11], maxId: ids[6] },
      { limit: 5, maxId: ids[11] },
    ]
    const fromDatabase = []
    for (const window of windows) fromDatabase.push((await home(alice, window)).ids)
    expect(fromDatabase.slice(0, 4)).toEqual([
      ids.slice(0, 5),
      ids.slice(5, 10),
      ids.slice(4, 9),
      ids.slice(0, 5),
    ])
    await built(alice)
    const fromFeed = []
    for (const window of windows) fromFeed.push((await home(alice, window)).ids)
    expect(fromFeed).toEqual(fromDatabase)
  })

  it('fills its page although the filter leaves much out', async () => {
    const wanted = await make.status({ account: bob.account })
    const stranger = await make.status({})
    for (let n = 0; n < 30; n++) await make.status({ account: bob.account, inReplyTo: stranger })
    expect((await home(alice, { limit: 5 })).ids).toEqual([wanted.id])
  })
})

describe('pushing to feeds', () => {
  beforeEach(async () => {
    await built(alice)
    await built(bob)
  })

  it('reaches followers and the author, and nobody else', async () => {
    const stranger = await make.viewer({})
    await built(stranger)
    const status = await make.status({ account: bob.account, visibility: 'private' })
    await push(status)
    expect([await feedOf(alice), await feedOf(bob), await feedOf(stranger)]).toEqual([
      [status.id],
      [status.id],
      [],
    ])
  })

  it('brings a direct status to the author and to the addressed who follow', async () => {
    const other = await make.viewer({})
    await built(other)
    const status = await make.status({
      account: bob.account,
      visibility: 'direct',
      mentions: [alice.account, other.account],
    })
    await push(status)
    expect([await feedOf(alice), await feedOf(bob), await feedOf(other)]).toEqual([
      [status.id],
      [status.id],
      [],
    ])
  })

  it('brings what has a followed hashtag, unless its author is unwanted', async () => {
    const tagged = await make.status({ tags: ['cats'] })
    const [{ tag_id }] = await ctx.db('statuses_tags').where({ status_id: tagged.id })
    await ctx.db('tag_follows').insert({ account_id: bob.account.id, tag_id })
    await push(tagged)
    await drainQueues(ctx)
    expect(await feedOf(bob)).toEqual([tagged.id])
    const muted = await make.account({})
    await make.mute({ account: bob.account, target: muted })
    await push(await make.status({ account: muted, tags: ['cats'] }))
    await drainQueues(ctx)
    expect(await feedOf(bob)).toEqual([tagged.id])
  })

  it('keeps out what the owner does not want to see', async () => {
    const unwanted = await make.account({})
    await make.block({ account: alice.account, target: unwanted })
    const original = await make.status({ account: unwanted })
    await push(await make.status({ account: bob.account, reblogOf: original }))
    await push(await make.status({ account: bob.account, mentions: [unwanted] }))
    await push(await make.status({ account: bob.account, inReplyTo: await make.status({}) }))
    expect(await feedOf(alice)).toEqual([])
  })

  it('SEC-PRIV-09 keeps out what its owner may not see any more, however late the push or merge comes', async () => {
    const status = await make.status({ account: bob.account, visibility: 'private' })
    const reblog = await make.status({
      account: bob.account,
      reblogOf: await make.status({ tags: ['cats'] }),
    })
    await ctx
      .db('follows')
      .where({ account_id: alice.account.id, target_account_id: bob.account.id })
      .delete()
    await mergeFeed(ctx, { fromAccountId: bob.account.id, intoAccountId: alice.account.id })
    expect(await feedOf(alice)).toEqual([])
    await make.follow({ account: alice.account, target: bob.account })
    await mergeFeed(ctx, { fromAccountId: bob.account.id, intoAccountId: alice.account.id })
    expect(await feedOf(alice)).toEqual([reblog.id, status.id])
  })

  it('R-04 ends the same whatever the order and however often jobs run', async () => {
    const statuses: StatusRow[] = []
    for (let n = 0; n < 12; n++) statuses.push(await make.status({ account: n % 2 ? bob.account : carol }))
    const shuffled = [...statuses, ...statuses, ...statuses].sort(() => Math.random() - 0.5)
    await Promise.all(shuffled.map((status) => push(status)))
    expect(await feedOf(alice)).toEqual(statuses.map((status) => status.id).toReversed())
  })

  it('shows a reblog once while it or the original is near the top', async () => {
    const original = await make.status({})
    const [first, second] = [
      await make.status({ account: bob.account, reblogOf: original }),
      await make.status({ account: carol, reblogOf: original }),
    ]
    await push(first)
    await push(second)
    expect(await feedOf(alice)).toEqual([first.id])
    // The first is undone: the second takes its place.
    await removeFromFeeds(ctx, first)
    expect(await feedOf(alice)).toEqual([second.id])
    for (let n = 0; n < REBLOG_FALLOFF; n++) await push(await make.status({ account: bob.account }))
    const third = await make.status({ account: bob.account, reblogOf: original })
    await push(third)
    expect((await feedOf(alice))[0]).toBe(third.id)
  })

  it('shows every reblog to who asked for it', async () => {
    await ctx.db('users').where({ id: alice.user.id }).update({ settings: '{"aggregate_reblogs":false}' })
    const original = await make.status({})
    const [first, second] = [
      await make.status({ account: bob.account, reblogOf: original }),
      await make.status({ account: carol, reblogOf: original }),
    ]
    await push(first)
    await push(second)
    expect(await feedOf(alice)).toEqual([second.id, first.id])
  })

  it('is not changed by the same push coming twice', async () => {
    const reblog = await make.status({ account: bob.account, reblogOf: await make.status({}) })
    await push(reblog)
    await push(reblog)
    expect(await feedOf(alice)).toEqual([reblog.id])
  })

  it('keeps no more than its size', async () => {
    const accountId = alice.account.id
    const text =
      'insert into statuses (account_id, text, local) select ?, n::text, true from generate_series(1, ?) n'
    await ctx.db.raw(text, [bob.account.id, FEED_SIZE + 50])
    await ctx.redis.del(`${ctx.config.redis.prefix}feed:home:${accountId}:state`)
    await built(alice)
    expect(await feedOf(alice)).toHaveLength(FEED_SIZE)
    const newest = await make.status({ account: bob.account })
    await push(newest)
    const ids = await feedOf(alice)
    expect(ids).toHaveLength(FEED_SIZE)
    expect(ids[0]).toBe(newest.id)
  })

  it('takes an edited status out of feeds where it does not belong any more', async () => {
    const status = await make.status({ account: bob.account })
    await push(status)
    const unwanted = await make.account({})
    await make.block({ account: alice.account, target: unwanted })
    await ctx.db('mentions').insert({ account_id: unwanted.id, status_id: status.id })
    await push(status, 'update')
    expect(await feedOf(alice)).toEqual([])
  })

  it('takes two statements a batch beside the one for the status', async () => {
    const followers = await Promise.all(Array.from({ length: 12 }, () => make.viewer({})))
    for (const { account } of followers) {
      await make.follow({ account, target: bob.account })
      await buildFeed(ctx, { accountId: account.id })
    }
    const status = await make.status({ account: bob.account })
    const { count } = await countStatements(() => push(status))
    expect(count).toBe(3)
  })

  it('goes on with the next thousand followers', async () => {
    await ctx.db.raw(`
      with made as (insert into accounts (username, protocol)
        select 'follower' || n, 0 from generate_series(1, 1050) n returning id)
      insert into follows (account_id, target_account_id) select id, ${bob.account.id} from made`)
    const { rows } = await ctx.db.raw('select account_id from follows order by id desc limit 1')
    await buildFeed(ctx, { accountId: rows[0].account_id })
    const status = await make.status({ account: bob.account })
    await push(status)
    expect(await idsInFeed(ctx, rows[0].account_id)).toEqual([])
    expect(await drainQueues(ctx)).toHaveLength(1)
    expect(await idsInFeed(ctx, rows[0].account_id)).toEqual([status.id])
  })
})

describe('what else changes a feed', () => {
  beforeEach(() => built(alice))

  it('a new follow brings the newest statuses, the end of one takes them away', async () => {
    const dan = await make.viewer({})
    const status = await make.status({ account: dan.account })
    const kept = await make.status({ account: bob.account, reblogOf: await make.status({}) })
    await push(kept)
    await make.follow({ account: alice.account, target: dan.account })
    await mergeFeed(ctx, { fromAccountId: dan.account.id, intoAccountId: alice.account.id })
    expect(await feedOf(alice)).toEqual([kept.id, status.id])
    await unmergeFeed(ctx, { fromAccountId: dan.account.id, intoAccountId: alice.account.id })
    expect(await feedOf(alice)).toEqual([kept.id])
  })

  it('a block takes what was written by, reblogged from, or names the blocked', async () => {
    const mallory = await make.account({})
    const byMallory = await make.status({ account: mallory })
    await make.follow({ account: alice.account, target: mallory })
    const kept = await make.status({ account: bob.account })
    for (const status of [
      byMallory,
      await make.status({ account: bob.account, reblogOf: byMallory }),
      await make.status({ account: bob.account, mentions: [mallory] }),
      kept,
    ])
      await push(status)
    await clearFromFeed(ctx, alice.account.id, mallory.id)
    expect(await feedOf(alice)).toEqual([kept.id])
  })

  it('a deletion takes the original and its reblogs', async () => {
    const original = await make.status({ account: bob.account })
    const reblog = await make.status({ account: carol, reblogOf: original })
    await push(reblog)
    expect(await feedOf(alice)).toEqual([reblog.id])
    await ctx.db('statuses').where({ id: original.id }).update({ deleted_at: new Date() })
    await removeFromFeeds(ctx, original)
    expect(await feedOf(alice)).toEqual([])
  })
})

it('reads the home timeline from the database while Redis is away', async () => {
  const status = await make.status({ account: bob.account })
  const cut = { ...ctx, redis: ctx.redis.duplicate({ lazyConnect: true, enableOfflineQueue: false }) }
  expect(await readHome(cut, alice, { limit: 20 })).toEqual({ ids: [status.id], regenerating: false })
  cut.redis.disconnect()
})
