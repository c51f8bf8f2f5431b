import { factories } from '@anancus/db/testing/make'
import { type Cast, castOf } from '../../../testing/cast.ts'
import { closeTestContext, type TestContext, testContext } from '../../../testing/context.ts'
import { drainQueues, registerHandlers } from '../../../testing/drain-queues.ts'
import { allHandlers } from '../../../testing/handlers.ts'
import { resetDatabase } from '../../../testing/reset.ts'
import { renderNotifications } from '../../entities/index.ts'
import { savePreferences } from '../settings/index.ts'
import {
  actOnAccount,
  appealStrike,
  approveAppeal,
  noteAccount,
  rejectAppeal,
  unnoteAccount,
} from './index.ts'

let ctx: TestContext
let cast: Cast
let make: ReturnType<typeof factories>

beforeAll(async () => {
  ctx = await testContext()
})
afterAll(() => closeTestContext(ctx))
beforeEach(async () => {
  await resetDatabase(ctx)
  cast = await castOf(ctx)
  make = factories(ctx.db)
})

const strike = (type: string) => actOnAccount(ctx, cast.mo, cast.alice.account.id, { type, isTold: false })
const account = () => ctx.db('accounts').where({ id: cast.alice.account.id }).first()
const user = () => ctx.db('users').where({ id: cast.alice.user.id }).first()

describe('an appeal', () => {
  it('is made once, by whom the strike is about, within twenty days, in words', async () => {
    const { id } = await strike('silence')
    await expect(appealStrike(ctx, cast.bob, id, 'not me')).rejects.toMatchObject({ status: 404 })
    await expect(appealStrike(ctx, cast.alice, '999999', 'none')).rejects.toMatchObject({ status: 404 })
    await expect(appealStrike(ctx, cast.alice, id, ' ')).rejects.toMatchObject({ status: 422 })
    await expect(appealStrike(ctx, cast.alice, id, 'x'.repeat(2001))).rejects.toMatchObject({ status: 422 })
    await ctx.db('account_warnings').update({ created_at: new Date(Date.now() - 21 * 86_400_000) })
    await expect(appealStrike(ctx, cast.alice, id, 'late')).rejects.toMatchObject({ status: 403 })
    await ctx.db('account_warnings').update({ created_at: new Date() })
    await appealStrike(ctx, cast.alice, id, 'Please')
    await expect(appealStrike(ctx, cast.alice, id, 'again')).rejects.toMatchObject({ status: 403 })
    expect(await ctx.db('appeals').pluck('text')).toEqual(['Please'])
  })

  it.each([
    ['silence', async () => (await account()).silenced_at],
    ['sensitive', async () => (await account()).sensitized_at],
    ['suspend', async () => (await account()).suspended_at],
    ['disable', async () => (await user()).disabled || null],
  ])('against %s, when agreed to, takes it back', async (type, restriction) => {
    const warning = await strike(type)
    expect(await restriction()).not.toBeNull()
    const appeal = await appealStrike(ctx, cast.alice, warning.id, 'Please')
    await approveAppeal(ctx, cast.ada, appeal.id)
    expect(await restriction()).toBeNull()
    expect(await ctx.db('account_warnings').first()).toMatchObject({ overruled_at: expect.any(Date) })
    expect(await ctx.db('admin_action_logs').orderBy('id', 'desc').first()).toMatchObject({
      action: 'approve',
      target_type: 'Appeal',
      human_identifier: 'alice',
    })
  })

  it('is decided once, by who may, and the strike stays when it is refused', async () => {
    const warning = await strike('silence')
    const appeal = await appealStrike(ctx, cast.alice, warning.id, 'Please')
    await expect(approveAppeal(ctx, cast.alice, appeal.id)).rejects.toMatchObject({ status: 403 })
    await rejectAppeal(ctx, cast.ada, appeal.id)
    await expect(approveAppeal(ctx, cast.ada, appeal.id)).rejects.toMatchObject({ status: 403 })
    expect((await account()).silenced_at).not.toBeNull()
    await expect(approveAppeal(ctx, cast.ada, '999999')).rejects.toMatchObject({ status: 404 })
    const row = await make.notification({
      account: cast.alice.account,
      from: cast.alice.account,
      type: 'moderation_warning',
      activity: warning,
    })
    const [told] = await renderNotifications(ctx, cast.alice, [row])
    expect(told?.moderation_warning).toMatchObject({
      action: 'silence',
      appeal: { text: 'Please', state: 'rejected' },
    })
  })
})

describe('the mails about an appeal', () => {
  const sent = async () => {
    ctx.mailer.sent.length = 0
    await drainQueues(ctx)
    return ctx.mailer.sent
  }

  it('tell those who decide of it, as far as they want, and then its author', async () => {
    registerHandlers(allHandlers)
    await savePreferences(ctx, cast.mo.user, { 'notification_emails.appeal': false })
    const warning = await strike('silence')
    const appeal = await appealStrike(ctx, cast.alice, warning.id, 'Please <b>')
    const [asked, ...others] = await sent()
    expect(others).toEqual([])
    expect(asked?.to).toBe(cast.ada.user.email)
    expect(asked?.text).toContain('Please <b>')
    expect(asked?.text).toContain(`https://social.test/disputes/strikes/${warning.id}`)
    expect(asked?.html).toContain('Please &lt;b&gt;')
    await rejectAppeal(ctx, cast.ada, appeal.id)
    const [told] = await sent()
    expect(told?.to).toBe(cast.alice.user.email)
    expect(told?.subject).toMatch(/^Your appeal of .* was turned down$/)
  })
})

describe('a note about an account', () => {
  it('is kept for moderators, and taken away', async () => {
    const { id } = cast.alice.account
    await expect(noteAccount(ctx, cast.bob, id, 'x')).rejects.toMatchObject({ status: 403 })
    await expect(noteAccount(ctx, cast.mo, id, '')).rejects.toMatchObject({ status: 422 })
    await expect(noteAccount(ctx, cast.mo, '1', 'x')).rejects.toMatchObject({ status: 404 })
    const note = await noteAccount(ctx, cast.mo, id, 'Keep an eye')
    expect(await ctx.db('account_moderation_notes').first()).toMatchObject({
      account_id: cast.mo.account.id,
      target_account_id: id,
      content: 'Keep an eye',
    })
    await expect(unnoteAccount(ctx, cast.mo, cast.bob.account.id, note)).rejects.toMatchObject({
      status: 404,
    })
    await unnoteAccount(ctx, cast.mo, id, note)
    expect(await ctx.db('account_moderation_notes').select()).toEqual([])
  })
})
