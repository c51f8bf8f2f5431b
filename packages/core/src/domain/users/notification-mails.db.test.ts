import type { AccountRow, StatusRow } from '@anancus/db'
import { type Factories, factories } from '@anancus/db/testing/make'
import { simpleParser } from 'mailparser'
import { createTransport } from 'nodemailer'
import { closeTestContext, type TestContext, testContext } from '../../../testing/context.ts'
import { drainQueues, peekQueues, registerHandlers } from '../../../testing/drain-queues.ts'
import { allHandlers } from '../../../testing/handlers.ts'
import { resetDatabase } from '../../../testing/reset.ts'
import { messageOf } from '../../kernel/mailer/message.ts'
import { redisKey } from '../../kernel/redis-keys.ts'
import type { Viewer } from '../../kernel/viewer.ts'
import { homeChannel, subscribedKey } from '../../streaming/index.ts'
import { clearNotifications, notify } from '../notifications/index.ts'
import { savePreferences } from '../settings/index.ts'
import { mailOfUnsubscribeToken, sendMail, stopMails } from './index.ts'

let ctx: TestContext
let make: Factories
let alice: Viewer
let bob: AccountRow

beforeAll(async () => {
  ctx = await testContext()
  make = factories(ctx.db)
  registerHandlers(allHandlers)
})
afterAll(() => closeTestContext(ctx))
beforeEach(async () => {
  await resetDatabase(ctx)
  ctx.mailer.sent.length = 0
  alice = await make.viewer({ account: { username: 'alice' } })
  const account = { username: 'bob', display_name: 'Bob <b>', created_at: new Date('2020-01-01') }
  bob = (await make.user({ account })).account
})

const tell = (type: string, activityType: string, activityId: string) =>
  notify(ctx, { recipientId: alice.account.id, type, activityType, activityId, fromAccountId: bob.id })

async function mention(values: Parameters<Factories['status']>[0] = {}): Promise<StatusRow> {
  const status = await make.status({ account: bob, text: 'Hello', mentions: [alice.account], ...values })
  const row = await ctx.db('mentions').where({ status_id: status.id }).first()
  await tell('mention', 'Mention', row.id)
  return status
}

async function favourite(): Promise<void> {
  const status = await make.status({ account: alice.account })
  await tell('favourite', 'Favourite', (await make.favourite({ account: bob, status })).id)
}

const mails = async () => (await peekQueues(ctx)).filter(({ name }) => name === 'mailers.send')

describe('a mail about a notification', () => {
  it('goes to whom is away, says how to end such mails, and belongs to its conversation', async () => {
    const status = await mention()
    await drainQueues(ctx)
    expect(ctx.mailer.sent).toHaveLength(1)
    const [mail] = ctx.mailer.sent
    expect(mail).toMatchObject({ to: alice.user.email, subject: 'Bob <b> mentioned you' })
    expect(mail?.html).toContain('Bob &lt;b&gt;')
    expect(mail?.text).toContain(`https://social.test/@bob/${status.id}`)
    const thread = `<conversation-${status.conversation_id}@social.test>`
    expect(mail?.headers).toMatchObject({
      'List-ID': '<mention.alice.social.test>',
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      'In-Reply-To': thread,
      References: thread,
    })
    const link = /^<(.+)>$/.exec(mail?.headers?.['List-Unsubscribe'] ?? '')?.[1] ?? ''
    expect(mail?.text).toContain(link)
    const wish = await mailOfUnsubscribeToken(ctx, new URL(link).searchParams.get('token') ?? '')
    expect(wish).toMatchObject({ kind: 'mention', user: { id: alice.user.id } })
    if (wish) await stopMails(ctx, wish)
    await mention()
    expect(await mails()).toEqual([])
  })

  it('carries its headers through to the message, and nothing that others wrote among them', async () => {
    await mention({ text: 'x', spoiler_text: 'y\r\nBcc: eve@mail.test' })
    await ctx.db('accounts').where({ id: bob.id }).update({ display_name: 'B\r\nBcc: eve@mail.test' })
    await drainQueues(ctx)
    const [mail] = ctx.mailer.sent
    if (!mail) throw new Error('There is no mail.')
    const transport = createTransport({ streamTransport: true, buffer: true })
    const parsed = await simpleParser(
      (await transport.sendMail(messageOf(ctx.config, mail))).message as Buffer,
    )
    expect(parsed.bcc).toBeUndefined()
    expect(parsed.to).toMatchObject({ value: [{ address: alice.user.email }] })
    expect(parsed.headers.get('auto-submitted')).toBe('auto-generated')
    expect(parsed.headers.get('precedence')).toBe('list')
    expect(parsed.references).toMatch(/^<conversation-\d+@social\.test>$/)
    expect(parsed.headers.get('list')).toMatchObject({
      id: { name: 'mention.alice.social.test' },
      'unsubscribe-post': { name: 'List-Unsubscribe=One-Click' },
    })
  })

  it('does not go while the recipient looks, unless they want it always', async () => {
    const listening = redisKey(ctx, subscribedKey(homeChannel(alice.account.id)))
    await ctx.redis.set(listening, '1')
    await mention()
    expect(await mails()).toEqual([])
    await savePreferences(ctx, alice.user, { always_send_emails: true })
    await mention()
    expect(await mails()).toHaveLength(1)
    await ctx.redis.del(listening)
  })

  it('goes for the kinds that the recipient wants', async () => {
    await favourite()
    expect(await mails()).toEqual([])
    await savePreferences(ctx, alice.user, { 'notification_emails.favourite': true })
    await favourite()
    await tell('follow', 'Follow', (await make.follow({ account: bob, target: alice.account })).id)
    await drainQueues(ctx)
    expect(ctx.mailer.sent.map(({ subject }) => subject)).toEqual([
      'Bob <b> liked your post',
      'Bob <b> follows you',
    ])
  })

  it.each([
    ['was dismissed', () => clearNotifications(ctx, alice)],
    ['has lost its status', () => ctx.db('statuses').update({ deleted_at: new Date() })],
    ['is for somebody frozen', () => ctx.db('users').where({ id: alice.user.id }).update({ disabled: true })],
    ['is for somebody gone', () => ctx.db('notifications').delete()],
  ])('does not go when what it tells of %s meanwhile', async (_, change) => {
    await mention()
    expect(await mails()).toHaveLength(1)
    await change()
    await drainQueues(ctx)
    expect(ctx.mailer.sent).toEqual([])
  })

  it('SEC-PRIV-12 does not go for what the recipient’s rules put aside', async () => {
    await make.mute({ account: alice.account, target: bob })
    await mention()
    await ctx.db('mutes').delete()
    await mention({ visibility: 'direct' })
    expect(await mails()).toEqual([])
  })

  it('keeps what stands behind a warning there, and is in the recipient’s language', async () => {
    await ctx.db('users').where({ id: alice.user.id }).update({ locale: 'de' })
    await mention({ text: 'the end of the film', spoiler_text: 'Film' })
    await drainQueues(ctx)
    const [mail] = ctx.mailer.sent
    expect(mail?.subject).toBe('Bob <b> hat dich erwähnt')
    expect(mail?.html).toContain('<html lang="de"')
    expect(mail?.text).toContain('Film')
    expect(`${mail?.text}${mail?.html}`).not.toContain('the end of the film')
  })
})

it('an urgent update is marked as such', async () => {
  const data = JSON.stringify({ versions: ['4.6.6'] })
  await sendMail(ctx, { template: 'new_critical_software_updates', userId: alice.user.id, data })
  expect(ctx.mailer.sent[0]?.headers).toMatchObject({ 'X-Priority': '1' })
  expect(ctx.mailer.sent[0]?.text).toContain('Version 4.6.6')
})
