import { factories } from '@anancus/db/testing/make'
import { closeTestContext, type TestContext, testContext } from '../../../testing/context.ts'
import { drainQueues, registerHandlers } from '../../../testing/drain-queues.ts'
import { allHandlers } from '../../../testing/handlers.ts'
import { resetDatabase } from '../../../testing/reset.ts'
import { createAnnouncement, publishTerms, readTerms, saveTermsDraft } from '../instance/index.ts'
import { findUser, mailAnnouncement, noteTermsSeen } from './index.ts'

let ctx: TestContext
let make: ReturnType<typeof factories>

beforeAll(async () => {
  ctx = await testContext()
  make = factories(ctx.db)
  registerHandlers(allHandlers)
})
afterAll(() => closeTestContext(ctx))
beforeEach(async () => {
  await resetDatabase(ctx)
  ctx.mailer.sent.length = 0
})

const DAY_MS = 86_400_000
const ago = (days: number) => new Date(Date.now() - days * DAY_MS)
const dayAt = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10)
const user = async (values: object, account = {}) =>
  (await make.user({ created_at: ago(900), current_sign_in_at: ago(1), ...values, account })).user

describe('publishTerms', () => {
  const values = { text: '# Terms', changelog: 'Now *stricter* <b>', effectiveDate: dayAt(10) }

  it('mails who was here within a year and puts the terms before the others', async () => {
    const active = await user({ email: 'active@mail.test' })
    const away = await user({ email: 'away@mail.test', current_sign_in_at: ago(400) })
    const banned = await user({ email: 'banned@mail.test' }, { suspended_at: ago(2) })
    await user({ email: 'new@mail.test', confirmed_at: null })
    await publishTerms(ctx, values)
    await drainQueues(ctx)
    expect(ctx.mailer.sent.map(({ to }) => to)).toEqual(['active@mail.test'])
    const [mail] = ctx.mailer.sent
    expect(mail?.isBulk).toBe(true)
    expect(mail?.text).toContain('Now stricter <b>')
    expect(mail?.html).toContain('Now stricter &lt;b&gt;')
    expect(mail?.html).toContain(`https://social.test/terms-of-service/${values.effectiveDate}`)
    const flags = await ctx.db('users').whereIn('id', [active.id, away.id, banned.id]).orderBy('id')
    expect(flags.map((row) => row.require_tos_interstitial)).toEqual([false, true, true])
    const viewer = await findUser(ctx, away.id)
    if (viewer) await noteTermsSeen(ctx, viewer)
    expect((await findUser(ctx, away.id))?.user.require_tos_interstitial).toBe(false)
  })

  it('takes one draft over, and refuses days that are over or taken', async () => {
    await saveTermsDraft(ctx, { text: 'draft' })
    await publishTerms(ctx, values)
    expect(await ctx.db('terms_of_services').pluck('text')).toEqual(['# Terms'])
    await expect(publishTerms(ctx, values)).rejects.toThrow('Effective date has already been taken')
    await expect(publishTerms(ctx, { ...values, effectiveDate: dayAt(-1) })).rejects.toThrow('too soon')
    await expect(publishTerms(ctx, { ...values, effectiveDate: '2030-02-31' })).rejects.toThrow('is invalid')
    await expect(publishTerms(ctx, { ...values, changelog: ' ' })).rejects.toThrow('Changelog')
    await expect(saveTermsDraft(ctx, { text: ' ' })).rejects.toThrow("Text can't be blank")
  })

  it('shows each version with its successor', async () => {
    await ctx.db('terms_of_services').insert({
      text: 'Old at %{domain}',
      published_at: ago(30),
      effective_date: dayAt(-20),
    })
    await publishTerms(ctx, values)
    expect(await readTerms(ctx)).toEqual({
      effective_date: dayAt(-20),
      effective: true,
      content: '<p>Old at social.test</p>',
      succeeded_by: dayAt(10),
    })
    expect(await readTerms(ctx, dayAt(10))).toMatchObject({ effective: false, succeeded_by: null })
    await expect(readTerms(ctx, 'nonsense')).rejects.toThrow('Record not found')
  })
})

describe('mailAnnouncement', () => {
  it('writes to everyone, once', async () => {
    await user({ email: 'one@mail.test' })
    await user({ email: 'two@mail.test', current_sign_in_at: null })
    await user({ email: 'gone@mail.test' }, { suspended_at: ago(1) })
    const { id } = await createAnnouncement(ctx, { text: 'We move\n\non <i>Monday' })
    for (let time = 0; time < 2; time += 1) {
      await mailAnnouncement(ctx, id)
      await drainQueues(ctx)
    }
    expect(ctx.mailer.sent.map(({ to }) => to).sort()).toEqual(['one@mail.test', 'two@mail.test'])
    expect(ctx.mailer.sent[0]?.html).toContain('on &lt;i&gt;Monday')
  })

  it('writes of nothing that is not published', async () => {
    const draft = await createAnnouncement(ctx, { text: 'Draft' }, { isDraft: true })
    await expect(mailAnnouncement(ctx, draft.id)).rejects.toThrow('Record not found')
  })
})
