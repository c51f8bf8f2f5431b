import type { MediaAttachmentRow, StatusRow } from '@anancus/db'
import { PROCESSING_STATES, stored, VISIBILITIES } from '@anancus/db'
import { factories } from '@anancus/db/testing/make'
import { type Cast, castOf } from '../../../testing/cast.ts'
import { closeTestContext, testContext } from '../../../testing/context.ts'
import { drainQueues, peekQueues } from '../../../testing/drain-queues.ts'
import { resetDatabase } from '../../../testing/reset.ts'
import type { Ctx } from '../../kernel/context.ts'
import { fixedClock } from '../../kernel/clock.ts'
import { NotFoundError, ValidationError } from '../../kernel/errors.ts'
import { publishOnce, publishStatus, type StatusParams, UnexpectedMentionsError } from './index.ts'

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

const publish = (params: StatusParams) => publishStatus(ctx, cast.alice.account, params)
const visibility = (status: StatusRow) => VISIBILITIES[status.visibility]
const statsOf = (id: string) => ctx.db('status_stats').where({ status_id: id }).first()
const mentionsOf = async (status: StatusRow): Promise<string[]> =>
  ctx.db('mentions').where({ status_id: status.id }).orderBy('id').pluck('account_id')

describe('what is stored', () => {
  it('keeps text, warning and address, and begins a conversation', async () => {
    const status = await publish({ status: '  hello  ', spoilerText: ' careful ', language: 'de' })
    expect(status).toMatchObject({
      text: 'hello',
      spoiler_text: 'careful',
      sensitive: true,
      language: 'de',
      local: true,
      reply: false,
      visibility: 0,
      uri: expect.stringMatching(new RegExp(`/statuses/${'\\d+'}$`)),
    })
    expect(status.uri).toContain(status.id)
    const conversation = await ctx.db('conversations').where({ id: status.conversation_id }).first()
    expect(conversation).toMatchObject({
      parent_status_id: status.id,
      parent_account_id: cast.alice.account.id,
    })
  })

  it('takes a warning without a text for the text', async () => {
    const status = await publish({ status: ' ', spoilerText: 'only this' })
    expect(status).toMatchObject({ text: 'only this', spoiler_text: '', sensitive: true })
  })

  it("has the author's defaults", async () => {
    const settings = { default_privacy: 'unlisted', default_sensitive: true, default_language: 'fr' }
    await ctx
      .db('users')
      .where({ id: cast.alice.user.id })
      .update({ settings: JSON.stringify(settings) })
    const status = await publish({ status: 'x' })
    expect(status).toMatchObject({ sensitive: true, language: 'fr' })
    expect(visibility(status)).toBe('unlisted')
  })

  it('is private by default for locked accounts, unlisted instead of public for limited ones', async () => {
    const locked = await make.viewer({ account: { locked: true } })
    const limited = await make.viewer({ account: { silenced_at: new Date() } })
    expect(visibility(await publishStatus(ctx, locked.account, { status: 'x' }))).toBe('private')
    expect(visibility(await publishStatus(ctx, limited.account, { status: 'x' }))).toBe('unlisted')
  })

  it('never stores a language that is none', async () => {
    expect((await publish({ status: 'x', language: 'klingon!' })).language).toBe('en')
  })

  it('lets nobody quote what is private', async () => {
    expect((await publish({ status: 'x', quoteApprovalPolicy: 'public' })).quote_approval_policy).toBe(
      2 << 16,
    )
    const hidden = await publish({ status: 'x', quoteApprovalPolicy: 'public', visibility: 'private' })
    expect(hidden.quote_approval_policy).toBe(0)
  })

  it('counts for the author and, unless private, for the one replied to', async () => {
    const root = await make.status({ account: cast.bob.account })
    await publish({ status: 'one', inReplyToId: root.id })
    await publish({ status: 'two', inReplyToId: root.id, visibility: 'private' })
    await publish({ status: 'three', inReplyToId: root.id, visibility: 'direct' })
    const account = await ctx.db('account_stats').where({ account_id: cast.alice.account.id }).first()
    expect(account.statuses_count).toBe('2')
    expect((await statsOf(root.id)).replies_count).toBe('1')
  })
})

describe('refusals', () => {
  it.each([
    [{ status: '' }, "Validation failed: Text can't be blank"],
    [{}, "Validation failed: Text can't be blank"],
    [{ status: 'x'.repeat(501) }, 'Validation failed: Text character limit of 500 exceeded'],
    [
      { status: 'x'.repeat(499), spoilerText: 'ab' },
      'Validation failed: Text character limit of 500 exceeded',
    ],
    [{ status: 'x', visibility: 'everyone' }, 'Validation failed: Visibility is not included in the list'],
    [{ status: 'x', visibility: 'limited' }, 'Validation failed: Visibility is not included in the list'],
    [{ status: 'x', quoteApprovalPolicy: 'friends' }, 'Record invalid'],
    [{ status: 'x', mediaIds: ['1', '2', '3', '4', '5'] }, 'Cannot attach more than 4 files'],
    [{ status: 'x', mediaIds: ['1', '2'] }, 'Media 1, 2 not found or already attached to another post'],
    [{ status: 'x', mediaIds: ['no id'] }, 'Media no id not found or already attached to another post'],
  ])('%# is told why', async (params, message) => {
    await expect(publish(params)).rejects.toThrow(new ValidationError(message))
    expect(await ctx.db('statuses')).toHaveLength(0)
    expect(await ctx.db('conversations')).toHaveLength(0)
  })

  it('SEC-DOS-04 refuses a text of a megabyte at once', async () => {
    const started = performance.now()
    await expect(publish({ status: '👨‍👩‍👧'.repeat(130_000) })).rejects.toThrow('character limit')
    await expect(publish({ status: 'x', spoilerText: 'é'.repeat(1_000_000) })).rejects.toThrow(
      'character limit',
    )
    expect(performance.now() - started).toBeLessThan(15_000)
  })

  it('a link counts 23, a remote handle its local part', async () => {
    const link = `https://example.org/${'a'.repeat(400)}`
    await publish({ status: `${'x'.repeat(476)} ${link}` })
    await publish({ status: `${'x'.repeat(493)} @alice@${'a'.repeat(60)}.example` })
    await expect(publish({ status: `${'x'.repeat(477)} ${link}` })).rejects.toThrow('character limit')
  })

  it('hides what cannot be replied to as what does not exist', async () => {
    const hidden = await make.status({ account: cast.bob.account, visibility: 'direct' })
    const gone = new NotFoundError('The post you are trying to reply to does not appear to exist.')
    for (const id of [hidden.id, '1', 'nonsense'])
      await expect(publish({ status: 'x', inReplyToId: id })).rejects.toThrow(gone)
    await expect(publish({ status: 'x', quotedStatusId: '1' })).rejects.toThrow('trying to quote')
  })

  it('forbids a hashtag a moderator has forbidden', async () => {
    await make.tag({ name: 'spam', usable: false })
    await expect(publish({ status: 'buy #Spam' })).rejects.toThrow(
      'Validation failed: Text contained a disallowed hashtag: spam',
    )
    expect(await ctx.db('statuses')).toHaveLength(0)
  })
})

describe('replies', () => {
  it('stands in the conversation of what it answers, a reblog being its original', async () => {
    const root = await make.status({ account: cast.bob.account })
    const reblog = await make.status({ account: cast.eve.account, reblogOf: root })
    const reply = await publish({ status: 'x', inReplyToId: reblog.id })
    expect(reply).toMatchObject({
      in_reply_to_id: root.id,
      in_reply_to_account_id: cast.bob.account.id,
      conversation_id: root.conversation_id,
      reply: true,
    })
  })

  it('who continues an own reply still answers the first', async () => {
    const root = await make.status({ account: cast.bob.account })
    const first = await publish({ status: 'one', inReplyToId: root.id })
    const second = await publish({ status: 'two', inReplyToId: first.id })
    expect(second).toMatchObject({ in_reply_to_id: first.id, in_reply_to_account_id: cast.bob.account.id })
  })
})

describe('mentions', () => {
  it('finds ours and remote ones whatever their case, and writes them properly', async () => {
    const status = await publish({
      status: 'hi @BOB, @Bob@SOCIAL.test and @carol@Mastodon.Example and @nobody',
    })
    expect(status.text).toBe('hi @bob, @bob and @carol@mastodon.example and @nobody')
    expect(await mentionsOf(status)).toEqual([cast.bob.account.id, cast.carol.id])
  })

  it('drops whom the author blocks, and servers the author hides', async () => {
    await make.domainBlock({ account: cast.alice.account, domain: 'mastodon.example' })
    const status = await publish({ status: '@mallory @carol@mastodon.example @bob' })
    expect(await mentionsOf(status)).toEqual([cast.bob.account.id])
  })

  it('publishes although a server does not answer for a handle', async () => {
    const status = await publish({ status: 'hi @who@127.0.0.1' })
    expect(status.text).toBe('hi @who@127.0.0.1')
  })

  it('refuses to reach others than were expected, and says whom', async () => {
    const params = { status: '@bob @eve', allowedMentions: [cast.bob.account.id] }
    const refusal = await publish(params).catch((error: unknown) => error)
    expect(refusal).toBeInstanceOf(UnexpectedMentionsError)
    expect((refusal as UnexpectedMentionsError).accountIds).toEqual([cast.eve.account.id])
    await publish({ ...params, allowedMentions: [cast.bob.account.id, cast.eve.account.id] })
  })
})

describe('hashtags', () => {
  it('makes each once, in the spelling of whoever was first', async () => {
    const status = await publish({ status: '#Käse #kase #123 #Brot' })
    const tags = await ctx
      .db('statuses_tags')
      .join('tags', 'tags.id', 'tag_id')
      .where({ status_id: status.id })
      .orderBy('tags.name')
    expect(tags.map(({ name, display_name }) => [name, display_name])).toEqual([
      ['brot', 'Brot'],
      ['kase', 'Käse'],
    ])
    await publish({ status: '#KÄSE' })
    expect(await ctx.db('tags')).toHaveLength(2)
  })

  it('many at once make one tag', async () => {
    await Promise.all(Array.from({ length: 8 }, (_, index) => publish({ status: `#race ${index}` })))
    expect(await ctx.db('tags').where({ name: 'race' })).toHaveLength(1)
    expect(await ctx.db('statuses_tags')).toHaveLength(8)
  })
})

describe('media', () => {
  const upload = (values: Partial<MediaAttachmentRow> = {}) =>
    make.media({ account: cast.alice.account, ...(values as object) })

  it('hangs uploads on the status, in the order asked for; the text may be blank', async () => {
    const [one, two] = [await upload(), await upload()]
    const status = await publish({ mediaIds: [two.id, one.id] })
    expect(status.ordered_media_attachment_ids).toEqual([two.id, one.id])
    expect(await ctx.db('media_attachments').where({ status_id: status.id })).toHaveLength(2)
  })

  it("refuses others' uploads, attached ones, and what is not ready", async () => {
    const others = await make.media({ account: cast.bob.account })
    const used = await upload()
    await publish({ mediaIds: [used.id] })
    for (const id of [others.id, used.id])
      await expect(publish({ mediaIds: [id] })).rejects.toThrow(`Media ${id} not found or already attached`)
    const waiting = await upload({ processing: stored(PROCESSING_STATES, 'in_progress') })
    await expect(publish({ mediaIds: [waiting.id] })).rejects.toThrow('have not finished processing')
  })

  it('lets one of two statuses have an upload', async () => {
    const media = await upload()
    const results = await Promise.allSettled([
      publish({ mediaIds: [media.id] }),
      publish({ mediaIds: [media.id] }),
    ])
    expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(await ctx.db('statuses')).toHaveLength(1)
  })

  it('refuses a film among pictures', async () => {
    const film = await make.media({ account: cast.alice.account, type: 'video' })
    const picture = await upload()
    await expect(publish({ mediaIds: [film.id, picture.id] })).rejects.toThrow(
      'Cannot attach a video to a post that already contains images',
    )
  })
})

describe('idempotency', () => {
  const once = (key: string, account = cast.alice.account) =>
    publishOnce(ctx, account, { status: 'hello' }, { idempotencyKey: key })

  it('a repeated key gives the first result, for its account alone', async () => {
    const first = await once('key')
    const second = await once('key')
    expect([first.isRepeat, second.isRepeat]).toEqual([false, true])
    expect(second.status?.id).toBe(first.status?.id)
    expect((await once('other')).status?.id).not.toBe(first.status?.id)
    expect((await once('key', cast.bob.account)).isRepeat).toBe(false)
  })

  it('two at the same time make one status', async () => {
    const results = await Promise.all(Array.from({ length: 5 }, () => once('key')))
    expect(new Set(results.map(({ status }) => status?.id)).size).toBe(1)
    expect(await ctx.db('statuses')).toHaveLength(1)
  })

  it('is forgotten when publishing failed, and when the status is deleted', async () => {
    const failing = () => publishOnce(ctx, cast.alice.account, { status: '' }, { idempotencyKey: 'key' })
    await expect(failing()).rejects.toThrow(ValidationError)
    const { status } = await once('key')
    await ctx.db('statuses').where({ id: status?.id }).update({ deleted_at: new Date() })
    expect((await once('key')).isRepeat).toBe(false)
  })

  it('lasts an hour', async () => {
    await once('key')
    const [key] = await ctx.redis.keys(`${ctx.config.redis.prefix}idempotency:*`)
    expect(await ctx.redis.ttl(key ?? '')).toBeGreaterThan(3_500)
    expect(await ctx.redis.ttl(key ?? '')).toBeLessThanOrEqual(3_600)
  })
})

it('enqueues one distribution, and nothing when it fails', async () => {
  await publish({ status: 'hello' })
  await publish({ status: '' }).catch(() => {})
  expect((await peekQueues(ctx)).map((job) => job.name)).toEqual(['statuses.distribute'])
  expect(await ctx.db('job_outbox')).toHaveLength(1)
  await drainQueues(ctx, { ignore: ['statuses.distribute'] })
})

it('is dated by the clock of the context', async () => {
  const status = await publishStatus(
    { ...ctx, clock: fixedClock('2026-01-02T03:04:05Z') },
    cast.alice.account,
    {
      status: 'x',
    },
  )
  expect(status.created_at.toISOString()).toBe('2026-01-02T03:04:05.000Z')
})

it('publishes while Redis is away; only the key is not remembered', async () => {
  const redis = ctx.redis.duplicate({ enableOfflineQueue: false, retryStrategy: () => null })
  redis.on('error', () => {})
  redis.disconnect()
  const away = { ...ctx, redis }
  const post = () => publishOnce(away, cast.alice.account, { status: 'hello' }, { idempotencyKey: 'key' })
  const [one, two] = [await post(), await post()]
  expect([one.isRepeat, two.isRepeat]).toEqual([false, false])
  expect(await ctx.db('job_outbox')).toHaveLength(2)
})
