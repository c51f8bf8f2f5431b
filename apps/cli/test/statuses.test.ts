import { mediaKey } from '@anancus/core/kernel/storage/keys'
import { closeTestContext, type TestContext, testContext } from '@anancus/core/testing/context'
import { resetDatabase } from '@anancus/core/testing/reset'
import { type AccountRow, idAt, type StatusRow } from '@anancus/db'
import { type Factories, factories } from '@anancus/db/testing/make'
import { run } from './support/run.ts'

const DAY_MS = 86_400_000
const daysAgo = (days: number) => new Date(Date.now() - days * DAY_MS)

let ctx: TestContext
let make: Factories
let alice: AccountRow
let carol: AccountRow
beforeAll(async () => {
  ctx = await testContext()
})
afterAll(() => closeTestContext(ctx))
beforeEach(async () => {
  await resetDatabase(ctx)
  make = factories(ctx.db)
  alice = (await make.user()).account
  carol = await make.remoteAccount({ domain: 'far.example' })
})

const old = (values: object = {}, days = 100): Promise<StatusRow> =>
  make.status({ account: carol, id: idAt(daysAgo(days)), created_at: daysAgo(days), ...values })
const left = async () => new Set(await ctx.db('statuses').pluck('id'))

describe('statuses remove', () => {
  it('removes old posts of others, and spares whatever somebody here has to do with', async () => {
    const unwanted = await old()
    const mine = await make.status({ account: alice, id: idAt(daysAgo(200)) })
    const spared = {
      young: await old({}, 80),
      answered: await old(),
      boosted: await old(),
      liked: await old(),
      marked: await old(),
      mentioning: await old(),
      pinned: await old(),
      quoted: await old(),
      reacted: await old(),
      answer: await old({ in_reply_to_id: mine.id }),
      boost: await old({ reblog_of_id: mine.id }),
      followed: await old({ account: await make.remoteAccount({ username: 'dan' }) }),
    }
    await make.status({ account: alice, in_reply_to_id: spared.answered.id })
    await make.status({ account: alice, reblog_of_id: spared.boosted.id })
    await make.favourite({ account: alice, status: spared.liked })
    await make.bookmark({ account: alice, status: spared.marked })
    await ctx.db('mentions').insert({ account_id: alice.id, status_id: spared.mentioning.id })
    await ctx.db('status_pins').insert({ account_id: carol.id, status_id: spared.pinned.id })
    await ctx.db('quotes').insert({
      account_id: alice.id,
      status_id: (await make.status({ account: alice })).id,
      quoted_status_id: spared.quoted.id,
      quoted_account_id: carol.id,
      state: 1,
    })
    await ctx
      .db('status_reactions')
      .insert({ account_id: alice.id, status_id: spared.reacted.id, name: '🦊' })
    await make.follow({ account: alice, target: { id: spared.followed.account_id } as AccountRow })
    await make.favourite({ account: carol, status: unwanted })

    const ran = await run(ctx, 'statuses remove')
    expect(ran.exitCode).toBe(0)
    expect(ran.said.map((line) => line.replace(/after [\d.]+s/, 'after Ns'))).toEqual([
      'Beginning statuses removal... This might take a while...',
      'Done after Ns, removed 1 out of 1 statuses.',
      'Run ANALYZE to statuses...',
      'Beginning removal of now-orphaned media attachments to free up disk space...',
      'Done after Ns, removed 0 out of 0 media_attachments.',
      'Beginning orphans removal... This might take a while...',
      expect.stringMatching(/^Done after Ns, removed \d+ out of \d+ conversations\.$/),
      'Run ANALYZE to conversations...',
    ])
    const ids = await left()
    expect(ids.has(unwanted.id)).toBe(false)
    expect(Object.entries(spared).filter(([, { id }]) => !ids.has(id))).toEqual([])
    expect(ids.has(mine.id)).toBe(true)

    await run(ctx, 'statuses remove --clean-followed')
    expect((await left()).has(spared.followed.id)).toBe(false)
    await run(ctx, 'statuses remove --days 50')
    expect((await left()).has(spared.young.id)).toBe(false)
  })

  it('with their attachments, files and conversations, unless told otherwise; batch by batch', async () => {
    const statuses = [await old(), await old({}, 101), await old({}, 102)]
    const media = await make.media({
      account: carol,
      status: statuses[0] as StatusRow,
      file_file_name: 'a.png',
      created_at: daysAgo(100),
    })
    const key = mediaKey(media, 'original') ?? ''
    await ctx.storage.put(key, Buffer.from('x'), { contentType: 'image/png' })
    await ctx.db('conversations').update({ created_at: daysAgo(100) })
    const skipped = await run(ctx, 'statuses remove --skip-status-remove --skip-media-remove')
    expect(skipped.said).toHaveLength(4)
    expect((await left()).size).toBe(3)
    const ran = await run(ctx, 'statuses remove --batch-size 2 --continue')
    expect(ran.steps).toEqual(['statuses (2/3)', 'statuses (3/3)'])
    expect(ran.said.join()).toContain('removed 1 out of 1 media_attachments')
    expect(await ctx.storage.stat(key)).toBeNull()
    expect([
      await ctx.db('statuses'),
      await ctx.db('media_attachments'),
      await ctx.db('conversations'),
    ]).toEqual([[], [], []])
  })

  it('--compress-database makes the tables small', async () => {
    const ran = await run(ctx, 'statuses remove --compress-database')
    expect(ran).toMatchObject({ exitCode: 0 })
    expect(ran.said).toEqual(
      expect.arrayContaining(['Run VACUUM FULL ANALYZE to statuses...', 'Run REINDEX to conversations...']),
    )
  })

  it('refuses batches of nothing', async () => {
    expect((await run(ctx, 'statuses remove -b 0')).failed).toEqual([
      'Cannot run with this batch_size setting, must be at least 1',
    ])
  })
})
