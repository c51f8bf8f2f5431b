import type { MediaAttachmentRow } from '@anancus/db'
import { CACHED_KINDS, cacheUse } from '@anancus/db/queries/media-cache'
import { factories } from '@anancus/db/testing/make'
import { castOf } from '../../../testing/cast.ts'
import { closeTestContext, testContext } from '../../../testing/context.ts'
import { countStatements } from '../../../testing/count-statements.ts'
import { countThere, fillCache, storedBytes } from '../../../testing/full-cache.ts'
import { resetDatabase } from '../../../testing/reset.ts'
import type { Ctx } from '../../kernel/context.ts'
import { mediaKey } from '../../kernel/storage/keys.ts'
import { withLock } from '../../kernel/lock.ts'
import { readMediaCache, recountMediaCache, trimMediaCache } from './index.ts'
import { forecastOf } from './reads.ts'

const KB = 1024
const DAY_MS = 86_400_000
const daysAgo = (days: number) => new Date(Date.now() - days * DAY_MS)

let ctx: Ctx
let make: ReturnType<typeof factories>

beforeAll(async () => {
  ctx = await testContext()
})
beforeEach(async () => {
  await resetDatabase(ctx)
  for await (const page of ctx.storage.list()) await ctx.storage.delete(page.map(({ key }) => key))
  make = factories(ctx.db)
})
afterAll(() => closeTestContext(ctx))

/** The context with a budget, and whatever else. */
const within = (budget: number, parts: Partial<Ctx> = {}, env = {}): Ctx => ({
  ...ctx,
  ...parts,
  config: {
    ...ctx.config,
    env: { ...ctx.config.env, MEDIA_CACHE_BUDGET: budget, MEDIA_DISK_FLOOR: 0, ...env },
  },
})
const total = async () => (await cacheUse(ctx.db)).reduce((sum, { bytes }) => sum + bytes, 0)
const cached = async (values: Record<string, unknown> = {}) => {
  const account = (values.account as never) ?? (await make.remoteAccount({ domain: 'far.example' }))
  const status =
    (values.status as { id: string }) ??
    (await make.status({ account, stats: { updated_at: daysAgo(30) } as never }))
  return make.media({
    account,
    file_file_name: 'a.png',
    file_file_size: KB,
    file_updated_at: daysAgo(30),
    ...(values as object),
    status,
  })
}
const reload = async (media: MediaAttachmentRow): Promise<MediaAttachmentRow> =>
  ctx.db('media_attachments').where({ id: media.id }).first()
const isCached = async (media: MediaAttachmentRow) => (await reload(media)).file_file_name !== null

describe('the books of the cache', () => {
  it('count what comes and goes, of every kind, however it does', async () => {
    const cast = await castOf(ctx)
    const media = await cached({
      account: cast.carol,
      thumbnail_file_name: 't.png',
      thumbnail_file_size: 100,
    })
    await make.media({ account: cast.alice.account })
    const card = await make.card({ image_file_name: 'c.png', image_file_size: 10 })
    const emoji = await make.customEmoji({ shortcode: 'blob', domain: 'far.example' })
    await make.customEmoji({ shortcode: 'ours' })
    await ctx
      .db('accounts')
      .where({ id: cast.carol.id })
      .update({ avatar_file_name: 'a', avatar_file_size: 7 })
    await ctx
      .db('accounts')
      .where({ id: cast.carol.id })
      .update({ header_file_name: 'h', header_file_size: 8 })
    await ctx
      .db('accounts')
      .where({ id: cast.alice.account.id })
      .update({ avatar_file_name: 'a', avatar_file_size: 9 })
    const use = async () =>
      Object.fromEntries((await cacheUse(ctx.db)).map(({ kind, files, bytes }) => [kind, [files, bytes]]))
    const all = { attachment: [1, KB + 100], card: [1, 10], emoji: [1, 1000], avatar: [1, 7], header: [1, 8] }
    expect(await use()).toEqual(all)
    await trimMediaCache(ctx) // adds up what was noted
    expect(await use()).toEqual(all)
    expect(await ctx.db('media_cache_changes')).toEqual([])

    await ctx
      .db('media_attachments')
      .where({ id: media.id })
      .update({ file_file_size: 2 * KB })
    expect((await use()).attachment).toEqual([1, 2 * KB + 100])
    await ctx.db('media_attachments').where({ id: media.id }).delete()
    await ctx
      .db('preview_cards')
      .where({ id: card.id })
      .update({ image_file_name: null, image_file_size: null })
    await ctx.db('custom_emojis').where({ id: emoji.id }).delete()
    await ctx
      .db('accounts')
      .where({ id: cast.carol.id })
      .update({ avatar_file_name: null, header_file_name: null })
    for (const kind of CACHED_KINDS) expect(await use()).toMatchObject({ [kind]: [0, 0] })
  })

  it('keep nothing of a change that is taken back', async () => {
    await ctx.db
      .transaction(async (tx) => {
        await factories(tx).card({ image_file_name: 'c.png', image_file_size: 10 })
        throw new Error('no')
      })
      .catch(() => {})
    expect(await cacheUse(ctx.db)).toEqual([])
  })

  it('are made anew for rows that came while triggers were off', async () => {
    await cached()
    await ctx.db.raw(
      `begin; set local session_replication_role = replica;
       insert into preview_cards (url, image_file_name, image_file_size) values ('https://x.example/', 'c', 5); commit`,
    )
    expect(await total()).toBe(KB)
    await recountMediaCache(ctx)
    expect(await total()).toBe(KB + 5)
    await recountMediaCache(ctx)
    expect(await total()).toBe(KB + 5)
  })
})

describe('trimMediaCache', () => {
  it('brings a cache of twice its budget under it: the plain goes, what people care for and what is theirs stays', async () => {
    const full = await fillCache(ctx, 4, KB)
    const before = await storedBytes(ctx)
    expect(await total()).toBe(before)
    // 5 plain and 7 kept files each time.
    const budget = 7 * 4 * KB
    const trim = await trimMediaCache(within(budget))
    expect(await storedBytes(ctx)).toBe(budget)
    expect(await total()).toBe(budget)
    expect(trim).toMatchObject({ bytesBefore: before, bytesAfter: budget })
    for (const kind of CACHED_KINDS)
      expect(trim?.removed[kind]).toEqual({ files: 4, bytes: 4 * KB, keptFiles: 0 })
    expect(await countThere(ctx, full.plain)).toBe(0)
    expect(await countThere(ctx, full.kept)).toBe(28)

    // A budget for half of that: now what people follow has to go too, before what they did something with.
    const tight = await trimMediaCache(within(16 * KB))
    expect(await storedBytes(ctx)).toBe(16 * KB)
    expect(tight?.removed).toEqual({
      attachment: { files: 4, bytes: 4 * KB, keptFiles: 4 },
      avatar: { files: 4, bytes: 4 * KB, keptFiles: 4 },
      header: { files: 4, bytes: 4 * KB, keptFiles: 4 },
    })
    const interacted = full.kept.filter(({ what }) => /ed$|to$/.test(what))
    expect(await countThere(ctx, interacted)).toBe(16)

    await trimMediaCache(within(1))
    expect(await storedBytes(ctx)).toBe(0)
    expect(await countThere(ctx, full.local)).toBe(4)
    const cache = await readMediaCache(within(1))
    expect(cache.runs).toHaveLength(3)
    expect(cache.runs.at(-1)).toMatchObject({ bytesBefore: before, bytesAfter: budget })
    // What runs removed is no part of how the cache grows by itself.
    expect(cache.forecast.bytesADay).toBe(before)
  })

  it('removes no more than it has to, oldest first whatever the kind, and leaves what can be fetched again', async () => {
    const [newest, oldest, middle] = [
      await cached({ file_updated_at: daysAgo(1) }),
      await cached({ file_updated_at: daysAgo(20) }),
      await cached({ file_updated_at: daysAgo(10) }),
    ]
    const card = await make.card({
      image_file_name: 'c.png',
      image_file_size: KB,
      image_updated_at: daysAgo(15),
    })
    for (const media of [newest, oldest, middle])
      await ctx
        .db('status_stats')
        .where({ status_id: media.status_id })
        .update({ updated_at: daysAgo(30) })
    await trimMediaCache(within(2 * KB))
    expect(await isCached(newest)).toBe(true)
    expect(await isCached(middle)).toBe(true)
    expect(await reload(oldest)).toMatchObject({
      file_file_name: null,
      file_file_size: null,
      remote_url: oldest.remote_url,
    })
    expect((await ctx.db('preview_cards').where({ id: card.id }).first()).image_file_name).toBeNull()
  })

  it('passes over what was used since it came, once', async () => {
    const [unused, used] = [
      await cached({ file_updated_at: daysAgo(10) }),
      await cached({ file_updated_at: daysAgo(20) }),
    ]
    await ctx
      .db('status_stats')
      .where({ status_id: unused.status_id })
      .update({ updated_at: daysAgo(30) })
    await ctx
      .db('status_stats')
      .where({ status_id: used.status_id })
      .update({ updated_at: daysAgo(2) })
    await trimMediaCache(within(KB))
    expect([await isCached(unused), await isCached(used)]).toEqual([false, true])
    await trimMediaCache(within(1))
    expect(await isCached(used)).toBe(false)
  })

  it('does nothing without a budget, or within it', async () => {
    const media = await cached()
    expect(await trimMediaCache(ctx)).toMatchObject({ removed: {} })
    expect(await trimMediaCache(within(KB))).toMatchObject({ bytesBefore: KB, bytesAfter: KB })
    expect(await isCached(media)).toBe(true)
    expect((await readMediaCache(ctx)).runs).toEqual([])
  })

  it('makes room on the disk where a budget allows it', async () => {
    const media = await cached()
    await trimMediaCache(within(1024 * KB, {}, { MEDIA_DISK_FLOOR: Number.MAX_SAFE_INTEGER }))
    expect(await isCached(media)).toBe(false)
  })

  it('mends what a crash between file and row left', async () => {
    const media = await cached()
    // The file is gone already, the row is not.
    expect(await ctx.storage.stat(mediaKey(media, 'original') ?? '')).toBeNull()
    const failing = { ...ctx.storage, delete: () => Promise.reject(new Error('the store is away')) }
    await expect(trimMediaCache(within(1, { storage: failing }))).rejects.toThrow('the store is away')
    expect(await isCached(media)).toBe(true)
    expect(await total()).toBe(KB)
    await trimMediaCache(within(1))
    expect([await isCached(media), await total()]).toEqual([false, 0])
  })

  it('leaves a copy that was fetched anew while the old one went', async () => {
    const media = await cached()
    const slow = {
      ...ctx.storage,
      delete: async (keys: readonly string[]) => {
        await ctx.db('media_attachments').where({ id: media.id }).update({ file_file_name: 'new.png' })
        await ctx.storage.delete(keys)
      },
    }
    await trimMediaCache(within(1, { storage: slow }))
    expect((await reload(media)).file_file_name).toBe('new.png')
    expect(await total()).toBe(KB)
  })

  it('forgets files whose rows are gone', async () => {
    await ctx.db('media_cache_files').insert({
      kind: 'card',
      owner_id: 1,
      bytes: KB,
      cached_at: daysAgo(1),
      used_at: daysAgo(1),
    })
    await trimMediaCache(within(1))
    expect(await total()).toBe(0)
  })

  it('is not done twice at once', async () => {
    await cached()
    await withLock(ctx, 'media_cache', 60_000, async () => {
      expect(await trimMediaCache(within(1))).toBeNull()
    })
    expect(await total()).toBe(KB)
  })

  it('judges again what nobody cares for any more', async () => {
    const cast = await castOf(ctx)
    const follow = await make.follow({ account: cast.alice.account, target: cast.carol })
    const media = await cached({ account: cast.carol })
    const other = await cached({ file_updated_at: daysAgo(5) })
    await ctx.db('status_stats').update({ updated_at: daysAgo(30) })
    await trimMediaCache(within(KB))
    expect([await isCached(media), await isCached(other)]).toEqual([true, false])
    await ctx.db('follows').where({ id: follow.id }).delete()
    await ctx.db('media_cache_files').update({ judged_at: daysAgo(8) })
    await trimMediaCache(within(KB))
    expect((await ctx.db('media_cache_files').first()).worth).toBe(0)
  })

  it('takes as many statements for forty files as for two', async () => {
    const statementsFor = async (count: number) => {
      for (let n = 0; n < count; n++) await cached()
      await ctx.db('status_stats').update({ updated_at: daysAgo(30) })
      return (await countStatements(() => trimMediaCache(within(1)))).count
    }
    expect(await statementsFor(40)).toBe(await statementsFor(2))
  })
})

describe('readMediaCache', () => {
  it('says what would go next, and whose it is', async () => {
    const cast = await castOf(ctx)
    const media = await cached({ account: cast.carol })
    await ctx.db('status_stats').update({ updated_at: daysAgo(30) })
    await make.card({ url: 'https://news.example/1', image_file_name: 'c.png', image_file_size: 5 })
    const saved = await cached({ file_updated_at: daysAgo(90) })
    await make.bookmark({ account: cast.alice.account, status: { id: saved.status_id ?? '' } as never })
    const { next, kinds } = await readMediaCache(within(KB))
    expect(next.map(({ kind, name, bytes }) => ({ kind, name, bytes }))).toEqual([
      { kind: 'attachment', name: '@carol@mastodon.example', bytes: KB },
      { kind: 'card', name: 'https://news.example/1', bytes: 5 },
    ])
    expect(kinds.map(({ kind }) => kind)).toEqual([...CACHED_KINDS])
    expect(await isCached(media)).toBe(true)
    expect(await ctx.db('media_cache_files').whereNotNull('judged_at')).toEqual([])
  })

  it('forecasts from what came of late, our own removals aside', () => {
    const now = new Date('2026-06-08T00:00:00Z')
    const growth = { arrived: 700, gone: 300, removed: 200, first_day: new Date('2026-06-02T00:00:00Z') }
    expect(forecastOf(growth, { budget: 1000, total: 500, now })).toEqual({ bytesADay: 100, days: 5 })
    expect(forecastOf(growth, { budget: 400, total: 500, now }).days).toBe(0)
    expect(forecastOf(growth, { budget: null, total: 500, now }).days).toBeNull()
    expect(forecastOf({ ...growth, gone: 900 }, { budget: 1000, total: 500, now }).days).toBeNull()
  })
})
