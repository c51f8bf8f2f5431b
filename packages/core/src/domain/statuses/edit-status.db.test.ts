import type { StatusRow } from '@anancus/db'
import { factories } from '@anancus/db/testing/make'
import { type Cast, castOf } from '../../../testing/cast.ts'
import { closeTestContext, testContext } from '../../../testing/context.ts'
import { drainQueues, peekQueues } from '../../../testing/drain-queues.ts'
import { resetDatabase } from '../../../testing/reset.ts'
import { fixedClock } from '../../kernel/clock.ts'
import { sentActivities } from '../../../testing/sent-activities.ts'
import type { Ctx } from '../../kernel/context.ts'
import { NotFoundError } from '../../kernel/errors.ts'
import { distributeStatus, type EditParams, editStatus, publishStatus, type StatusParams } from './index.ts'

const IGNORE = { ignore: ['statuses.distribute', 'federation.deliver'] }

let ctx: Ctx
let cast: Cast
let make: ReturnType<typeof factories>

beforeAll(async () => {
  ctx = await testContext()
})
beforeEach(async () => {
  await resetDatabase(ctx)
  cast = await castOf(ctx)
  make = factories(ctx.db)
})
afterAll(() => closeTestContext(ctx))

async function published(params: StatusParams): Promise<StatusRow> {
  const status = await publishStatus(ctx, cast.alice.account, params)
  await drainQueues(ctx, IGNORE)
  return status
}
const edit = (status: StatusRow, params: EditParams) => editStatus(ctx, cast.alice.account, status, params)
const editsOf = (status: StatusRow) => ctx.db('status_edits').where({ status_id: status.id }).orderBy('id')

it('replaces everything: what is absent is emptied, language and quote policy stay', async () => {
  const media = await make.media({ account: cast.alice.account })
  const status = await published({
    status: 'old',
    spoilerText: 'careful',
    sensitive: true,
    language: 'de',
    mediaIds: [media.id],
    quoteApprovalPolicy: 'followers',
  })
  const after = await edit(status, { status: 'new' })
  expect(after).toMatchObject({
    text: 'new',
    spoiler_text: '',
    sensitive: false,
    language: 'de',
    ordered_media_attachment_ids: [],
    quote_approval_policy: status.quote_approval_policy,
    visibility: status.visibility,
    created_at: status.created_at,
  })
  expect(after.edited_at).not.toBeNull()
})

it('a warning without a text becomes the text', async () => {
  const status = await published({ status: 'old' })
  expect(await edit(status, { spoilerText: 'only this' })).toMatchObject({
    text: 'only this',
    spoiler_text: '',
  })
})

it('keeps what the status was, descriptions included, and adds one version an edit', async () => {
  const media = await make.media({ account: cast.alice.account, description: 'before' })
  const status = await published({ status: 'one', mediaIds: [media.id] })
  const second = await edit(status, {
    status: 'two',
    mediaIds: [media.id],
    mediaAttributes: [{ id: media.id, description: 'after', focus: '0.5,-2' }],
  })
  await edit(second, { status: 'three' })
  const edits = await editsOf(status)
  expect(edits.map((row) => [row.text, row.media_descriptions])).toEqual([
    ['one', ['before']],
    ['two', ['after']],
    ['three', []],
  ])
  expect(edits[0].created_at).toEqual(status.created_at)
  const row = await ctx.db('media_attachments').where({ id: media.id }).first()
  expect(row).toMatchObject({ description: 'after', status_id: status.id })
  expect(row.file_meta.focus).toEqual({ x: 0.5, y: -1 })
})

it('records and sends nothing when nothing changes', async () => {
  const status = await published({ status: 'same', spoilerText: 'cw' })
  const after = await edit(status, { status: ' same ', spoilerText: 'cw' })
  expect(after.edited_at).toBeNull()
  expect(await editsOf(status)).toHaveLength(0)
  expect(await peekQueues(ctx)).toEqual([])
})

it('a new quote policy is told to other servers without being an edit', async () => {
  await make.follow({ account: cast.carol, target: cast.alice.account })
  const status = await published({ status: 'same' })
  const after = await edit(status, { status: 'same', quoteApprovalPolicy: 'nobody' })
  expect(after).toMatchObject({ edited_at: null, quote_approval_policy: 0 })
  expect(await peekQueues(ctx)).toEqual([
    { name: 'statuses.distribute', payload: { statusId: status.id, kind: 'refresh' } },
  ])
  await distributeStatus(ctx, { statusId: status.id, kind: 'refresh' })
  expect(await peekQueues(ctx)).not.toContainEqual(expect.objectContaining({ name: 'notifications.notify' }))
  const [sent] = await sentActivities(ctx)
  expect(sent?.activity).toMatchObject({ type: 'Update', object: { type: 'Note' } })
  expect(sent?.activity.object).not.toHaveProperty('updated')
})

it('is newer by a second than what other servers know, however quick', async () => {
  const now = new Date('2026-05-05T10:00:00.100Z')
  const clocked = { ...ctx, clock: fixedClock(now) }
  const status = await publishStatus(clocked, cast.alice.account, { status: 'one' })
  const first = await editStatus(clocked, cast.alice.account, status, { status: 'two' })
  const second = await editStatus(clocked, cast.alice.account, first, { status: 'three' })
  expect(first.edited_at?.toISOString()).toBe('2026-05-05T10:00:01.100Z')
  expect(second.edited_at?.toISOString()).toBe('2026-05-05T10:00:02.100Z')
})

it('mentions no longer made become silent, new ones speak, silent ones speak again', async () => {
  const status = await published({ status: '@bob hello' })
  const mentions = () => ctx.db('mentions').where({ status_id: status.id }).orderBy('id')
  const second = await edit(status, { status: '@eve hello' })
  expect((await mentions()).map((row) => [row.account_id, row.silent])).toEqual([
    [cast.bob.account.id, true],
    [cast.eve.account.id, false],
  ])
  await edit(second, { status: '@bob hello' })
  expect((await mentions()).map((row) => [row.account_id, row.silent])).toEqual([
    [cast.bob.account.id, false],
    [cast.eve.account.id, true],
  ])
})

it('hashtags follow the text, and forbidden ones are refused unless they were there', async () => {
  const status = await published({ status: '#one #two' })
  await ctx.db('tags').where({ name: 'one' }).update({ usable: false })
  const names = async () =>
    ctx
      .db('statuses_tags')
      .join('tags', 'tags.id', 'tag_id')
      .where({ status_id: status.id })
      .orderBy('name')
      .pluck('name')
  await edit(status, { status: '#one #three' })
  expect(await names()).toEqual(['one', 'three'])
  await make.tag({ name: 'bad', usable: false })
  await expect(edit(status, { status: '#bad' })).rejects.toThrow('contained a disallowed hashtag: bad')
  expect(await names()).toEqual(['one', 'three'])
})

it.each([
  [{}, "Validation failed: Text can't be blank"],
  [{ status: 'x'.repeat(501) }, 'character limit of 500 exceeded'],
  [{ status: 'x', mediaIds: ['5'] }, 'Media 5 not found or already attached to another post'],
])('refuses what publishing refuses: %#', async (params, message) => {
  const status = await published({ status: 'old' })
  await expect(edit(status, params)).rejects.toThrow(message)
  expect((await ctx.db('statuses').where({ id: status.id }).first()).text).toBe('old')
})

it("is for the author's own statuses, not for reblogs or deleted ones", async () => {
  const others = await make.status({ account: cast.bob.account })
  const reblog = await make.status({ account: cast.alice.account, reblogOf: others })
  const gone = await make.status({ account: cast.alice.account, deleted_at: new Date() })
  for (const status of [others, reblog, gone])
    await expect(edit(status, { status: 'x' })).rejects.toThrow(NotFoundError)
})

it('takes parallel edits one after the other', async () => {
  const status = await published({ status: 'zero' })
  await Promise.all(['a', 'b', 'c'].map((text) => edit(status, { status: text })))
  expect(await editsOf(status)).toHaveLength(4)
})
