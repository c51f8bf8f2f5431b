import { factories } from '@anancus/db/testing/make'
import { closeTestContext, type TestContext, testContext } from '../../../testing/context.ts'
import { mediaKey } from '../../kernel/storage/keys.ts'
import { saveSettings } from '../settings/index.ts'
import { vacuumCachedFiles } from './index.ts'

let ctx: TestContext
beforeAll(async () => {
  ctx = await testContext()
})
afterAll(() => closeTestContext(ctx))

it('copies go after the days that moderators set, unless they were fetched again since; uploads never', async () => {
  const make = factories(ctx.db)
  const old = new Date(Date.now() - 20 * 86_400_000)
  const { account: alice } = await make.user()
  const carol = await make.remoteAccount({ domain: 'far.example' })
  const cached = { file_file_name: 'a.png', created_at: old, updated_at: old }
  const stale = await make.media({ account: carol, ...cached })
  const fetched = await make.media({ account: carol, ...cached, updated_at: new Date() })
  const own = await make.media({ account: alice, ...cached })
  await make.card({ image_file_name: 'c.png', image_storage_schema_version: 1, updated_at: old })
  for (const media of [stale, fetched, own])
    await ctx.storage.put(mediaKey(media, 'original') ?? '', Buffer.from('x'), { contentType: 'image/png' })
  expect(await vacuumCachedFiles(ctx)).toBe(0)
  await saveSettings(ctx, { media_cache_retention_period: 14 })
  expect(await vacuumCachedFiles(ctx)).toBe(2)
  expect(await ctx.storage.stat(mediaKey(stale, 'original') ?? '')).toBeNull()
  for (const media of [fetched, own])
    expect(await ctx.storage.stat(mediaKey(media, 'original') ?? '')).not.toBeNull()
  expect(await vacuumCachedFiles(ctx)).toBe(0)
})
