import type { AccountRow } from '@anancus/db'
import { type ViewerRows, viewersByAccountIds } from '@anancus/db/queries/viewers'
import { type Factories, factories } from '@anancus/db/testing/make'
import { closeTestContext, type TestContext, testContext } from '../../../testing/context.ts'
import { peekQueues } from '../../../testing/drain-queues.ts'
import { resetDatabase } from '../../../testing/reset.ts'
import { sentActivities } from '../../../testing/sent-activities.ts'
import { renderNotifications } from '../../entities/index.ts'
import { fixedClock } from '../../kernel/clock.ts'
import { redisKey } from '../../kernel/redis-keys.ts'
import { actorUri } from '../../kernel/uris.ts'
import { systemChannel } from '../../streaming/index.ts'
import { type NotifyPayload, notify } from '../notifications/index.ts'
import {
  afterBlock,
  afterDomainBlock,
  blockAccount,
  blockDomain,
  expireMute,
  followAccount,
  muteAccount,
  unblockAccount,
  unblockDomain,
  unmuteAccount,
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

const rows = (table: string, where: object = {}) => ctx.db(table).where(where)
const count = async (table: string, where: object = {}) => (await rows(table, where)).length

async function expectCountersToBeTrue(...accounts: AccountRow[]) {
  for (const account of accounts) {
    const stats = await rows('account_stats', { account_id: account.id }).first()
    expect(Number(stats.followers_count)).toBe(await count('follows', { target_account_id: account.id }))
    expect(Number(stats.following_count)).toBe(await count('follows', { account_id: account.id }))
  }
}

const jobsNamed = async (name: string) =>
  (await peekQueues(ctx)).filter((job) => job.name === name).map((job) => job.payload)

/** The accounts whose system channel got a message during `work`. */
async function toldToReload(work: () => Promise<unknown>): Promise<string[]> {
  const listener = ctx.redis.duplicate({ enableOfflineQueue: true })
  const heard: string[] = []
  const names = new Map(
    [alice, bob, carol].map((account) => [redisKey(ctx, systemChannel(account.id)), account]),
  )
  listener.on('message', (channel: string, text: string) => {
    if (JSON.parse(text).event === 'relationships_changed') heard.push(names.get(channel)?.username ?? '?')
  })
  await listener.subscribe(...names.keys())
  await work()
  await ctx.redis.publish([...names.keys()][0] as string, '{"event":"end"}')
  await new Promise((resolve) => setTimeout(resolve, 50))
  listener.disconnect()
  return heard.sort()
}

describe('blocking', () => {
  it('ends follows and requests in both directions and enqueues the clean-up', async () => {
    await make.follow({ account: alice, target: bob })
    await make.follow({ account: bob, target: alice })
    await make.followRequest({ account: bob, target: alice })
    await make.followRequest({ account: alice, target: bob })
    await ctx.db('notification_permissions').insert({ account_id: alice.id, from_account_id: bob.id })
    expect(await toldToReload(() => blockAccount(ctx, alice, bob))).toEqual(['alice', 'bob'])
    expect(await count('blocks', { account_id: alice.id, target_account_id: bob.id })).toBe(1)
    expect(await count('follows')).toBe(0)
    expect(await count('follow_requests')).toBe(0)
    expect(await count('notification_permissions')).toBe(0)
    await expectCountersToBeTrue(alice, bob)
    expect(await jobsNamed('relationships.after_block')).toEqual([
      { accountId: alice.id, targetAccountId: bob.id, notifications: true },
    ])
    expect(await jobsNamed('timelines.unmerge_feed')).toHaveLength(2)
    expect(await sentActivities(ctx)).toEqual([])
    await blockAccount(ctx, alice, bob)
    expect(await jobsNamed('relationships.after_block')).toHaveLength(1)
  })

  it('does nothing to oneself', async () => {
    await blockAccount(ctx, alice, alice)
    await muteAccount(ctx, alice, alice)
    expect(await count('blocks')).toBe(0)
    expect(await count('mutes')).toBe(0)
  })

  it('tells a remote account: Undo, Reject, Block; and Undo Block afterwards', async () => {
    await make.follow({ account: alice, target: carol, uri: 'https://social.test/f' })
    await make.follow({ account: carol, target: alice, uri: 'https://remote.example/f' })
    await blockAccount(ctx, alice, carol)
    const sent = await sentActivities(ctx)
    expect(sent).toMatchObject([
      { activity: { type: 'Undo', object: { type: 'Follow', id: 'https://social.test/f' } } },
      { activity: { type: 'Reject', object: { type: 'Follow', id: 'https://remote.example/f' } } },
      { activity: { type: 'Block', actor: actorUri(ctx.config, alice), object: carol.uri } },
    ])
    expect(
      sent.every(({ inboxUrl, signerId }) => inboxUrl === carol.inbox_url && signerId === alice.id),
    ).toBe(true)
    await expectCountersToBeTrue(alice, carol)
    await unblockAccount(ctx, alice, carol)
    expect((await sentActivities(ctx))[3]).toMatchObject({
      activity: { type: 'Undo', object: { type: 'Block', id: sent[2]?.activity.id } },
    })
    expect(await count('blocks')).toBe(0)
    await unblockAccount(ctx, alice, carol)
    expect(await sentActivities(ctx)).toHaveLength(4)
  })

  it('by a remote account ends our follow and tells its server so', async () => {
    await make.follow({ account: alice, target: carol, uri: 'https://social.test/f' })
    await blockAccount(ctx, carol, alice, { uri: 'https://remote.example/b' })
    expect(await rows('blocks')).toMatchObject([{ account_id: carol.id, uri: 'https://remote.example/b' }])
    expect((await sentActivities(ctx)).map(({ activity }) => activity.type)).toEqual(['Undo'])
    expect(await jobsNamed('relationships.after_block')).toEqual([])
    await unblockAccount(ctx, carol, alice)
    expect(await count('blocks')).toBe(0)
    expect(await sentActivities(ctx)).toHaveLength(1)
  })

  it('wins against a follow at the same time: never both', async () => {
    for (let round = 0; round < 10; round++) {
      await Promise.allSettled([followAccount(ctx, bob, alice), blockAccount(ctx, alice, bob)])
      expect(await count('blocks')).toBe(1)
      expect(await count('follows')).toBe(0)
      await unblockAccount(ctx, alice, bob)
    }
    await expectCountersToBeTrue(alice, bob)
  })

  it('blocks once however many calls run at the same time', async () => {
    await make.follow({ account: alice, target: bob })
    await Promise.all(Array.from({ length: 8 }, () => blockAccount(ctx, alice, bob)))
    expect(await count('blocks')).toBe(1)
    expect(await jobsNamed('relationships.after_block')).toHaveLength(1)
    await expectCountersToBeTrue(alice, bob)
  })

  it('clears feeds, notifications and conversations afterwards, and only those of the two', async () => {
    const status = await make.status({ account: bob })
    const mine = await make.favourite({ account: bob, status })
    await make.notification({ account: alice, from: bob, type: 'favourite', activity: mine })
    await make.notification({ account: alice, from: carol, type: 'favourite', activity: mine })
    await make.notification({ account: bob, from: alice, type: 'favourite', activity: mine })
    await ctx.db('notification_requests').insert({ account_id: alice.id, from_account_id: bob.id })
    for (const [owner, others] of [
      [alice, [bob]],
      [alice, [carol]],
      [bob, [alice]],
    ] as const) {
      await ctx.db('account_conversations').insert({
        account_id: owner.id,
        conversation_id: status.conversation_id,
        participant_account_ids: others.map((other) => other.id),
      })
    }
    await afterBlock(ctx, { accountId: alice.id, targetAccountId: bob.id, notifications: true })
    expect((await rows('notifications')).map((row) => [row.account_id, row.from_account_id])).toEqual([
      [alice.id, carol.id],
      [bob.id, alice.id],
    ])
    expect(await count('notification_requests')).toBe(0)
    expect((await rows('account_conversations')).map((row) => row.account_id).sort()).toEqual(
      [alice.id, bob.id].sort(),
    )
  })

  it('leaves notifications alone after a mute that keeps them', async () => {
    const follow = await make.follow({ account: bob, target: alice })
    await make.notification({ account: alice, from: bob, type: 'follow', activity: follow })
    await afterBlock(ctx, { accountId: alice.id, targetAccountId: bob.id, notifications: false })
    expect(await count('notifications')).toBe(1)
  })
})

describe('muting', () => {
  it('mutes with notifications for good unless told otherwise, and changes both options', async () => {
    expect(await toldToReload(() => muteAccount(ctx, alice, bob))).toEqual(['alice'])
    expect(await rows('mutes')).toMatchObject([{ hide_notifications: true, expires_at: null }])
    await muteAccount(ctx, alice, bob, { notifications: false, durationSeconds: 3600 })
    const [mute] = await rows('mutes')
    expect(mute.hide_notifications).toBe(false)
    expect(Math.round((mute.expires_at.getTime() - Date.now()) / 1000)).toBe(3600)
    expect(await jobsNamed('relationships.after_block')).toEqual([
      { accountId: alice.id, targetAccountId: bob.id, notifications: true },
      { accountId: alice.id, targetAccountId: bob.id, notifications: false },
    ])
    expect(await jobsNamed('relationships.expire_mute')).toEqual([{ muteId: mute.id }])
    await muteAccount(ctx, alice, bob)
    expect(await rows('mutes')).toMatchObject([{ hide_notifications: true, expires_at: null }])
    expect(await sentActivities(ctx)).toEqual([])
  })

  it('brings the statuses of someone followed back', async () => {
    await make.follow({ account: alice, target: bob })
    await muteAccount(ctx, alice, bob)
    await unmuteAccount(ctx, alice, bob)
    expect(await count('mutes')).toBe(0)
    expect(await jobsNamed('timelines.merge_feed')).toEqual([
      { fromAccountId: bob.id, intoAccountId: alice.id },
    ])
    await unmuteAccount(ctx, alice, bob)
    expect(await jobsNamed('timelines.merge_feed')).toHaveLength(1)
  })

  it('ends a mute when its time is over, and not before', async () => {
    await muteAccount(ctx, alice, bob, { durationSeconds: 60 })
    const [mute] = await rows('mutes')
    await expireMute(ctx, { muteId: mute.id })
    expect(await count('mutes')).toBe(1)
    const later = { ...ctx, clock: fixedClock(new Date(Date.now() + 61_000)) }
    await expireMute(later, { muteId: mute.id })
    expect(await count('mutes')).toBe(0)
    await expireMute(later, { muteId: mute.id })
  })
})

describe('hiding a server', () => {
  it('keeps a normal form, once', async () => {
    expect(await toldToReload(() => blockDomain(ctx, alice, ' Remote.EXAMPLE '))).toEqual(['alice'])
    await blockDomain(ctx, alice, 'remote.example')
    await blockDomain(ctx, alice, 'bücher.example')
    expect((await rows('account_domain_blocks')).map((row) => row.domain)).toEqual([
      'remote.example',
      'xn--bcher-kva.example',
    ])
    expect(await jobsNamed('relationships.after_domain_block')).toHaveLength(2)
    await unblockDomain(ctx, alice, 'REMOTE.example')
    await unblockDomain(ctx, alice, 'unknown.example')
    expect(await count('account_domain_blocks')).toBe(1)
  })

  it.each([
    ['', "Validation failed: Domain can't be blank"],
    ['   ', "Validation failed: Domain can't be blank"],
    ['not a domain', 'Validation failed: Domain is not a valid domain name'],
    ['https://remote.example/x', 'Validation failed: Domain is not a valid domain name'],
    [`${'a'.repeat(64)}.example`, 'Validation failed: Domain is not a valid domain name'],
    [`${'a.'.repeat(130)}example`, 'Validation failed: Domain is not a valid domain name'],
  ])('refuses %j', async (domain, message) => {
    await expect(blockDomain(ctx, alice, domain)).rejects.toMatchObject({ status: 422, message })
  })

  it('cuts what ties the account to the server, records it and tells', async () => {
    const dan = await make.remoteAccount({ username: 'dan' })
    const other = await make.remoteAccount({ domain: 'other.example' })
    const both = await make.follow({ account: alice, target: carol, languages: ['de'], notify: true })
    await make.follow({ account: carol, target: alice })
    await make.followRequest({ account: dan, target: alice, uri: 'https://remote.example/r' })
    await make.follow({ account: alice, target: other })
    await make.follow({ account: bob, target: carol })
    await make.notification({ account: alice, from: carol, type: 'follow', activity: both })
    const theirs = await make.follow({ account: carol, target: bob })
    await make.notification({ account: bob, from: carol, type: 'follow', activity: theirs })
    await blockDomain(ctx, alice, 'remote.example')
    await afterDomainBlock(ctx, { accountId: alice.id, domain: 'remote.example' })
    expect((await rows('follows')).map((row) => [row.account_id, row.target_account_id])).toEqual([
      [alice.id, other.id],
      [bob.id, carol.id],
      [carol.id, bob.id],
    ])
    expect(await count('follow_requests')).toBe(0)
    expect((await rows('notifications')).map((row) => row.account_id)).toEqual([bob.id])
    await expectCountersToBeTrue(alice, carol, other, dan, bob)
    expect(await rows('relationship_severance_events')).toMatchObject([
      { type: 1, target_name: 'remote.example' },
    ])
    expect(await ctx.db('severed_relationships').orderBy('direction')).toMatchObject([
      { local_account_id: alice.id, remote_account_id: carol.id, direction: 0 },
      { direction: 1, languages: ['de'], notify: true },
    ])
    const [event] = await rows('account_relationship_severance_events')
    expect(event).toMatchObject({ account_id: alice.id, followers_count: 1, following_count: 1 })
    expect(await jobsNamed('notifications.notify')).toEqual([
      {
        recipientId: alice.id,
        type: 'severed_relationships',
        activityType: 'AccountRelationshipSeveranceEvent',
        activityId: event.id,
        fromAccountId: alice.id,
      },
    ])
    expect((await sentActivities(ctx)).map(({ activity }) => activity.type).sort()).toEqual([
      'Reject',
      'Reject',
      'Undo',
    ])
    const [job] = await jobsNamed('notifications.notify')
    await notify(ctx, job as NotifyPayload)
    const told = await ctx.db('notifications').where({ account_id: alice.id })
    const viewer = (await viewersByAccountIds(ctx.db, [alice.id])).get(alice.id) as ViewerRows
    expect(await renderNotifications(ctx, viewer, told)).toMatchObject([
      {
        type: 'severed_relationships',
        account: { id: alice.id },
        event: {
          id: event.id,
          type: 'user_domain_block',
          purged: false,
          target_name: 'remote.example',
          followers_count: 1,
          following_count: 1,
        },
      },
    ])
    await afterDomainBlock(ctx, { accountId: alice.id, domain: 'remote.example' })
    expect(await count('relationship_severance_events')).toBe(1)
  })

  it('cuts nothing when the server is shown again meanwhile', async () => {
    await make.follow({ account: alice, target: carol })
    await afterDomainBlock(ctx, { accountId: alice.id, domain: 'remote.example' })
    expect(await count('follows')).toBe(1)
  })
})
