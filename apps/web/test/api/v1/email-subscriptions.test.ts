import { cleanUpSubscriptions } from '@anancus/core/domain/email-subscriptions'
import { saveSettings } from '@anancus/core/domain/settings'
import { publishStatus } from '@anancus/core/domain/statuses'
import { findUser, unsubscribeUrl } from '@anancus/core/domain/users'
import { type Cast, castOf } from '@anancus/core/testing/cast'
import { clearRedis, closeTestContext, type TestContext, testContext } from '@anancus/core/testing/context'
import { drainQueues, registerHandlers } from '@anancus/core/testing/drain-queues'
import { allHandlers } from '@anancus/core/testing/handlers'
import { resetDatabase } from '@anancus/core/testing/reset'
import { permissionMask } from '@anancus/db'
import { factories } from '@anancus/db/testing/make'
import { startWeb, type TestWeb } from '../../support/server.ts'

let ctx: TestContext
let web: TestWeb
let make: ReturnType<typeof factories>
let cast: Cast

beforeAll(async () => {
  ctx = await testContext()
  make = factories(ctx.db)
  web = await startWeb(ctx)
  registerHandlers(allHandlers)
})
afterAll(async () => {
  await web.close()
  await closeTestContext(ctx)
})
beforeEach(async () => {
  await resetDatabase(ctx)
  await clearRedis(ctx)
  cast = await castOf(ctx)
  ctx.mailer.sent.length = 0
  await saveSettings(ctx, { email_subscriptions: true })
  await everyoneMay(permissionMask('manage_email_subscriptions'))
  await offer(true)
})

const everyoneMay = (permissions: string) => ctx.db('user_roles').where({ id: -99 }).update({ permissions })
const offer = (email_subscriptions: boolean) =>
  ctx
    .db('users')
    .where({ id: cast.alice.user.id })
    .update({ settings: JSON.stringify({ email_subscriptions }) })
const subscribe = (email: string, id = cast.alice.account.id) =>
  web.post(`/api/v1/accounts/${id}/email_subscriptions`, { json: { email } })
const linkIn = (text = '') =>
  new URL(/https:\/\/social\.test\/(?:email_subscriptions|unsubscribe)\S*/.exec(text)?.[0] ?? '')
const pathOf = ({ pathname, search }: URL) => pathname + search
const post = (text: string, values = {}) =>
  publishStatus(ctx, cast.alice.account, { status: text, visibility: 'public', ...values })

describe('POST /api/v1/accounts/:id/email_subscriptions', () => {
  it('asks the address, and starts with its answer', async () => {
    const answer = await subscribe(' Reader@Mail.test ')
    expect([answer.status, answer.body]).toEqual([200, {}])
    await post('before')
    await drainQueues(ctx)
    const [mail] = ctx.mailer.sent
    expect([mail?.to, ctx.mailer.sent.length]).toEqual(['reader@mail.test', 1])
    const page = await web.get(pathOf(linkIn(mail?.text)))
    expect([page.status, page.text.includes('@alice@social.test')]).toEqual([200, true])
    await post('after')
    await drainQueues(ctx)
    expect(ctx.mailer.sent.map(({ subject }) => subject)).toEqual([mail?.subject, 'New post by Alice'])
  })

  it('says what is wrong with an address', async () => {
    await subscribe('reader@mail.test')
    const told = async (email: string) => {
      const { status, body } = await subscribe(email)
      return [status, body.error, body.details.email[0].error]
    }
    expect(await told('reader@mail.test')).toEqual([
      422,
      'Validation failed: Email has already been taken',
      'ERR_TAKEN',
    ])
    expect(await told('')).toEqual([422, "Validation failed: Email can't be blank", 'ERR_BLANK'])
    expect(await told('a@b.test\r\nBcc: c@d.test')).toEqual([
      422,
      'Validation failed: Email is invalid',
      'ERR_INVALID',
    ])
  })

  it('is not there for others, and without a body unless server, role and user all want it', async () => {
    for (const id of [cast.carol.id, '999'])
      expect((await subscribe('reader@mail.test', id)).body).toEqual({ error: 'Record not found' })
    const isHidden = async () => {
      const { status, text } = await subscribe('reader@mail.test')
      return [status, text]
    }
    await offer(false)
    expect(await isHidden()).toEqual([404, ''])
    await offer(true)
    await everyoneMay('0')
    expect(await isHidden()).toEqual([404, ''])
    await everyoneMay(permissionMask('manage_email_subscriptions'))
    await saveSettings(ctx, { email_subscriptions: false })
    expect(await isHidden()).toEqual([404, ''])
    expect(await ctx.db('email_subscriptions')).toEqual([])
  })

  it('writes to one address a few times only, whoever asks', async () => {
    const answers: number[] = []
    for (let time = 0; time < 7; time += 1) {
      const { account, user } = await make.viewer()
      await ctx.db('users').where({ id: user.id }).update({ settings: '{"email_subscriptions":true}' })
      answers.push((await subscribe('victim@mail.test', account.id)).status)
    }
    expect(answers).toEqual([200, 200, 200, 200, 200, 429, 429])
  })
})

describe('posts by mail', () => {
  it('come together, with what everyone may read of them', async () => {
    await make.emailSubscription({ account: cast.alice.account, email: 'one@mail.test' })
    await make.emailSubscription({ account: cast.alice.account, email: 'two@mail.test' })
    await make.emailSubscription({ account: cast.alice.account, email: 'new@mail.test', confirmed_at: null })
    const first = await post('Hello <b>world')
    await post('the secret', { spoilerText: 'a warning' })
    await post('for followers', { visibility: 'private' })
    await post('quiet', { visibility: 'unlisted' })
    await post('an answer', { inReplyToId: first.id })
    await drainQueues(ctx)
    expect(ctx.mailer.sent.map(({ to }) => to).sort()).toEqual(['one@mail.test', 'two@mail.test'])
    const [mail] = ctx.mailer.sent
    expect(mail?.subject).toBe('2 new posts by Alice')
    expect(mail?.html).toContain('Hello &lt;b&gt;world')
    for (const hidden of ['the secret', 'for followers', 'quiet', 'an answer'])
      expect(mail?.text).not.toContain(hidden)
    await drainQueues(ctx)
    await post('third')
    await drainQueues(ctx)
    expect(ctx.mailer.sent.slice(2).map(({ subject }) => subject)).toEqual([
      'New post by Alice',
      'New post by Alice',
    ])
  })

  it('end with the link in them, which asks first; programs end them at once', async () => {
    await make.emailSubscription({ account: cast.alice.account, email: 'one@mail.test' })
    await make.emailSubscription({ account: cast.alice.account, email: 'two@mail.test' })
    await post('Hello')
    await drainQueues(ctx)
    const [one, two] = ctx.mailer.sent
    const link = linkIn(one?.text)
    expect(one?.headers?.['List-Unsubscribe']).toMatch(/^<https:\/\/social\.test\/unsubscribe\?token=[^>]+>$/)
    expect((await web.get(pathOf(link))).text).toContain('one@mail.test')
    expect(await ctx.db('email_subscriptions')).toHaveLength(2)
    const done = await web.post('/unsubscribe', { form: { token: link.searchParams.get('token') ?? '' } })
    expect(done.status).toBe(200)
    const oneClick = await web.post(pathOf(linkIn(two?.headers?.['List-Unsubscribe']?.slice(1, -1))), {
      form: { 'List-Unsubscribe': 'One-Click' },
    })
    expect(oneClick.status).toBe(200)
    expect(await ctx.db('email_subscriptions')).toEqual([])
    expect((await web.get(pathOf(link))).status).toBe(404)
    expect((await web.post('/unsubscribe', { form: { token: 'nonsense' } })).status).toBe(404)
  })

  it('are not sent once the author is suspended or no longer offers them', async () => {
    await make.emailSubscription({ account: cast.alice.account })
    await post('Hello')
    await offer(false)
    await drainQueues(ctx)
    expect(ctx.mailer.sent).toEqual([])
  })

  it('are forgotten a week after a question nobody answered', async () => {
    const old = new Date(Date.now() - 8 * 86_400_000)
    await make.emailSubscription({ account: cast.alice.account, confirmed_at: null, created_at: old })
    await make.emailSubscription({ account: cast.alice.account, created_at: old })
    expect(await cleanUpSubscriptions(ctx)).toBe(1)
  })

  it('show on accounts only where the server has them', async () => {
    const shown = async (id: string) => (await web.get(`/api/v1/accounts/${id}`)).body.email_subscriptions
    expect(await shown(cast.alice.account.id)).toBe(true)
    expect(await shown(cast.bob.account.id)).toBe(false)
    await saveSettings(ctx, { email_subscriptions: false })
    expect(await shown(cast.alice.account.id)).toBeUndefined()
  })
})

describe('/unsubscribe of a user', () => {
  it('ends the mails of one kind', async () => {
    const url = new URL(unsubscribeUrl(ctx, cast.bob.user, 'mention'))
    expect((await web.get(pathOf(url))).text).toContain('mails about mentions')
    expect((await web.post(pathOf(url))).status).toBe(200)
    const viewer = await findUser(ctx, cast.bob.user.id)
    expect(JSON.parse(viewer?.user.settings ?? '{}')).toMatchObject({ 'notification_emails.mention': false })
  })
})
