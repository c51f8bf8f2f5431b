import type { StatusRow } from '@anancus/db'
import { factories } from '@anancus/db/testing/make'
import { type Cast, castOf } from '../../../testing/cast.ts'
import { closeTestContext, testContext } from '../../../testing/context.ts'
import { peekQueues } from '../../../testing/drain-queues.ts'
import { resetDatabase } from '../../../testing/reset.ts'
import { sentActivities } from '../../../testing/sent-activities.ts'
import type { Ctx } from '../../kernel/context.ts'
import { mediaKey } from '../../kernel/storage/keys.ts'
import { distributeRemoval, removeStatus } from './index.ts'

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

const statsOf = (id: string) => ctx.db('status_stats').where({ status_id: id }).first()
const statusesCount = async (id: string) =>
  Number((await ctx.db('account_stats').where({ account_id: id }).first()).statuses_count)

it('counts down for the author, the one replied to, and those who reblogged it', async () => {
  const root = await make.status({ account: cast.bob.account })
  const reply = await make.status({ account: cast.alice.account, inReplyTo: root })
  await make.status({ account: cast.eve.account, reblogOf: reply })
  await make.status({ account: cast.carol, reblogOf: reply })
  expect(await removeStatus(ctx, reply)).toBe(true)
  expect(await statusesCount(cast.alice.account.id)).toBe(0)
  expect(await statusesCount(cast.eve.account.id)).toBe(0)
  expect(await statusesCount(cast.carol.id)).toBe(0)
  expect((await statsOf(root.id)).replies_count).toBe('0')
  expect(await ctx.db('statuses').whereNull('deleted_at').pluck('id')).toEqual([root.id])
})

it('counts a reblog down when it is taken back, and a direct status not at all', async () => {
  const original = await make.status({ account: cast.bob.account })
  const reblog = await make.status({ account: cast.alice.account, reblogOf: original })
  await removeStatus(ctx, reblog)
  expect((await statsOf(original.id)).reblogs_count).toBe('0')
  const direct = await make.status({ account: cast.alice.account, visibility: 'direct' })
  await removeStatus(ctx, direct)
  expect(await statusesCount(cast.alice.account.id)).toBe(0)
})

it('happens once, however many ask', async () => {
  const status = await make.status({ account: cast.alice.account })
  const results = await Promise.all([
    removeStatus(ctx, status),
    removeStatus(ctx, status),
    removeStatus(ctx, status),
  ])
  expect(results.filter(Boolean)).toHaveLength(1)
  expect(await statusesCount(cast.alice.account.id)).toBe(0)
  expect((await peekQueues(ctx)).map((job) => job.name)).toEqual(['statuses.remove'])
})

describe('what follows', () => {
  const run = async (status: StatusRow, options = {}) => {
    await removeStatus(ctx, status, options)
    await distributeRemoval(ctx, { statusId: status.id })
  }

  it('tells everyone who may have it: followers, mentioned, boosters, replied-to', async () => {
    const follower = await make.remoteAccount({ domain: 'follower.example' })
    await make.follow({ account: follower, target: cast.alice.account })
    const status = await make.status({ account: cast.alice.account, mentions: [cast.carol] })
    await make.status({ account: cast.dan, reblogOf: status })
    await run(status)
    const sent = await sentActivities(ctx)
    expect(new Set(sent.map(({ inboxUrl }) => URL.parse(inboxUrl)?.host))).toEqual(
      new Set(['follower.example', 'mastodon.example', 'other.example']),
    )
    expect(sent[0]?.activity).toMatchObject({ type: 'Delete', object: { type: 'Tombstone' } })
  })

  it('takes a reblog back by an Undo, and says nothing of a remote status', async () => {
    const original = await make.status({ account: cast.carol })
    await run(await make.status({ account: cast.alice.account, reblogOf: original }))
    const [undo] = await sentActivities(ctx)
    expect(undo?.activity).toMatchObject({ type: 'Undo', object: { type: 'Announce', object: original.uri } })
    await run(await make.status({ account: cast.dan }))
    expect(await sentActivities(ctx)).toHaveLength(1)
  })

  it('forgets notifications, pins, conversations and the place in threads', async () => {
    const status = await make.status({ account: cast.alice.account, mentions: [cast.bob.account] })
    const favourite = await make.favourite({ account: cast.bob.account, status })
    const mention = await ctx.db('mentions').where({ status_id: status.id }).first()
    await make.notification({
      account: cast.alice.account,
      from: cast.bob.account,
      type: 'favourite',
      activity: favourite,
    })
    await make.notification({
      account: cast.bob.account,
      from: cast.alice.account,
      type: 'mention',
      activity: mention,
    })
    const kept = await make.status({ account: cast.alice.account })
    const other = await make.favourite({ account: cast.bob.account, status: kept })
    await make.notification({
      account: cast.alice.account,
      from: cast.bob.account,
      type: 'favourite',
      activity: other,
    })
    await make.pin({ status })
    const reply = await make.status({ account: cast.bob.account, inReplyTo: status })
    await run(status)
    expect(await ctx.db('notifications').pluck('activity_id')).toEqual([other.id])
    expect(await ctx.db('status_pins')).toHaveLength(0)
    expect((await ctx.db('statuses').where({ id: reply.id }).first()).in_reply_to_id).toBeNull()
  })

  it('deletes files and rows of media, or frees them to be used again', async () => {
    const store = async () => {
      const media = await make.media({ account: cast.alice.account })
      const key = mediaKey(media, 'original') ?? ''
      await ctx.storage.put(key, Buffer.from('x'), { contentType: 'image/png' })
      const status = await make.status({ account: cast.alice.account, media: [media] })
      return { media, key, status }
    }
    const [gone, kept] = [await store(), await store()]
    await run(gone.status)
    await run(kept.status, { keepMedia: true })
    await expect(ctx.storage.get(gone.key)).rejects.toThrow('Record not found')
    expect((await ctx.storage.get(kept.key)).length).toBe(1)
    const rows = await ctx.db('media_attachments')
    expect(rows.map((row) => [row.id, row.status_id])).toEqual([[kept.media.id, null]])
  })

  it('may run twice, and does nothing for what is not deleted', async () => {
    const status = await make.status({ account: cast.alice.account, mentions: [cast.carol] })
    await distributeRemoval(ctx, { statusId: status.id })
    expect(await sentActivities(ctx)).toEqual([])
    await run(status)
    await distributeRemoval(ctx, { statusId: status.id })
    expect(new Set((await sentActivities(ctx)).map(({ activity }) => activity.id)).size).toBe(1)
  })
})
