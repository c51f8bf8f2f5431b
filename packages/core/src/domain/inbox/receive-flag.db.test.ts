import type { Factories } from '@anancus/db/testing/make'
import { deliver, knock } from '../../../testing/deliver.ts'
import { drainQueues, peekQueues } from '../../../testing/drain-queues.ts'
import { useFederation } from '../../../testing/federation.ts'
import { activity, type Remote, type RemoteActor } from '../../../testing/remote.ts'
import type { Ctx } from '../../kernel/context.ts'
import type { Viewer } from '../../kernel/viewer.ts'

const world = useFederation(['far', 'other'])
const { uriOf, noteUri, met } = world
let ctx: Ctx
let make: Factories
let alice: Viewer
let far: Remote
let speaker: RemoteActor

beforeEach(() => {
  ;({ ctx, make, alice } = world)
  far = world.host('far')
  speaker = far.actor('far.instance')
})

const flag = (object: unknown, more: Record<string, unknown> = {}) => activity(speaker, 'Flag', object, more)
const reports = () => ctx.db('reports').orderBy('id').select()

describe('Flag', () => {
  it('SEC-PRIV-18 becomes a report by its signer, with the posts its server may know', async () => {
    const open = await make.status({ account: alice.account })
    const followersOnly = await make.status({ account: alice.account, visibility: 'private' })
    const direct = await make.status({ account: alice.account, visibility: 'direct' })
    const other = await make.status()
    const sent = flag(
      [
        uriOf(alice.account),
        ...[open, followersOnly, direct].map((status) => noteUri(status, alice.account)),
        noteUri(other, await ctx.db('accounts').where({ id: other.account_id }).first()),
      ],
      { content: 'rude <b>words</b>' },
    )
    await deliver(ctx, speaker, sent)
    expect(await reports()).toEqual([
      expect.objectContaining({
        account_id: (await world.accountOf(speaker))?.id,
        target_account_id: alice.account.id,
        comment: 'rude <b>words</b>',
        status_ids: [open.id],
        category: 0,
        uri: sent.id,
        forwarded: false,
      }),
    ])
  })

  it('names what its server has a reader of', async () => {
    const account = await met(speaker)
    await make.follow({ account, target: alice.account })
    const followersOnly = await make.status({ account: alice.account, visibility: 'private' })
    const direct = await make.status({ account: alice.account, visibility: 'direct', mentions: [account] })
    await deliver(
      ctx,
      speaker,
      flag([uriOf(alice.account), noteUri(followersOnly, alice.account), noteUri(direct, alice.account)]),
    )
    expect((await reports())[0].status_ids).toEqual([followersOnly.id, direct.id])
  })

  it('with the account alone finds the posts in its text, as Misskey writes them', async () => {
    const status = await make.status({ account: alice.account })
    const content = `Note: ${noteUri(status, alice.account)}\n-----\nspam`
    await deliver(ctx, speaker, flag(uriOf(alice.account), { content }))
    expect((await reports())[0]).toMatchObject({ status_ids: [status.id], comment: content })
  })

  it('comes once, however often it is sent, and needs no addressing and no id', async () => {
    const sent = flag(uriOf(alice.account))
    await deliver(ctx, speaker, sent)
    await deliver(ctx, speaker, { ...sent, content: 'again' })
    expect(await reports()).toHaveLength(1)
  })

  it('is cut at 5,000 characters', async () => {
    await deliver(ctx, speaker, flag(uriOf(alice.account), { content: '😀'.repeat(6000) }))
    expect(Array.from((await reports())[0].comment as string)).toHaveLength(5000)
  })

  it('is not wanted of a server whose reports are rejected', async () => {
    await met(speaker)
    await ctx
      .db('domain_blocks')
      .insert({ domain: new URL(speaker.uri).host, severity: 2, reject_reports: true })
    await deliver(ctx, speaker, flag(uriOf(alice.account)))
    expect(await reports()).toEqual([])
  })

  it('SEC-PRIV-23 is not kept about a suspended account', async () => {
    await ctx.db('accounts').where({ id: alice.account.id }).update({ suspended_at: new Date() })
    await deliver(ctx, speaker, flag(uriOf(alice.account)))
    expect(await reports()).toEqual([])
  })

  it('about a remote account is kept only when its posts answer somebody of ours; nothing is fetched', async () => {
    const other = world.host('other')
    const dan = other.actor('dan')
    const account = await met(dan)
    const mine = await make.status({ account: alice.account })
    const reply = await make.status({
      account,
      uri: `${dan.uri}/reply`,
      in_reply_to_id: mine.id,
      in_reply_to_account_id: alice.account.id,
    })
    other.requests.length = 0
    await deliver(ctx, speaker, flag([dan.uri, `${dan.uri}/unknown`]))
    expect(await reports()).toEqual([])
    await deliver(ctx, speaker, flag([dan.uri, `${dan.uri}/reply`]))
    expect(await reports()).toEqual([
      expect.objectContaining({ target_account_id: account.id, status_ids: [reply.id] }),
    ])
    expect(other.requests).toEqual([])
  })

  it('SEC-FED-05 of a fake instance actor is bounded, told as of its own server, and mails nobody twice', async () => {
    const role = await ctx.db('user_roles').where({ name: 'Moderator' }).first()
    const mo = await make.viewer({ account: { username: 'mo' }, role_id: role.id })
    const many = Array.from({ length: 10_000 }, (_, index) => `https://nowhere.example/${index}`)
    await deliver(ctx, speaker, flag([...many, uriOf(alice.account)], { content: 'forged' }))
    expect(await reports()).toEqual([])
    const targets = await Promise.all([1, 2, 3, 4].map(() => make.user()))
    for (const { account } of targets) await knock(ctx, speaker, flag(uriOf(account)))
    const jobsNamed = async (name: string) => (await peekQueues(ctx)).filter((job) => job.name === name)
    expect(await jobsNamed('activitypub.process')).toHaveLength(4)
    await drainQueues(ctx)
    expect(await reports()).toHaveLength(4)
    const toMo = ctx.mailer as unknown as { sent: { to: string; text: string }[] }
    const mails = toMo.sent.filter(({ to, text }) => to === mo.user.email && text.includes('has reported'))
    expect(mails).toHaveLength(1)
    expect(mails[0]?.text).toContain(`Somebody on ${new URL(speaker.uri).host}`)
    expect(
      await ctx.db('notifications').where({ account_id: mo.account.id, type: 'admin.report' }),
    ).toHaveLength(4)
  })
})
