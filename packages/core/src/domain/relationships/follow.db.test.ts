import { type AccountRow, INSTANCE_ACTOR_ID } from '@anancus/db'
import { accountById } from '@anancus/db/queries/accounts'
import { type Factories, factories } from '@anancus/db/testing/make'
import { closeTestContext, type TestContext, testContext } from '../../../testing/context.ts'
import { peekQueues } from '../../../testing/drain-queues.ts'
import { resetDatabase } from '../../../testing/reset.ts'
import { sentActivities } from '../../../testing/sent-activities.ts'
import { actorUri } from '../../kernel/uris.ts'
import {
  acceptFollowRequests,
  authorizeFollow,
  followAccount,
  followOrChange,
  rejectFollow,
  removeFollower,
  unfollowAccount,
} from './index.ts'

let ctx: TestContext
let make: Factories
let alice: AccountRow
let bob: AccountRow
let carol: AccountRow

beforeAll(async () => {
  ctx = await testContext()
  make = factories(ctx.db)
})
afterAll(() => closeTestContext(ctx))
beforeEach(async () => {
  await resetDatabase(ctx)
  alice = (await make.user({ account: { username: 'alice' } })).account
  bob = (await make.user({ account: { username: 'bob' } })).account
  carol = await make.remoteAccount({ username: 'carol' })
})

const count = async (table: string, where: object) =>
  Number((await ctx.db(table).where(where).count('* as n').first())?.n)

async function statsOf(account: AccountRow) {
  const row = await ctx.db('account_stats').where({ account_id: account.id }).first()
  return { followers: Number(row.followers_count), following: Number(row.following_count) }
}

async function expectCountersToBeTrue(...accounts: AccountRow[]) {
  for (const account of accounts) {
    expect(await statsOf(account)).toEqual({
      followers: await count('follows', { target_account_id: account.id }),
      following: await count('follows', { account_id: account.id }),
    })
  }
}

const jobsNamed = async (name: string) =>
  (await peekQueues(ctx)).filter((job) => job.name === name).map((job) => job.payload)

describe('following among ours', () => {
  it('follows at once, counts, notifies and fills the home feed', async () => {
    expect(await followAccount(ctx, alice, bob)).toBe('following')
    const follow = await ctx.db('follows').where({ account_id: alice.id }).first()
    expect(follow).toMatchObject({
      target_account_id: bob.id,
      show_reblogs: true,
      notify: false,
      languages: null,
    })
    await expectCountersToBeTrue(alice, bob)
    expect(await statsOf(bob)).toEqual({ followers: 1, following: 0 })
    expect(await jobsNamed('notifications.notify')).toEqual([
      {
        recipientId: bob.id,
        type: 'follow',
        activityType: 'Follow',
        activityId: follow.id,
        fromAccountId: alice.id,
      },
    ])
    expect(await jobsNamed('timelines.merge_feed')).toEqual([
      { fromAccountId: bob.id, intoAccountId: alice.id },
    ])
    expect(await sentActivities(ctx)).toEqual([])
  })

  it('changes the options of a follow and keeps those that are not named', async () => {
    expect(await followOrChange(ctx, alice, bob, { reblogs: false, languages: ['de'] })).toEqual({
      outcome: 'following',
      isNew: true,
    })
    expect(await followOrChange(ctx, alice, bob, { notify: true })).toEqual({
      outcome: 'following',
      isNew: false,
    })
    const [follow] = await ctx.db('follows')
    expect(follow).toMatchObject({ show_reblogs: false, notify: true, languages: ['de'] })
    await followAccount(ctx, alice, bob, { languages: null, reblogs: true })
    expect(await ctx.db('follows').first()).toMatchObject({ show_reblogs: true, languages: null })
    expect(await statsOf(bob)).toMatchObject({ followers: 1 })
  })

  it('asks a locked account, and any account when the follower is limited', async () => {
    const locked = (await make.user({ account: { locked: true } })).account
    const limited = (await make.user({ account: { silenced_at: new Date() } })).account
    expect(await followAccount(ctx, alice, locked)).toBe('requested')
    expect(await followAccount(ctx, limited, bob)).toBe('requested')
    expect(await count('follows', {})).toBe(0)
    await expectCountersToBeTrue(alice, locked, limited, bob)
    expect(await jobsNamed('notifications.notify')).toMatchObject([
      { recipientId: locked.id, type: 'follow_request', activityType: 'FollowRequest' },
      { recipientId: bob.id, type: 'follow_request', activityType: 'FollowRequest' },
    ])
    expect(await followAccount(ctx, alice, locked, { notify: true })).toBe('requested')
    expect(await ctx.db('follow_requests').where({ account_id: alice.id })).toMatchObject([{ notify: true }])
  })

  it('turns a request into a follow with its options and list entries', async () => {
    const locked = (await make.user({ account: { locked: true } })).account
    await followAccount(ctx, alice, locked, { reblogs: false, notify: true, languages: ['fr'] })
    const request = await ctx.db('follow_requests').first()
    const list = await make.list({ account: alice })
    await ctx
      .db('list_accounts')
      .insert({ list_id: list.id, account_id: locked.id, follow_request_id: request.id })
    await make.notification({
      account: locked,
      from: alice,
      type: 'follow_request',
      activity: { id: request.id },
    })
    expect(await authorizeFollow(ctx, locked, alice)).toBe(true)
    const follow = await ctx.db('follows').first()
    expect(follow).toMatchObject({ show_reblogs: false, notify: true, languages: ['fr'], uri: request.uri })
    expect(await ctx.db('list_accounts').first()).toMatchObject({
      follow_id: follow.id,
      follow_request_id: null,
    })
    expect(await count('follow_requests', {})).toBe(0)
    expect(await count('notifications', { activity_type: 'FollowRequest' })).toBe(0)
    await expectCountersToBeTrue(alice, locked)
    expect(await jobsNamed('notifications.notify')).toContainEqual(
      expect.objectContaining({ recipientId: locked.id, type: 'follow', activityId: follow.id }),
    )
    expect(await authorizeFollow(ctx, locked, alice)).toBe(false)
  })

  it('accepts all who wait when an account is no longer locked', async () => {
    await make.followRequest({ account: alice, target: bob })
    await make.followRequest({ account: carol, target: bob, uri: 'https://remote.example/f/1' })
    await acceptFollowRequests(ctx, { accountId: bob.id })
    expect(await count('follow_requests', {})).toBe(0)
    expect(await statsOf(bob)).toMatchObject({ followers: 2 })
    expect(await jobsNamed('notifications.notify')).toEqual([])
    expect((await sentActivities(ctx)).map((sent) => sent.activity.type)).toEqual(['Accept'])
  })

  it('leaves those who wait alone when the account is locked again', async () => {
    const locked = (await make.user({ account: { locked: true } })).account
    await make.followRequest({ account: alice, target: locked })
    await acceptFollowRequests(ctx, { accountId: locked.id })
    expect(await count('follow_requests', {})).toBe(1)
  })

  it('unfollows with all that hung on the follow', async () => {
    await followAccount(ctx, alice, bob)
    const follow = await ctx.db('follows').first()
    await make.endorsement({ account: alice, target: bob })
    await make.notification({ account: bob, from: alice, type: 'follow', activity: { id: follow.id } })
    await unfollowAccount(ctx, alice, bob)
    expect(await count('follows', {})).toBe(0)
    expect(await count('account_pins', {})).toBe(0)
    expect(await count('notifications', {})).toBe(0)
    await expectCountersToBeTrue(alice, bob)
    expect(await jobsNamed('timelines.unmerge_feed')).toEqual([
      { fromAccountId: bob.id, intoAccountId: alice.id },
    ])
    await unfollowAccount(ctx, alice, bob)
    await expectCountersToBeTrue(alice, bob)
  })

  it('takes a request back and refuses one', async () => {
    const locked = (await make.user({ account: { locked: true } })).account
    await followAccount(ctx, alice, locked)
    await unfollowAccount(ctx, alice, locked)
    expect(await count('follow_requests', {})).toBe(0)
    await followAccount(ctx, alice, locked)
    expect(await rejectFollow(ctx, locked, alice)).toBe(true)
    expect(await rejectFollow(ctx, locked, alice)).toBe(false)
    expect(await count('follow_requests', {})).toBe(0)
  })

  it('removes a follower', async () => {
    await followAccount(ctx, alice, bob)
    await removeFollower(ctx, bob, alice)
    expect(await count('follows', {})).toBe(0)
    await expectCountersToBeTrue(alice, bob)
  })
})

describe('refusals', () => {
  it.each([
    ['the target blocks the follower', () => make.block({ account: bob, target: alice })],
    ['the follower blocks the target', () => make.block({ account: alice, target: bob })],
    [
      'the target has moved',
      async () => {
        await ctx.db('accounts').where({ id: bob.id }).update({ moved_to_account_id: carol.id })
        bob = (await accountById(ctx.db, bob.id)) as AccountRow
      },
    ],
  ])('refuses when %s', async (_name, prepare) => {
    await prepare()
    await expect(followAccount(ctx, alice, bob)).rejects.toMatchObject({ status: 403 })
    expect(await count('follows', {})).toBe(0)
    expect(await count('follow_requests', {})).toBe(0)
  })

  it('refuses the server the follower hides, and a server we refuse', async () => {
    await make.domainBlock({ account: alice, domain: 'remote.example' })
    await expect(followAccount(ctx, alice, carol)).rejects.toMatchObject({ status: 403 })
    await ctx.db('domain_blocks').insert({ domain: 'bad.example', severity: 1 })
    const bad = await make.remoteAccount({ domain: 'sub.bad.example' })
    await expect(followAccount(ctx, bob, bad)).rejects.toMatchObject({ status: 403 })
  })

  it('does not find oneself or a suspended account', async () => {
    await expect(followAccount(ctx, alice, alice)).rejects.toMatchObject({ status: 404 })
    const gone = (await make.user({ account: { suspended_at: new Date() } })).account
    await expect(followAccount(ctx, alice, gone)).rejects.toMatchObject({ status: 404 })
  })

  it('refuses unknown languages', async () => {
    await expect(followAccount(ctx, alice, bob, { languages: ['en', 'klingon'] })).rejects.toMatchObject({
      status: 422,
      message: 'Validation failed: Languages is invalid',
    })
  })

  it('holds the limit of 7,500, and more for who has many followers', async () => {
    const full = (await make.user({ account: { stats: { following_count: '7500' } } })).account
    await expect(followAccount(ctx, full, bob)).rejects.toMatchObject({
      status: 422,
      message: 'Validation failed: You cannot follow more than 7500 people',
    })
    const popular = (
      await make.user({ account: { stats: { following_count: '7500', followers_count: '10000' } } })
    ).account
    expect(await followAccount(ctx, popular, bob)).toBe('following')
    const over = (
      await make.user({ account: { stats: { following_count: '11000', followers_count: '10000' } } })
    ).account
    await expect(followAccount(ctx, over, bob)).rejects.toMatchObject({
      message: 'Validation failed: You cannot follow more than 11000 people',
    })
    expect(await followAccount(ctx, over, bob, { bypassLimit: true })).toBe('following')
  })
})

describe('following a remote account', () => {
  it('asks by a Follow, locked or not, and follows when the Accept comes (SEC-PRIV-08)', async () => {
    expect(await followAccount(ctx, alice, carol)).toBe('requested')
    expect(await count('follows', {})).toBe(0)
    const request = await ctx.db('follow_requests').first()
    expect(request.uri).toMatch(/^https:\/\/social\.test\/[0-9a-f-]{36}$/)
    expect(await sentActivities(ctx)).toMatchObject([
      {
        inboxUrl: carol.inbox_url,
        signerId: alice.id,
        activity: {
          type: 'Follow',
          id: request.uri,
          actor: actorUri(ctx.config, alice),
          object: carol.uri,
        },
      },
    ])
    expect(await jobsNamed('notifications.notify')).toEqual([])
    expect(await authorizeFollow(ctx, carol, alice)).toBe(true)
    expect(await ctx.db('follows').first()).toMatchObject({ account_id: alice.id, uri: request.uri })
    await expectCountersToBeTrue(alice, carol)
    expect(await jobsNamed('timelines.merge_feed')).toHaveLength(1)
    expect(await jobsNamed('accounts.refresh')).toEqual([{ accountId: carol.id }])
    expect(await sentActivities(ctx)).toHaveLength(1)
  })

  it('refreshes the profile for the first follower of ours only', async () => {
    await make.follow({ account: bob, target: carol })
    await followAccount(ctx, alice, carol)
    await authorizeFollow(ctx, carol, alice)
    expect(await jobsNamed('accounts.refresh')).toEqual([])
  })

  it('drops the request, and later the follow, when a Reject comes', async () => {
    await followAccount(ctx, alice, carol)
    expect(await rejectFollow(ctx, carol, alice)).toBe(true)
    await followAccount(ctx, alice, carol)
    await authorizeFollow(ctx, carol, alice)
    expect(await rejectFollow(ctx, carol, alice)).toBe(true)
    expect(await count('follows', {})).toBe(0)
    await expectCountersToBeTrue(alice, carol)
    expect(await jobsNamed('timelines.unmerge_feed')).toHaveLength(1)
    expect((await sentActivities(ctx)).map((sent) => sent.activity.type)).toEqual(['Follow', 'Follow'])
  })

  it('says so when a follow or request is taken back', async () => {
    await followAccount(ctx, alice, carol)
    const { uri } = await ctx.db('follow_requests').first()
    await authorizeFollow(ctx, carol, alice)
    await unfollowAccount(ctx, alice, carol)
    const [, undo] = await sentActivities(ctx)
    expect(undo).toMatchObject({
      inboxUrl: carol.inbox_url,
      activity: { type: 'Undo', actor: actorUri(ctx.config, alice), object: { type: 'Follow', id: uri } },
    })
    await followAccount(ctx, alice, carol)
    await unfollowAccount(ctx, alice, carol)
    expect((await sentActivities(ctx)).map((sent) => sent.activity.type)).toEqual([
      'Follow',
      'Undo',
      'Follow',
      'Undo',
    ])
  })
})

describe('a remote follower', () => {
  const uri = 'https://remote.example/follows/7'

  it('is accepted with its own Follow, and again when it repeats it', async () => {
    expect(await followAccount(ctx, carol, alice, { uri })).toBe('following')
    const accept = {
      inboxUrl: carol.inbox_url,
      signerId: alice.id,
      activity: {
        type: 'Accept',
        actor: actorUri(ctx.config, alice),
        object: { id: uri, type: 'Follow', actor: carol.uri, object: actorUri(ctx.config, alice) },
      },
    }
    expect(await sentActivities(ctx)).toMatchObject([accept])
    expect(await jobsNamed('notifications.notify')).toMatchObject([{ recipientId: alice.id, type: 'follow' }])
    expect(await jobsNamed('timelines.merge_feed')).toEqual([])
    await expectCountersToBeTrue(alice, carol)

    const again = 'https://remote.example/follows/8'
    expect(await followAccount(ctx, carol, alice, { uri: again })).toBe('following')
    expect(await ctx.db('follows').first()).toMatchObject({ uri: again })
    expect((await sentActivities(ctx))[1]).toMatchObject({
      activity: { type: 'Accept', object: { id: again } },
    })
    expect(await statsOf(alice)).toMatchObject({ followers: 1 })
    expect(await jobsNamed('notifications.notify')).toHaveLength(1)
  })

  it('waits at a locked account without an answer; Accept or Reject follow', async () => {
    const locked = (await make.user({ account: { locked: true } })).account
    expect(await followAccount(ctx, carol, locked, { uri })).toBe('requested')
    expect(await followAccount(ctx, carol, locked, { uri: `${uri}x` })).toBe('requested')
    expect(await sentActivities(ctx)).toEqual([])
    expect(await ctx.db('follow_requests').first()).toMatchObject({ uri: `${uri}x` })
    await authorizeFollow(ctx, locked, carol)
    expect(await sentActivities(ctx)).toMatchObject([
      { activity: { type: 'Accept', object: { id: `${uri}x` } } },
    ])
    expect(await rejectFollow(ctx, locked, carol)).toBe(true)
    expect((await sentActivities(ctx))[1]).toMatchObject({
      inboxUrl: carol.inbox_url,
      activity: { type: 'Reject', object: { id: `${uri}x` } },
    })
    await expectCountersToBeTrue(locked, carol)
  })

  it('waits when it is limited', async () => {
    const limited = await make.remoteAccount({ silenced_at: new Date() })
    expect(await followAccount(ctx, limited, alice, { uri })).toBe('requested')
  })

  it.each([
    ['blocked', () => make.block({ account: alice, target: carol })],
    ['of a hidden server', () => make.domainBlock({ account: alice, domain: 'remote.example' })],
  ])('is told Reject at once when it is %s', async (_name, prepare) => {
    await prepare()
    expect(await followAccount(ctx, carol, alice, { uri })).toBe('rejected')
    expect(await count('follows', {})).toBe(0)
    expect(await sentActivities(ctx)).toMatchObject([
      { inboxUrl: carol.inbox_url, activity: { type: 'Reject', object: { id: uri } } },
    ])
  })

  it('cannot follow the actor of the instance', async () => {
    const actor = (await accountById(ctx.db, INSTANCE_ACTOR_ID)) as AccountRow
    expect(await followAccount(ctx, carol, actor, { uri })).toBe('rejected')
  })

  it('unfollows without an answer', async () => {
    await followAccount(ctx, carol, alice, { uri })
    await unfollowAccount(ctx, carol, alice)
    expect((await sentActivities(ctx)).map((sent) => sent.activity.type)).toEqual(['Accept'])
    await expectCountersToBeTrue(alice, carol)
  })

  it('is told Reject when it is removed', async () => {
    await followAccount(ctx, carol, alice, { uri })
    await removeFollower(ctx, alice, carol)
    expect((await sentActivities(ctx))[1]).toMatchObject({
      activity: { type: 'Reject', object: { id: uri } },
    })
  })
})

describe('races', () => {
  it('counts a follow once however many calls run at the same time', async () => {
    const outcomes = await Promise.all(Array.from({ length: 12 }, () => followOrChange(ctx, alice, bob)))
    expect(outcomes.filter((outcome) => outcome.isNew)).toHaveLength(1)
    await expectCountersToBeTrue(alice, bob)
    expect(await jobsNamed('notifications.notify')).toHaveLength(1)
  })

  it('keeps the counters equal to the rows under follows and unfollows both ways', async () => {
    const acts = Array.from({ length: 40 }, (_, index) => {
      const [from, to] = index % 4 < 2 ? [alice, bob] : [bob, alice]
      return index % 2 === 0 ? followAccount(ctx, from, to) : unfollowAccount(ctx, from, to)
    })
    await Promise.all(acts)
    await expectCountersToBeTrue(alice, bob)
  })

  it('counts many followers of one account at the same time', async () => {
    const fans = []
    for (let index = 0; index < 10; index++) fans.push((await make.user()).account)
    await Promise.all(fans.map((fan) => followAccount(ctx, fan, alice)))
    expect(await statsOf(alice)).toMatchObject({ followers: 10 })
    await Promise.all(fans.map((fan) => unfollowAccount(ctx, fan, alice)))
    expect(await statsOf(alice)).toMatchObject({ followers: 0 })
  })

  it('accepts a request once', async () => {
    const locked = (await make.user({ account: { locked: true } })).account
    await followAccount(ctx, alice, locked)
    const accepted = await Promise.all(Array.from({ length: 6 }, () => authorizeFollow(ctx, locked, alice)))
    expect(accepted.filter(Boolean)).toHaveLength(1)
    await expectCountersToBeTrue(alice, locked)
  })
})
