import { renderStatuses } from '@anancus/core/entities'
import { closeTestContext, type TestContext, testContext } from '@anancus/core/testing/context'
import { isWithoutStatuses, seedLarge } from './index.ts'

const SIZE = { localAccounts: 20, remoteAccounts: 100, statuses: 2_000, followsPerLocal: 10 }

let ctx: TestContext
beforeAll(async () => {
  ctx = await testContext()
  await seedLarge(ctx.db, {
    size: SIZE,
    baseUrl: ctx.config.baseUrl,
    now: ctx.clock.now(),
    secrets: { publicKey: 'public', privateKey: 'private', encryptedPassword: 'none' },
    progress: () => {},
  })
})
afterAll(() => closeTestContext(ctx))

const count = async (table: string) => Number((await ctx.db(table).count('* as n'))[0]?.n)

it('makes as many rows as asked for', async () => {
  expect(await isWithoutStatuses(ctx.db)).toBe(false)
  expect(await count('statuses')).toBe(SIZE.statuses)
  expect(await count('users')).toBe(SIZE.localAccounts)
  expect(await count('follows')).toBe(SIZE.localAccounts * SIZE.followsPerLocal + SIZE.remoteAccounts)
  for (const table of ['mentions', 'favourites', 'statuses_tags', 'media_attachments', 'notifications'])
    expect(await count(table)).toBeGreaterThan(0)
})

it('counts what it made', async () => {
  const { rows } = await ctx.db.raw(`
    select s.status_id from status_stats s
     where s.favourites_count <> (select count(*) from favourites f where f.status_id = s.status_id)
        or s.replies_count <> (select count(*) from statuses r where r.in_reply_to_id = s.status_id)
        or s.reblogs_count <> (select count(*) from statuses r where r.reblog_of_id = s.status_id)`)
  expect(rows).toEqual([])
})

it('makes statuses that show', async () => {
  const ids = await ctx.db('statuses').where('visibility', 0).orderBy('id', 'desc').limit(40).pluck('id')
  const shown = await renderStatuses(ctx, null, ids)
  expect(shown).toHaveLength(40)
  expect(shown.every((status) => status.reblog !== null || status.content !== '')).toBe(true)
})

it('leaves room for what comes after it', async () => {
  const [tag] = await ctx.db('tags').insert({ name: 'afterwards' }).returning('id')
  expect(Number(tag.id)).toBe(5_001)
})
