import type { StatusRow } from '@anancus/db'
import { factories } from '@anancus/db/testing/make'
import { type Cast, castOf } from '../../../testing/cast.ts'
import { closeTestContext, testContext } from '../../../testing/context.ts'
import { drainQueues, peekQueues, registerHandlers } from '../../../testing/drain-queues.ts'
import { allHandlers } from '../../../testing/handlers.ts'
import { resetDatabase } from '../../../testing/reset.ts'
import { sentActivities } from '../../../testing/sent-activities.ts'
import type { Quote } from '../../entities/types/index.ts'
import { renderStatus, renderStatusEdits } from '../../entities/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { actorUri } from '../../kernel/uris.ts'
import type { Viewer } from '../../kernel/viewer.ts'
import { automaticPolicy } from '../../policies/audiences.ts'
import {
  changeQuotePolicy,
  distributeStatus,
  editStatus,
  listQuotes,
  publishStatus,
  removeStatus,
  revokeQuote,
  type StatusParams,
} from './index.ts'

let ctx: Ctx
let cast: Cast
let make: ReturnType<typeof factories>

beforeAll(async () => {
  ctx = await testContext()
  registerHandlers(allHandlers)
})
beforeEach(async () => {
  await resetDatabase(ctx)
  cast = await castOf(ctx)
  make = factories(ctx.db)
})
afterAll(() => closeTestContext(ctx))

const OPEN = automaticPolicy('public')
const GONE = 'The post you are trying to quote does not appear to exist.'
const open = (values: Parameters<typeof make.status>[0] = {}) =>
  make.status({ account: cast.bob.account, quote_approval_policy: OPEN, ...values })
const quote = (quoted: StatusRow, params: StatusParams = {}, who: Viewer = cast.alice) =>
  publishStatus(ctx, who.account, { status: 'look', quotedStatusId: quoted.id, ...params })
const rowOf = (status: StatusRow) => ctx.db('quotes').where({ status_id: status.id }).first()
const countOf = async (status: StatusRow) =>
  Number((await ctx.db('status_stats').where({ status_id: status.id }).first())?.quotes_count ?? 0)
const shown = async (status: StatusRow, viewer: Viewer | null = null) =>
  (await renderStatus(ctx, viewer, status.id)).quote as Quote | null
const drain = () => drainQueues(ctx, { ignore: ['federation.deliver'] })
async function told(): Promise<unknown[]> {
  await drain()
  return ctx.db('notifications').orderBy('id').select('account_id', 'type', 'from_account_id', 'activity_id')
}

describe('quoting', () => {
  it('stands at once when the quoted one is ours: counted, told, shown', async () => {
    const quoted = await open()
    const status = await quote(quoted)
    const row = await rowOf(status)
    expect(row).toMatchObject({ state: 1, quoted_account_id: cast.bob.account.id, activity_uri: null })
    expect(await countOf(quoted)).toBe(1)
    expect(await shown(status)).toMatchObject({ state: 'accepted', quoted_status: { id: quoted.id } })
    expect(await told()).toEqual([
      {
        account_id: cast.bob.account.id,
        type: 'quote',
        from_account_id: cast.alice.account.id,
        activity_id: row.id,
      },
    ])
    const named = await renderStatus(ctx, null, status.id)
    expect(named.content).toContain('<p class="quote-inline">RE: <a')
    expect(named.mentions).toEqual([])
  })

  it('needs no text, and keeps a warning a warning', async () => {
    const quoted = await open()
    expect(await quote(quoted, { status: '' })).toMatchObject({ text: '' })
    expect(await quote(quoted, { status: '', spoilerText: 'careful' })).toMatchObject({
      text: '',
      spoiler_text: 'careful',
      sensitive: true,
    })
    await expect(quote(quoted, { status: '', spoilerText: 'x'.repeat(501) })).rejects.toThrow('500 exceeded')
  })

  it('follows the policy of the author', async () => {
    const followers = await open({ quote_approval_policy: automaticPolicy('followers') })
    await expect(quote(followers)).rejects.toThrow(GONE)
    await make.follow({ account: cast.alice.account, target: cast.bob.account })
    await quote(followers)
    await expect(quote(await open({ quote_approval_policy: 0 }))).rejects.toThrow(GONE)
    await quote(await make.status({ account: cast.alice.account, quote_approval_policy: 0 }))
  })

  it('SEC-PRIV-07 quotes nothing that is hidden or not for everybody, and tells them not apart', async () => {
    await make.follow({ account: cast.alice.account, target: cast.bob.account })
    const hidden = [
      await open({ visibility: 'private' }),
      await open({ visibility: 'direct' }),
      await open({ visibility: 'direct', mentions: [cast.alice.account] }),
      await open({ deleted_at: new Date() }),
    ]
    for (const status of hidden) await expect(quote(status)).rejects.toThrow(GONE)
    for (const quotedStatusId of ['1', 'nonsense'])
      await expect(publishStatus(ctx, cast.alice.account, { status: 'x', quotedStatusId })).rejects.toThrow(
        GONE,
      )
    expect(await ctx.db('quotes')).toEqual([])
  })

  it('SEC-PRIV-24 quotes nobody across a block, whoever blocks; nobody is told', async () => {
    const byMallory = await open({ account: cast.mallory.account })
    await expect(quote(byMallory)).rejects.toThrow(GONE)
    const byAlice = await open({ account: cast.alice.account })
    await expect(quote(byAlice, {}, cast.mallory)).rejects.toThrow(GONE)
    await ctx
      .db('account_domain_blocks')
      .insert({ account_id: cast.alice.account.id, domain: 'mastodon.example' })
    await expect(quote(await open({ account: cast.carol }))).rejects.toThrow(GONE)
    expect(await told()).toEqual([])
  })

  it('SEC-ORG-08 quotes of a reblog what it reblogs, by the rules of its author', async () => {
    const original = await open()
    const reblog = await make.status({
      account: cast.eve.account,
      reblogOf: original,
      quote_approval_policy: OPEN,
    })
    const status = await quote(reblog)
    expect(await rowOf(status)).toMatchObject({ quoted_status_id: original.id })
    const denied = await open({ quote_approval_policy: 0 })
    const around = await make.status({
      account: cast.eve.account,
      reblogOf: denied,
      quote_approval_policy: OPEN,
    })
    await expect(quote(around, {}, cast.mallory)).rejects.toThrow(GONE)
  })

  it('keeps what is for followers among followers', async () => {
    const own = await make.status({ account: cast.alice.account, visibility: 'private' })
    for (const visibility of ['public', 'unlisted', 'private'])
      expect(await quote(own, { visibility })).toMatchObject({ visibility: 2 })
    expect(await quote(own, { visibility: 'direct' })).toMatchObject({ visibility: 3 })
  })

  it('quotes in a private letter only whom it is written to', async () => {
    const quoted = await open()
    await expect(quote(quoted, { visibility: 'direct', status: 'hm' })).rejects.toThrow(
      'Validation failed: Cannot quote a non-mentioned user in a Private Mention post.',
    )
    expect(await quote(quoted, { visibility: 'direct', status: '@bob hm' })).toMatchObject({ visibility: 3 })
  })

  it('waits for the author of another server, who is asked by their own inbox', async () => {
    const quoted = await open({ account: cast.carol })
    const status = await quote(quoted, { visibility: 'private' })
    const row = await rowOf(status)
    expect(row).toMatchObject({ state: 0, approval_uri: null })
    expect(await shown(status, cast.alice)).toEqual({ state: 'pending', quoted_status: null })
    expect(await countOf(quoted)).toBe(0)
    await distributeStatus(ctx, { statusId: status.id, kind: 'create' })
    const sent = await sentActivities(ctx)
    const request = sent.find(({ activity }) => activity.type === 'QuoteRequest')
    expect(request?.inboxUrl).toBe(cast.carol.inbox_url)
    expect(request?.activity).toMatchObject({
      id: row.activity_uri,
      object: quoted.uri,
      instrument: { id: status.uri, quote: quoted.uri, quoteUri: quoted.uri, quoteUrl: quoted.uri },
    })
    expect(row.activity_uri).toMatch(/\/quote_requests\/[0-9a-f-]{36}$/)
    const create = sent.find(({ activity }) => activity.type === 'Create')?.activity.object
    expect(create).toMatchObject({ _misskey_quote: quoted.uri, tag: [{ type: 'Link', href: quoted.uri }] })
    expect(create).not.toHaveProperty('quoteAuthorization')
    expect(JSON.stringify(create)).not.toContain(cast.carol.uri + '"')
    expect((await peekQueues(ctx)).filter((job) => job.name === 'notifications.notify')).toEqual([])
  })
})

describe('afterwards', () => {
  it('an edit keeps the quote and may empty the text; who quotes the edited one is told', async () => {
    const quoted = await open()
    const status = await quote(quoted)
    await drain()
    const edited = await editStatus(ctx, cast.alice.account, status, { status: '', spoilerText: 'hm' })
    expect(edited).toMatchObject({ text: '', spoiler_text: 'hm' })
    expect((await renderStatusEdits(ctx, null, status.id)).map((edit) => edit.quote?.state)).toEqual([
      'accepted',
      'accepted',
    ])
    await ctx.db('notifications').delete()
    await drain()
    await editStatus(ctx, cast.bob.account, quoted, { status: 'other words' })
    expect(await told()).toEqual([
      {
        account_id: cast.alice.account.id,
        type: 'quoted_update',
        from_account_id: cast.bob.account.id,
        activity_id: status.id,
      },
    ])
  })

  it('a deleted quote counts no longer; a deleted original shows as deleted', async () => {
    const quoted = await open()
    const [first, second] = [await quote(quoted), await quote(quoted)]
    await removeStatus(ctx, first)
    expect(await countOf(quoted)).toBe(1)
    await removeStatus(ctx, first)
    expect(await countOf(quoted)).toBe(1)
    await removeStatus(ctx, quoted)
    await drain()
    expect(await shown(second)).toEqual({ state: 'deleted', quoted_status: null })
  })

  it('is revoked by the quoted author alone, once and for all; other servers are told', async () => {
    const quoted = await open()
    await make.follow({ account: cast.carol, target: cast.alice.account })
    const status = await quote(quoted)
    await drain()
    await expect(revokeQuote(ctx, cast.alice, quoted, status.id)).rejects.toThrow(
      'This action is not allowed',
    )
    await expect(revokeQuote(ctx, cast.bob, quoted, quoted.id)).rejects.toThrow('Record not found')
    expect(await revokeQuote(ctx, cast.bob, quoted, status.id)).toBe(status.id)
    expect(await rowOf(status)).toMatchObject({ state: 3 })
    expect(await countOf(quoted)).toBe(0)
    expect(await shown(status)).toEqual({ state: 'revoked', quoted_status: null })
    const { id } = await rowOf(status)
    const [sent] = await sentActivities(ctx)
    const author = actorUri(ctx.config, cast.bob.account)
    expect(sent?.activity).toMatchObject({
      type: 'Delete',
      object: {
        id: `${author}/quote_authorizations/${id}`,
        type: 'QuoteAuthorization',
        interactingObject: status.uri,
        interactionTarget: `${author}/statuses/${quoted.id}`,
      },
    })
    await drain()
    await revokeQuote(ctx, cast.bob, quoted, status.id)
    expect(await countOf(quoted)).toBe(0)
    expect(await peekQueues(ctx)).toEqual([])
  })

  it('a quote that nobody may see is not there to be revoked by a stranger', async () => {
    const quoted = await open()
    const status = await quote(quoted, { visibility: 'private' })
    await expect(revokeQuote(ctx, cast.eve, quoted, status.id)).rejects.toThrow('Record not found')
  })

  it('a new policy is no edit, and lets those stand who quoted before', async () => {
    const quoted = await publishStatus(ctx, cast.bob.account, { status: 'mine' })
    const status = await quote(quoted)
    await drain()
    await ctx.db('notifications').delete()
    const change = (who: Viewer, wanted?: string, of = quoted) =>
      changeQuotePolicy(ctx, who.account, of, wanted, who)
    await change(cast.bob, 'nobody')
    expect(await ctx.db('statuses').where({ id: quoted.id }).first()).toMatchObject({
      quote_approval_policy: 0,
      edited_at: null,
    })
    expect(await peekQueues(ctx)).toEqual([
      { name: 'statuses.distribute', payload: { statusId: quoted.id, kind: 'refresh' } },
    ])
    expect(await told()).toEqual([])
    expect(await shown(status)).toMatchObject({ state: 'accepted' })
    await change(cast.bob, 'nobody')
    expect(await peekQueues(ctx)).toEqual([])
    await change(cast.bob)
    expect(await ctx.db('statuses').where({ id: quoted.id }).first()).toMatchObject({
      quote_approval_policy: OPEN,
    })
    await expect(change(cast.bob, 'friends')).rejects.toThrow('Record invalid')
    await expect(change(cast.alice, 'public')).rejects.toThrow('This action is not allowed')
    const hidden = await publishStatus(ctx, cast.bob.account, { status: 'x', visibility: 'private' })
    await change(cast.bob, 'public', hidden)
    expect(await ctx.db('statuses').where({ id: hidden.id }).first()).toMatchObject({
      quote_approval_policy: 0,
    })
  })
})

describe('the list of quotes', () => {
  it('has those that stand, as far as the viewer may see and wants to see them', async () => {
    const quoted = await open()
    const first = await quote(quoted)
    const hidden = await quote(quoted, { visibility: 'private' }, cast.eve)
    const blocked = await quote(quoted, {}, cast.mallory)
    const pending = await make.status({ account: cast.carol, quoteOf: quoted, quoteState: 0 })
    const listed = async (viewer: Viewer | null) =>
      (await listQuotes(ctx, viewer, quoted, { limit: 20 })).statusIds
    expect(await listed(null)).toEqual([blocked.id, first.id])
    expect(await listed(cast.alice)).toEqual([first.id])
    expect(await listed(cast.bob)).toEqual([blocked.id, hidden.id, first.id])
    expect(await listed(cast.bob)).not.toContain(pending.id)
    const page = await listQuotes(ctx, cast.alice, quoted, { limit: 2 })
    expect(page.entries.map((entry) => entry.status_id)).toEqual([blocked.id, hidden.id])
    expect(page.statusIds).toEqual([])
  })
})
