import type { AccountRow, StatusRow } from '@anancus/db'
import { type Factories, factories } from '@anancus/db/testing/make'
import { closeTestContext, type TestContext, testContext } from '../../../testing/context.ts'
import { drainQueues, peekQueues, registerHandlers } from '../../../testing/drain-queues.ts'
import { allHandlers } from '../../../testing/handlers.ts'
import {
  type PushDevice,
  type PushService,
  senderClaims,
  startPushService,
} from '../../../testing/push-service.ts'
import { resetDatabase } from '../../../testing/reset.ts'
import { PermanentJobError, RemoteServerError } from '../../kernel/errors.ts'
import { generateVapidKeys } from '../../kernel/secrets.ts'
import type { Viewer } from '../../kernel/viewer.ts'
import { revokeTokens } from '../oauth/index.ts'
import { notify } from '../notifications/index.ts'
import { sendPush, subscribeToken } from './index.ts'

const vapid = generateVapidKeys()
const DAY_MS = 24 * 3600 * 1000

let service: PushService
let ctx: TestContext
let make: Factories
let alice: Viewer
let bob: AccountRow
let token: { row: { id: string }; secret: string }
let device: PushDevice

beforeAll(async () => {
  service = await startPushService()
  ctx = await testContext({ env: { ...service.env, ...vapid } })
  make = factories(ctx.db)
  registerHandlers(allHandlers)
})
afterAll(async () => {
  await closeTestContext(ctx)
  await service.close()
})
beforeEach(async () => {
  await resetDatabase(ctx)
  service.pushes.length = 0
  service.answer(201)
  alice = await make.viewer({ account: { username: 'alice' }, locale: 'de' })
  bob = (await make.user({ account: { username: 'bob', display_name: 'Bob' } })).account
  token = await make.token({ user: alice.user, scopes: 'push read' })
  device = service.device()
})

const ALL = { policy: 'all', alerts: { mention: true, follow: true, favourite: true } }

async function subscribe(data: object = ALL, standard = true) {
  const { endpoint, keys } = device.subscription
  return subscribeToken(ctx, alice, token.row.id, { endpoint, ...keys, standard }, data)
}

/** Bob mentions alice, and the queue runs dry. */
async function mention(values: Parameters<Factories['status']>[0] = {}): Promise<StatusRow> {
  const status = await make.status({ account: bob, mentions: [alice.account], ...values })
  const row = await ctx.db('mentions').where({ status_id: status.id, account_id: alice.account.id }).first()
  const about = { type: 'mention', activityType: 'Mention', activityId: row.id }
  await notify(ctx, { recipientId: alice.account.id, fromAccountId: status.account_id, ...about })
  return status
}

const subscriptions = () => ctx.db('web_push_subscriptions').orderBy('id')
const lastNotification = () => ctx.db('notifications').orderBy('id', 'desc').first()

describe('a push', () => {
  it.each([
    ['aes128gcm', true],
    ['aesgcm', false],
  ])('is encrypted as %s, signed, and says what apps expect (SEC-INFO-08)', async (encoding, standard) => {
    const row = await subscribe(ALL, standard)
    await mention({ text: 'Hello @alice, this is a secret' })
    await drainQueues(ctx)
    const [push] = service.pushes
    if (!push) throw new Error('Nothing was pushed.')
    expect(push.path).toBe(new URL(device.subscription.endpoint).pathname)
    expect(push.headers).toMatchObject({
      'content-encoding': encoding,
      'content-type': 'application/octet-stream',
      ttl: '172800',
      urgency: 'normal',
    })
    expect(push.body.includes('secret')).toBe(false)
    expect(device.read(push)).toEqual({
      access_token: token.secret,
      preferred_locale: 'de',
      notification_id: Number((await lastNotification()).id),
      notification_type: 'mention',
      icon: expect.stringMatching(/^https:\/\/social\.test\//),
      title: 'Bob hat dich erwähnt',
      body: 'Hello @alice, this is a secret',
    })
    const claims = senderClaims(push, vapid.VAPID_PUBLIC_KEY)
    expect(claims).toMatchObject({ aud: service.origin, sub: 'https://social.test/' })
    const hours = (Number(claims?.exp) * 1000 - Date.now()) / 3_600_000
    expect(hours).toBeGreaterThan(1)
    expect(hours).toBeLessThanOrEqual(24)
    expect(push.headers['unsubscribe-url']).toMatch(
      new RegExp(`^https://social\\.test/api/web/push_subscriptions/${row.id}\\.`),
    )
    const keyPlace = standard ? push.headers.authorization : push.headers['crypto-key']
    expect(keyPlace).toContain(vapid.VAPID_PUBLIC_KEY)
  })

  it('cannot be read with the keys of another device', async () => {
    await subscribe()
    await mention()
    await drainQueues(ctx)
    const [push] = service.pushes
    if (!push) throw new Error('Nothing was pushed.')
    expect(() => service.device().read(push)).toThrow(/authenticate/)
  })

  it('shows the warning in place of the text, and of remote posts no HTML', async () => {
    await subscribe()
    await mention({ text: 'the end', spoiler_text: 'Film' })
    await mention({ text: '1 < 2 <b>bold</b>' })
    bob = await make.remoteAccount({ username: 'carol', display_name: '', note: '<p>Hi</p>' })
    await mention({ text: '<p>Tea &amp; <b>cake</b></p>' })
    const follow = await make.follow({ account: bob, target: alice.account })
    await notify(ctx, {
      recipientId: alice.account.id,
      fromAccountId: bob.id,
      type: 'follow',
      activityType: 'Follow',
      activityId: follow.id,
    })
    await drainQueues(ctx)
    const messages = service.pushes.map((push) => device.read(push))
    expect(messages.map(({ body }) => body)).toEqual(['Film', '1 < 2 <b>bold</b>', 'Tea & cake', 'Hi'])
    expect(messages[3]?.title).toBe('carol folgt dir jetzt')
  })

  it('is cut to what a push service takes', async () => {
    await ctx
      .db('accounts')
      .where({ id: bob.id })
      .update({ display_name: '\u0001'.repeat(2000) })
    await subscribe()
    await mention({ text: '😀'.repeat(400) })
    await drainQueues(ctx)
    const [push] = service.pushes
    if (!push) throw new Error('Nothing was pushed.')
    const { body } = device.read(push)
    expect(Array.from(String(body))).toHaveLength(140)
    expect(body).toMatch(/😀\.\.\.$/u)
    expect(push.body.length).toBeLessThan(4096)
  })

  it.each([
    ['the alert is off', { alerts: { mention: false } }],
    ['the alert was never set', { alerts: { follow: true } }],
    ['the policy is none', { policy: 'none', alerts: { mention: true } }],
    ['the policy asks for followers', { policy: 'follower', alerts: { mention: true } }],
    ['the policy asks for the followed', { policy: 'followed', alerts: { mention: true } }],
  ])('is not sent when %s', async (_name, data) => {
    await subscribe(data)
    await mention()
    await drainQueues(ctx)
    expect(service.pushes).toEqual([])
  })

  it('is sent by policy to whom it means', async () => {
    await subscribe({ policy: 'followed', alerts: { mention: true } })
    await make.follow({ account: alice.account, target: bob })
    await mention()
    await drainQueues(ctx)
    expect(service.pushes).toHaveLength(1)
  })

  it('is not sent of what is put aside, muted or hidden by a filter (SEC-INFO-08, SEC-PRIV-20)', async () => {
    await subscribe()
    await mention({ visibility: 'direct' })
    expect(await ctx.db('notifications').where({ filtered: true })).toHaveLength(1)
    await make.mute({ account: alice.account, target: bob })
    await mention()
    expect(await peekQueues(ctx)).toEqual([])
    await ctx.db('mutes').del()
    const [filter] = await ctx
      .db('custom_filters')
      .insert({ account_id: alice.account.id, phrase: 'Spoilers', context: ['notifications'], action: 1 })
      .returning('id')
    await ctx.db('custom_filter_keywords').insert({ custom_filter_id: filter.id, keyword: 'dragon' })
    await mention({ text: 'The dragon dies' })
    await mention({ text: 'All is well' })
    await drainQueues(ctx, { ignore: ['conversations.update'] })
    expect(service.pushes.map((push) => device.read(push).body)).toEqual(['All is well'])
  })

  it('is not sent when what it is about, or its token, is gone meanwhile', async () => {
    const { id } = await subscribe()
    const status = await mention()
    await ctx.db('statuses').where({ id: status.id }).update({ deleted_at: new Date() })
    await drainQueues(ctx)
    await mention()
    await ctx.db('oauth_access_tokens').update({ revoked_at: new Date() })
    await drainQueues(ctx)
    await sendPush(ctx, { subscriptionId: id, notificationId: '1' })
    expect(service.pushes).toEqual([])
  })

  it('is not sent two days late, nor to a user who may not act', async () => {
    await subscribe()
    await mention()
    await ctx.db('notifications').update({ updated_at: new Date(Date.now() - 3 * DAY_MS) })
    await drainQueues(ctx)
    await mention()
    await ctx.db('users').where({ id: alice.user.id }).update({ disabled: true })
    await drainQueues(ctx)
    expect(service.pushes).toEqual([])
  })

  it('goes nowhere without keys of the server', async () => {
    const row = await subscribe()
    await mention()
    const env = { ...ctx.config.env, VAPID_PRIVATE_KEY: undefined }
    const keyless = { ...ctx, config: { ...ctx.config, env } }
    await sendPush(keyless, { subscriptionId: row.id, notificationId: (await lastNotification()).id })
    expect(service.pushes).toEqual([])
    await drainQueues(ctx)
  })

  it('signs with keys that were written with padding, and for the address the admin gave', async () => {
    await ctx.db('settings').insert({ var: 'site_contact_email', value: JSON.stringify('boss@social.test') })
    await ctx.cache.delete('settings')
    const env = { ...ctx.config.env, VAPID_PUBLIC_KEY: `${vapid.VAPID_PUBLIC_KEY}=` }
    const row = await subscribe()
    await mention()
    const padded = { ...ctx, config: { ...ctx.config, env } }
    await sendPush(padded, { subscriptionId: row.id, notificationId: (await lastNotification()).id })
    const [push] = service.pushes
    if (!push) throw new Error('Nothing was pushed.')
    expect(senderClaims(push, vapid.VAPID_PUBLIC_KEY)?.sub).toBe('mailto:boss@social.test')
    await ctx.db('settings').del()
    await ctx.cache.delete('settings')
    await drainQueues(ctx)
  })
})

describe('an answer of the push service', () => {
  /** Sends what waits, as the worker would. */
  async function sendNow() {
    const { id: subscriptionId } = (await subscriptions())[0] ?? (await subscribe())
    await mention()
    await drainQueues(ctx, { ignore: ['push.send'] })
    return sendPush(ctx, { subscriptionId, notificationId: (await lastNotification()).id })
  }

  it.each([400, 401, 403, 404, 410, 413])('%i ends the subscription', async (status) => {
    service.answer(status)
    await sendNow()
    expect(await subscriptions()).toEqual([])
  })

  it.each([301, 408, 429, 500, 502, 503])('%i is tried again', async (status) => {
    service.answer(status, { 'retry-after': '120', location: `${service.origin}/elsewhere` })
    await expect(sendNow()).rejects.toMatchObject({ status, retryable: true, retryAfterSeconds: 120 })
    expect(await subscriptions()).toHaveLength(1)
    expect(service.pushes).toHaveLength(1)
  })

  it('a week of failures ends the subscription, and one success starts the week anew', async () => {
    service.answer(500)
    const at = (days: number) => ({
      ...ctx,
      clock: { ...ctx.clock, now: () => new Date(Date.now() + days * DAY_MS) },
    })
    const { id: subscriptionId } = await subscribe()
    const send = async (days: number) => {
      await mention()
      await drainQueues(ctx, { ignore: ['push.send'] })
      const last = await lastNotification()
      await ctx.db('notifications').update({ updated_at: new Date(Date.now() + days * DAY_MS) })
      return sendPush(at(days), { subscriptionId, notificationId: last.id })
    }
    await expect(send(0)).rejects.toBeInstanceOf(RemoteServerError)
    service.answer(201)
    await send(6)
    service.answer(500)
    await expect(send(6.5)).rejects.toBeInstanceOf(RemoteServerError)
    await expect(send(8)).rejects.toBeInstanceOf(RemoteServerError)
    expect(await subscriptions()).toHaveLength(1)
    await expect(send(14)).rejects.toBeInstanceOf(RemoteServerError)
    expect(await subscriptions()).toEqual([])
  })

  it('never comes from a private address (SEC-SSRF-08)', async () => {
    const { id: subscriptionId } = await subscribe()
    await mention()
    await drainQueues(ctx, { ignore: ['push.send'] })
    const notificationId = (await lastNotification()).id
    const port = new URL(service.origin).port
    for (const endpoint of [
      `http://127.0.0.1:${port}/push`,
      `http://[::1]:${port}/push`,
      `http://localhost:${port}/push`,
      'http://169.254.169.254/latest/meta-data',
      'https://social.test/inbox',
      'file:///etc/passwd',
    ]) {
      await ctx.db('web_push_subscriptions').update({ endpoint })
      await expect(sendPush(ctx, { subscriptionId, notificationId })).rejects.toBeInstanceOf(
        PermanentJobError,
      )
    }
    expect(service.pushes).toEqual([])
  })

  it('is not waited for where a stored key is of no use', async () => {
    const { id: subscriptionId } = await subscribe()
    await mention()
    await ctx.db('web_push_subscriptions').update({ key_p256dh: 'AAAA' })
    await sendPush(ctx, { subscriptionId, notificationId: (await lastNotification()).id })
    expect(await subscriptions()).toEqual([])
    await drainQueues(ctx)
  })
})

describe('subscribing', () => {
  it('leaves one subscription a token, however many ask at once', async () => {
    await Promise.all(Array.from({ length: 8 }, () => subscribe()))
    expect(await subscriptions()).toHaveLength(1)
  })

  it('dies with its token (SEC-AUTH-07)', async () => {
    await subscribe()
    await revokeTokens(ctx, [token.row.id])
    expect(await subscriptions()).toEqual([])
    await expect(subscribe()).rejects.toMatchObject({ status: 401 })
  })
})
