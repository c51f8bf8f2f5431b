import { type Factories, factories } from '@anancus/db/testing/make'
import { type Cast, castOf } from '../../../testing/cast.ts'
import { closeTestContext, type TestContext, testContext } from '../../../testing/context.ts'
import { drainQueues, registerHandlers } from '../../../testing/drain-queues.ts'
import { allHandlers } from '../../../testing/handlers.ts'
import { resetDatabase } from '../../../testing/reset.ts'
import { getSetting, saveSettings } from '../settings/index.ts'
import { hashPassword } from './password.ts'
import { autoCloseRegistrations, verifyPassword } from './index.ts'

let ctx: TestContext
let cast: Cast
let make: Factories

beforeAll(async () => {
  ctx = await testContext()
  make = factories(ctx.db)
  registerHandlers(allHandlers)
})
afterAll(() => closeTestContext(ctx))
beforeEach(async () => {
  await resetDatabase(ctx)
  cast = await castOf(ctx)
  ctx.mailer.sent.length = 0
})

const DAY_MS = 86_400_000
const daysAgo = (days: number) => new Date(Date.now() - days * DAY_MS)
const sent = async () => {
  ctx.mailer.sent.length = 0
  await drainQueues(ctx)
  return ctx.mailer.sent
}

describe('a sign-in', () => {
  const PASSWORD = 'a long password'

  it('from a new place is told by mail, once a place, and only to who has been somewhere and confirmed the address', async () => {
    const { user } = await make.user({ encrypted_password: await hashPassword(PASSWORD) })
    const signIn = (ip: string) =>
      verifyPassword(ctx, { email: user.email, password: PASSWORD }, { ip, userAgent: 'Browser <b>' })
    await ctx.db('users').where({ id: user.id }).update({ current_sign_in_at: null })
    await signIn('192.0.2.1')
    expect(await sent()).toEqual([])
    await ctx
      .db('users')
      .where({ id: user.id })
      .update({ current_sign_in_at: new Date(), confirmed_at: null })
    await signIn('198.51.100.1')
    expect(await sent()).toEqual([])
    await ctx.db('users').where({ id: user.id }).update({ confirmed_at: new Date() })
    await signIn('192.0.77.9')
    expect(await sent()).toEqual([])
    await signIn('2001:db8::1')
    const [mail] = await sent()
    expect(mail).toMatchObject({ to: user.email })
    expect(mail?.text).toContain('2001:db8::1')
    expect(mail?.html).toContain('Browser &lt;b&gt;')
    await signIn('2001:db8::2')
    expect(await sent()).toEqual([])
    await verifyPassword(ctx, { email: user.email, password: 'wrong' }, { ip: '203.0.113.1', userAgent: '' })
    expect(await sent()).toEqual([])
  })
})

describe('open registrations', () => {
  const mode = () => getSetting(ctx, 'registrations_mode')

  beforeEach(() => saveSettings(ctx, { registrations_mode: 'open' }))

  it('stay open while a moderator comes by', async () => {
    await ctx.db('users').update({ current_sign_in_at: daysAgo(30) })
    await ctx
      .db('users')
      .where({ id: cast.mo.user.id })
      .update({ current_sign_in_at: daysAgo(7) })
    expect(await autoCloseRegistrations(ctx)).toBe(false)
    expect(await mode()).toBe('open')
  })

  it('need approval after a week without any, and who can open them hears of it, once', async () => {
    await ctx.db('users').update({ current_sign_in_at: daysAgo(9) })
    await ctx.db('users').where({ id: cast.alice.user.id }).update({ current_sign_in_at: new Date() })
    expect(await autoCloseRegistrations(ctx)).toBe(true)
    expect(await mode()).toBe('approved')
    expect((await sent()).map(({ to }) => to)).toEqual([cast.ada.user.email])
    expect(await autoCloseRegistrations(ctx)).toBe(false)
    expect(await sent()).toEqual([])
  })

  it('stay as they are where the operator says so', async () => {
    await ctx.db('users').update({ current_sign_in_at: daysAgo(9) })
    const env = { ...ctx.config.env, DISABLE_AUTOMATIC_SWITCHING_TO_APPROVED_REGISTRATIONS: true }
    expect(await autoCloseRegistrations({ ...ctx, config: { ...ctx.config, env } })).toBe(false)
    const listed = { ...ctx.config.env, EMAIL_DOMAIN_ALLOWLIST: 'a.test' }
    expect(await autoCloseRegistrations({ ...ctx, config: { ...ctx.config, env: listed } })).toBe(false)
  })
})
