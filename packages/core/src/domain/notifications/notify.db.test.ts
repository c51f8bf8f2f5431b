import type { AccountRow, StatusRow } from '@anancus/db'
import { type Factories, factories } from '@anancus/db/testing/make'
import { closeTestContext, type TestContext, testContext } from '../../../testing/context.ts'
import { countStatements } from '../../../testing/count-statements.ts'
import { resetDatabase } from '../../../testing/reset.ts'
import type { Viewer } from '../../kernel/viewer.ts'
import { redisKey } from '../../kernel/redis-keys.ts'
import { homeChannel, notificationChannel, subscribedKey } from '../../streaming/index.ts'
import {
  acceptNotificationRequests,
  changeNotificationPolicy,
  clearNotifications,
  countUnread,
  deleteNotificationsOf,
  dismissNotification,
  dismissNotificationRequests,
  getNotification,
  listNotificationRequests,
  listNotifications,
  notify,
  readNotificationPolicy,
} from './index.ts'

let ctx: TestContext
let make: Factories
let alice: Viewer
let bob: AccountRow
let carol: AccountRow

beforeAll(async () => {
  ctx = await testContext()
  make = factories(ctx.db)
})
afterAll(() => closeTestContext(ctx))
beforeEach(async () => {
  await resetDatabase(ctx)
  alice = await make.viewer({ account: { username: 'alice' } })
  bob = (await make.user({ account: { username: 'bob', created_at: new Date('2020-01-01') } })).account
  carol = await make.remoteAccount({ username: 'carol', created_at: new Date('2020-01-01') })
})

const stored = () => ctx.db('notifications').where({ account_id: alice.account.id }).orderBy('id')

/** Bob mentions alice; the payload of the job that tells her. */
async function mentionBy(from: AccountRow, values: Parameters<Factories['status']>[0] = {}) {
  const status = await make.status({ account: from, mentions: [alice.account], ...values })
  const mention = await ctx
    .db('mentions')
    .where({ status_id: status.id, account_id: alice.account.id })
    .first()
  return { status, payload: payloadOf('mention', 'Mention', mention.id, from) }
}

function payloadOf(type: string, activityType: string, activityId: string, from: AccountRow) {
  return { recipientId: alice.account.id, type, activityType, activityId, fromAccountId: from.id }
}

async function favouriteBy(from: AccountRow, status: StatusRow, createdAt?: Date) {
  const row = await make.favourite({ account: from, status, ...(createdAt ? { created_at: createdAt } : {}) })
  return payloadOf('favourite', 'Favourite', row.id, from)
}

describe('notify', () => {
  it('stores a notification once, however often and at the same time the job runs', async () => {
    const { payload } = await mentionBy(bob)
    await Promise.all(Array.from({ length: 6 }, () => notify(ctx, payload)))
    await notify(ctx, payload)
    expect(await stored()).toMatchObject([
      {
        type: 'mention',
        from_account_id: bob.id,
        activity_type: 'Mention',
        filtered: false,
        group_key: null,
      },
    ])
  })

  it('tells nobody but users of ours, and not of what is gone', async () => {
    const { status, payload } = await mentionBy(bob)
    await notify(ctx, { ...payload, recipientId: carol.id })
    await ctx.db('mentions').where({ status_id: status.id }).del()
    await notify(ctx, payload)
    const reblog = await make.status({ account: bob, reblogOf: status, deleted_at: new Date() })
    await notify(ctx, payloadOf('reblog', 'Status', reblog.id, bob))
    expect(await ctx.db('notifications')).toEqual([])
  })

  it.each<[string, () => Promise<unknown>]>([
    ['blocks', () => make.block({ account: alice.account, target: carol })],
    ['mutes', () => make.mute({ account: alice.account, target: carol })],
    ['hides the server of', () => make.domainBlock({ account: alice.account, domain: 'remote.example' })],
  ])('tells nothing of somebody the recipient %s (SEC-PRIV-20, SEC-PRIV-25)', async (_name, prepare) => {
    await prepare()
    await notify(ctx, (await mentionBy(carol)).payload)
    await notify(ctx, await favouriteBy(carol, await make.status({ account: alice.account })))
    expect(await stored()).toEqual([])
  })

  it('tells of somebody muted without notifications, or whose mute is over', async () => {
    await make.mute({ account: alice.account, target: carol, hide_notifications: false })
    await make.mute({ account: alice.account, target: bob, expires_at: new Date(Date.now() - 1000) })
    await notify(ctx, (await mentionBy(carol)).payload)
    await notify(ctx, (await mentionBy(bob)).payload)
    expect(await stored()).toHaveLength(2)
  })

  it('tells nothing of a muted conversation', async () => {
    const { status, payload } = await mentionBy(bob)
    await make.conversationMute({ account: alice.account, status })
    await notify(ctx, payload)
    expect(await stored()).toEqual([])
  })

  it('drops mentions that involve somebody blocked (SEC-PRIV-23)', async () => {
    const mallory = (await make.user()).account
    await make.block({ account: alice.account, target: mallory })
    await notify(ctx, (await mentionBy(bob, { mentions: [alice.account, mallory] })).payload)
    const parent = await make.status({ account: mallory })
    await notify(ctx, (await mentionBy(bob, { inReplyTo: parent })).payload)
    expect(await stored()).toEqual([])
  })

  it('tells nothing of a suspended sender (SEC-PRIV-17)', async () => {
    const { payload } = await mentionBy(carol)
    await ctx.db('accounts').where({ id: carol.id }).update({ suspended_at: new Date() })
    await notify(ctx, payload)
    expect(await stored()).toEqual([])
  })

  it('puts a direct mention by a stranger aside and counts it in a request', async () => {
    const { status, payload } = await mentionBy(bob, { visibility: 'direct' })
    await notify(ctx, payload)
    expect(await stored()).toMatchObject([{ filtered: true, group_key: null }])
    expect(await ctx.db('notification_requests')).toMatchObject([
      {
        account_id: alice.account.id,
        from_account_id: bob.id,
        last_status_id: status.id,
        notifications_count: '1',
      },
    ])
    const second = await mentionBy(bob, { visibility: 'direct' })
    await notify(ctx, second.payload)
    expect(await ctx.db('notification_requests')).toMatchObject([
      { last_status_id: second.status.id, notifications_count: '2' },
    ])
  })

  it('tells of a direct answer to a direct status of the recipient', async () => {
    const question = await make.status({ account: alice.account, visibility: 'direct', mentions: [bob] })
    const between = await make.status({ account: bob, visibility: 'direct', inReplyTo: question })
    await notify(ctx, (await mentionBy(bob, { visibility: 'direct', inReplyTo: between })).payload)
    expect(await stored()).toMatchObject([{ filtered: false }])
  })

  it('is not talked round by a sender who mentions himself in the thread (SEC-PRIV-12)', async () => {
    const own = await make.status({ account: bob, visibility: 'direct', mentions: [bob] })
    await notify(ctx, (await mentionBy(bob, { visibility: 'direct', inReplyTo: own })).payload)
    const open = await make.status({ account: alice.account, visibility: 'public', mentions: [bob] })
    await notify(ctx, (await mentionBy(bob, { visibility: 'direct', inReplyTo: open })).payload)
    expect(await stored()).toMatchObject([{ filtered: true }, { filtered: true }])
  })

  it('ends in a thread that answers itself', async () => {
    const first = await make.status({ account: bob, visibility: 'direct' })
    const second = await make.status({ account: bob, visibility: 'direct', inReplyTo: first })
    await ctx.db('statuses').where({ id: first.id }).update({ in_reply_to_id: second.id })
    await notify(ctx, (await mentionBy(bob, { visibility: 'direct', inReplyTo: second })).payload)
    expect(await stored()).toMatchObject([{ filtered: true }])
  })

  it('lets a moderator through to everyone with a lower role', async () => {
    const role = await make.role({ permissions: '16', position: 10, highlighted: true })
    const mo = (await make.user({ role_id: role.id })).account
    await make.block({ account: alice.account, target: mo })
    await notify(ctx, (await mentionBy(mo, { visibility: 'direct' })).payload)
    expect(await stored()).toMatchObject([{ filtered: false }])
  })

  it('groups favourites of one status within twelve hours', async () => {
    const status = await make.status({ account: alice.account })
    const other = await make.status({ account: alice.account })
    const start = Date.parse('2026-06-15T10:30:00Z')
    const at = (hours: number) => new Date(start + hours * 3_600_000)
    await notify(ctx, await favouriteBy(bob, status, at(0)))
    await notify(ctx, await favouriteBy(carol, status, at(11)))
    await notify(ctx, await favouriteBy((await make.user()).account, status, at(13)))
    await notify(ctx, await favouriteBy(bob, other, at(0)))
    const hour = Math.floor(start / 3_600_000)
    expect((await stored()).map((row) => row.group_key)).toEqual([
      `favourite-${status.id}-${hour}`,
      `favourite-${status.id}-${hour}`,
      `favourite-${status.id}-${hour + 13}`,
      `favourite-${other.id}-${hour}`,
    ])
  })

  it('groups reblogs by the original and follows by time', async () => {
    const status = await make.status({ account: alice.account })
    const reblog = await make.status({ account: bob, reblogOf: status })
    await notify(ctx, payloadOf('reblog', 'Status', reblog.id, bob))
    const follow = await make.follow({ account: bob, target: alice.account })
    await notify(ctx, payloadOf('follow', 'Follow', follow.id, bob))
    const [first, second] = await stored()
    expect(first.group_key).toMatch(new RegExp(`^reblog-${status.id}-\\d+$`))
    expect(second.group_key).toMatch(/^follow-\d+$/)
  })

  it('shows an edit anew', async () => {
    const status = await make.status({ account: bob })
    await notify(ctx, payloadOf('update', 'Status', status.id, bob))
    const [before] = await stored()
    await notify(ctx, payloadOf('update', 'Status', status.id, bob))
    const after = await stored()
    expect(after).toHaveLength(1)
    expect(BigInt(after[0].id)).toBeGreaterThan(BigInt(before.id))
  })

  it('streams what it stores while somebody listens, and renders nothing otherwise', async () => {
    const heard: { event: string; payload: { type: string; account: { id: string } } }[] = []
    const listener = ctx.redis.duplicate({ enableOfflineQueue: true })
    listener.on('message', (_channel: string, text: string) => heard.push(JSON.parse(text)))
    await listener.subscribe(redisKey(ctx, notificationChannel(alice.account.id)))
    const { payload } = await mentionBy(bob)
    const silent = await countStatements(() => notify(ctx, payload))
    await ctx.redis.set(redisKey(ctx, subscribedKey(homeChannel(alice.account.id))), '1')
    const loud = await countStatements(async () => notify(ctx, (await mentionBy(carol)).payload))
    await notify(ctx, (await mentionBy(bob, { visibility: 'direct' })).payload)
    await new Promise((resolve) => setTimeout(resolve, 100))
    listener.disconnect()
    expect(heard).toMatchObject([
      { event: 'notification', payload: { type: 'mention', account: { id: carol.id }, status: {} } },
    ])
    // The last is the mail to somebody who does not look.
    expect(silent.count).toBe(6)
    expect(loud.count).toBeGreaterThan(silent.count)
  })
})

describe('reading notifications', () => {
  async function several() {
    const status = await make.status({ account: alice.account })
    const follow = await make.follow({ account: bob, target: alice.account })
    const like = await make.favourite({ account: carol, status })
    return [
      await make.notification({ account: alice.account, from: bob, type: 'follow', activity: follow }),
      await make.notification({ account: alice.account, from: carol, type: 'favourite', activity: like }),
      await make.notification({
        account: alice.account,
        from: carol,
        type: 'reblog',
        activity: status,
        filtered: true,
      }),
    ] as const
  }
  const ids = async (filters?: Parameters<typeof listNotifications>[3], window = {}) =>
    (await listNotifications(ctx, alice, { limit: 10, ...window }, filters)).map((row) => row.id)

  it('lists by type, account, and filtered ones when asked for', async () => {
    const [follow, favourite, filtered] = await several()
    expect(await ids()).toEqual([favourite.id, follow.id])
    expect(await ids({ includeFiltered: true })).toEqual([filtered.id, favourite.id, follow.id])
    expect(await ids({ accountId: carol.id })).toEqual([filtered.id, favourite.id])
    expect(await ids({ types: ['follow', 'nonsense'] })).toEqual([follow.id])
    expect(await ids({ types: ['nonsense'] })).toEqual([])
    expect(await ids({ excludeTypes: ['follow'] })).toEqual([favourite.id])
    expect(await ids({}, { maxId: favourite.id })).toEqual([follow.id])
    expect(await ids({}, { minId: follow.id, limit: 1 })).toEqual([favourite.id])
  })

  it('hides those of suspended accounts', async () => {
    const [follow, favourite] = await several()
    await ctx.db('accounts').where({ id: carol.id }).update({ suspended_at: new Date() })
    expect(await ids()).toEqual([follow.id])
    await expect(getNotification(ctx, alice, favourite.id)).rejects.toMatchObject({ status: 404 })
  })

  it('counts what is above the marker, up to the limit', async () => {
    const [follow] = await several()
    expect(await countUnread(ctx, alice, 100)).toBe(2)
    expect(await countUnread(ctx, alice, 1)).toBe(1)
    await ctx
      .db('markers')
      .insert({ user_id: alice.user.id, timeline: 'notifications', last_read_id: follow.id })
    expect(await countUnread(ctx, alice, 100)).toBe(1)
    expect(await countUnread(ctx, alice, 100, { includeFiltered: true })).toBe(2)
  })

  it('touches only the own ones (SEC-PRIV-13, SEC-PRIV-14)', async () => {
    const [follow] = await several()
    const eve = await make.viewer()
    await expect(getNotification(ctx, eve, follow.id)).rejects.toMatchObject({ status: 404 })
    await expect(dismissNotification(ctx, eve, follow.id)).rejects.toMatchObject({ status: 404 })
    await clearNotifications(ctx, eve)
    expect(await stored()).toHaveLength(3)
    await dismissNotification(ctx, alice, follow.id)
    await expect(dismissNotification(ctx, alice, follow.id)).rejects.toMatchObject({ status: 404 })
    expect(await stored()).toHaveLength(2)
    await clearNotifications(ctx, alice)
    expect(await stored()).toEqual([])
  })

  it('forgets what is about something that is no more', async () => {
    const [follow] = await several()
    await deleteNotificationsOf(ctx, 'Follow', follow.activity_id)
    expect(await stored()).toHaveLength(2)
  })
})

describe('policy and requests', () => {
  it('has defaults, and keeps what is not changed', async () => {
    const defaults = {
      for_not_following: 'accept',
      for_not_followers: 'accept',
      for_new_accounts: 'accept',
      for_private_mentions: 'filter',
      for_limited_accounts: 'filter',
      for_bots: 'accept',
      summary: { pending_requests_count: 0, pending_notifications_count: 0 },
    }
    expect(await readNotificationPolicy(ctx, alice)).toEqual(defaults)
    await changeNotificationPolicy(ctx, alice, { for_bots: 'drop' })
    await changeNotificationPolicy(ctx, alice, { for_private_mentions: 'accept' })
    expect(await readNotificationPolicy(ctx, alice)).toEqual({
      ...defaults,
      for_bots: 'drop',
      for_private_mentions: 'accept',
    })
  })

  it('accepts a sender for now and ever, and dismisses one', async () => {
    await notify(ctx, (await mentionBy(bob, { visibility: 'direct' })).payload)
    await notify(ctx, (await mentionBy(carol, { visibility: 'direct' })).payload)
    expect((await readNotificationPolicy(ctx, alice)).summary).toEqual({
      pending_requests_count: 2,
      pending_notifications_count: 2,
    })
    const [ofCarol, ofBob] = await listNotificationRequests(ctx, alice, { limit: 10 })
    const eve = await make.viewer()
    await acceptNotificationRequests(ctx, eve, [ofBob?.id as string])
    await dismissNotificationRequests(ctx, eve, [ofBob?.id as string], { withNotifications: true })
    expect(await listNotificationRequests(ctx, alice, { limit: 10 })).toHaveLength(2)

    await acceptNotificationRequests(ctx, alice, [ofBob?.id as string])
    expect((await stored()).map((row) => row.filtered)).toEqual([false, true])
    await notify(ctx, (await mentionBy(bob, { visibility: 'direct' })).payload)
    expect((await stored()).map((row) => row.filtered)).toEqual([false, true, false])

    await dismissNotificationRequests(ctx, alice, [ofCarol?.id as string], { withNotifications: true })
    expect(await stored()).toHaveLength(2)
    expect(await listNotificationRequests(ctx, alice, { limit: 10 })).toEqual([])
  })
})
