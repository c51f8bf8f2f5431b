import { type AccountRow, type ListRow, REPLIES_POLICIES, type StatusRow, stored } from '@anancus/db'
import { factories } from '@anancus/db/testing/make'
import { closeTestContext, testContext } from '../../../testing/context.ts'
import { countStatements } from '../../../testing/count-statements.ts'
import { drainQueues, peekQueues, registerHandlers } from '../../../testing/drain-queues.ts'
import { allHandlers } from '../../../testing/handlers.ts'
import { resetDatabase } from '../../../testing/reset.ts'
import { buildListFeedJob } from '../../jobs/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { redisKey } from '../../kernel/redis-keys.ts'
import type { Viewer } from '../../kernel/viewer.ts'
import { listChannel, subscribedKey } from '../../streaming/index.ts'
import { blockAccount, followAccount, muteAccount, unfollowAccount } from '../relationships/index.ts'
import { idsInFeed } from './feed-store.ts'
import {
  addListMembers,
  buildFeed,
  buildListFeed,
  deleteList,
  dropInactiveFeeds,
  pushToFeeds,
  readHome,
  readList,
  removeFromFeeds,
  removeListMembers,
} from './index.ts'

let ctx: Ctx
let make: ReturnType<typeof factories>
let alice: Viewer
let bob: Viewer
let carol: AccountRow
let list: ListRow

beforeAll(async () => {
  ctx = await testContext()
  make = factories(ctx.db)
  registerHandlers(allHandlers)
})
afterAll(() => closeTestContext(ctx))
beforeEach(async () => {
  await resetDatabase(ctx)
  alice = await make.viewer({ account: { username: 'alice' } })
  bob = await make.viewer({ account: { username: 'bob' } })
  carol = await make.remoteAccount({ username: 'carol', domain: 'remote.example' })
  await make.follow({ account: alice.account, target: bob.account })
  await make.follow({ account: alice.account, target: carol })
  list = await make.list({ account: alice.account, members: [bob.account] })
})

const push = async (status: StatusRow, kind: 'create' | 'update' = 'create') => {
  await pushToFeeds(ctx, { statusId: status.id, afterFollowId: '0', kind })
  await drainQueues(ctx)
}
const built = () => buildListFeed(ctx, { listId: list.id })
const feed = () => idsInFeed(ctx, list.id, 'list')
const read = (window = {}) => readList(ctx, list, { limit: 20, ...window })

/** What the list's stream carries while `work` runs, as event and id. */
async function streamed(work: () => Promise<unknown>): Promise<string[]> {
  const listener = ctx.redis.duplicate({ enableOfflineQueue: true })
  const heard: string[] = []
  listener.on('message', (_channel: string, text: string) => {
    const { event, payload } = JSON.parse(text)
    heard.push(`${event} ${payload.id ?? payload}`)
  })
  await ctx.redis.set(redisKey(ctx, subscribedKey(listChannel(list.id))), '1')
  await listener.subscribe(redisKey(ctx, listChannel(list.id)))
  await work()
  await new Promise((resolve) => setTimeout(resolve, 50))
  listener.disconnect()
  return heard
}

describe('a list feed', () => {
  it('is answered from the database, built by one job, and then read by one call', async () => {
    const one = await make.status({ account: bob.account })
    const two = await make.status({ account: bob.account, visibility: 'private' })
    await make.status({ account: bob.account, visibility: 'direct', mentions: [alice.account] })
    await make.status({ account: carol })
    expect(await read()).toEqual([two.id, one.id])
    await read()
    expect(await peekQueues(ctx)).toEqual([{ name: buildListFeedJob.name, payload: { listId: list.id } }])
    await drainQueues(ctx)
    const { count } = await countStatements(async () => expect(await read()).toEqual([two.id, one.id]))
    expect(count).toBe(0)
  })

  it('pages through the database in both directions as through the feed', async () => {
    const ids: string[] = []
    for (let n = 0; n < 9; n++) ids.unshift((await make.status({ account: bob.account })).id)
    const windows = [
      { limit: 4 },
      { limit: 4, maxId: ids[3] },
      { limit: 4, minId: ids[7] },
      { sinceId: ids[2] },
    ]
    const pages = []
    for (const window of windows) pages.push(await read(window))
    expect(pages).toEqual([ids.slice(0, 4), ids.slice(4, 8), ids.slice(3, 7), ids.slice(0, 2)])
    await built()
    for (const [index, window] of windows.entries()) expect(await read(window)).toEqual(pages[index])
  })

  it('gets what its members write and reblog, and what they delete goes', async () => {
    await built()
    const status = await make.status({ account: bob.account })
    const reblog = await make.status({ account: bob.account, reblogOf: await make.status({}) })
    const direct = await make.status({
      account: bob.account,
      visibility: 'direct',
      mentions: [alice.account],
    })
    for (const each of [status, reblog, direct, await make.status({ account: carol })]) await push(each)
    expect(await feed()).toEqual([reblog.id, status.id])
    expect(await streamed(() => removeFromFeeds(ctx, status))).toEqual([`delete ${status.id}`])
    expect(await feed()).toEqual([reblog.id])
  })

  it('gets what its owner writes where the owner is on it', async () => {
    await addListMembers(ctx, list, [alice.account.id])
    await built()
    const own = await make.status({ account: alice.account })
    await push(own)
    expect(await feed()).toEqual([own.id])
  })

  it('costs nothing for authors on no list, and one batch more for others', async () => {
    await built()
    await buildFeed(ctx, { accountId: alice.account.id })
    const pushed = async (account: AccountRow) => {
      const status = await make.status({ account })
      return (await countStatements(() => push(status))).count
    }
    const unlisted = await pushed(carol)
    const listed = await pushed(bob.account)
    expect(unlisted).toBe(3)
    // The next job is stored and taken; then the status, the lists and the ties.
    expect(listed - unlisted).toBeLessThanOrEqual(6)
  })

  it('is streamed to whoever listens to the list, with the eyes of its owner', async () => {
    const status = await make.status({ account: bob.account })
    await make.favourite({ account: alice.account, status })
    expect(await streamed(() => push(status))).toEqual([`update ${status.id}`])
    expect(await streamed(() => push(status, 'update'))).toEqual([`status.update ${status.id}`])
    await make.mute({ account: alice.account, target: bob.account })
    expect(await streamed(() => push(status))).toEqual([])
  })

  it.each([
    ['list', [true, false, false]],
    ['followed', [true, true, false]],
    ['none', [false, false, false]],
  ] as const)('%s: replies to a member, to somebody followed, to a stranger', async (policy, expected) => {
    const dan = await make.account({})
    await make.follow({ account: alice.account, target: dan })
    await addListMembers(ctx, list, [dan.id])
    await ctx.db('lists').update({ replies_policy: stored(REPLIES_POLICIES, policy) })
    await built()
    const replies = []
    for (const account of [dan, carol, await make.account({})])
      replies.push(await make.status({ account: bob.account, inReplyTo: await make.status({ account }) }))
    for (const reply of replies) await push(reply)
    const ids = await feed()
    expect(replies.map((reply) => ids.includes(reply.id))).toEqual(expected)
    const others = new Set(await readListAnew())
    expect(replies.map((reply) => others.has(reply.id))).toEqual(expected)
  })

  /** From the database. */
  async function readListAnew() {
    const keys = await ctx.redis.keys(redisKey(ctx, 'feed:list:*'))
    await ctx.redis.del(...keys)
    return read()
  }

  it('keeps its members out of the home feed where it is exclusive', async () => {
    await ctx.db('lists').update({ exclusive: true })
    await built()
    await buildFeed(ctx, { accountId: alice.account.id })
    const [listed, other] = [
      await make.status({ account: bob.account }),
      await make.status({ account: carol }),
    ]
    for (const status of [listed, other]) await push(status)
    expect(await feed()).toEqual([listed.id])
    expect((await readHome(ctx, alice, { limit: 20 })).ids).toEqual([other.id])
  })

  it('SEC-PRIV-09 shows nothing of whom its owner does not follow any more, however late the push', async () => {
    await built()
    const status = await make.status({ account: bob.account, visibility: 'private' })
    await push(status)
    expect(await read()).toEqual([status.id])
    await unfollowAccount(ctx, alice.account, bob.account)
    await drainQueues(ctx)
    await push(status)
    expect(await read()).toEqual([])
    expect(await ctx.db('list_accounts')).toEqual([])
  })

  it('shows nothing of a member who has not accepted yet', async () => {
    const locked = await make.account({ locked: true })
    await followAccount(ctx, alice.account, locked)
    await addListMembers(ctx, list, [locked.id])
    await built()
    await push(await make.status({ account: locked, visibility: 'private' }))
    expect(await feed()).toEqual([])
  })

  it.each([
    ['a block', () => blockAccount(ctx, alice.account, bob.account)],
    ['a mute', () => muteAccount(ctx, alice.account, bob.account)],
    ['being taken off', () => removeListMembers(ctx, list, [bob.account.id])],
  ])('loses what its member wrote by %s', async (_name, act) => {
    await push(await make.status({ account: bob.account }))
    await built()
    expect(await feed()).toHaveLength(1)
    await act()
    await drainQueues(ctx)
    expect(await read()).toEqual([])
  })

  it('has what a new member wrote before', async () => {
    const status = await make.status({ account: carol })
    await built()
    await addListMembers(ctx, list, [carol.id])
    expect(await read()).toEqual([status.id])
  })

  it('goes with its list, and where nobody reads it', async () => {
    await push(await make.status({ account: bob.account }))
    await built()
    await deleteList(ctx, alice.account, list.id)
    expect(await feed()).toEqual([])
    const other = await make.list({ account: alice.account, members: [bob.account] })
    await buildListFeed(ctx, { listId: other.id })
    await dropInactiveFeeds(ctx)
    expect(await idsInFeed(ctx, other.id, 'list')).toHaveLength(1)
    await ctx.redis.del(redisKey(ctx, `feed:list:${other.id}:state`))
    await dropInactiveFeeds(ctx)
    expect(await idsInFeed(ctx, other.id, 'list')).toEqual([])
  })
})

it('reads a list from the database while Redis is away', async () => {
  const status = await make.status({ account: bob.account })
  const cut = { ...ctx, redis: ctx.redis.duplicate({ lazyConnect: true, enableOfflineQueue: false }) }
  expect(await readList(cut, list, { limit: 20 })).toEqual([status.id])
  cut.redis.disconnect()
})
