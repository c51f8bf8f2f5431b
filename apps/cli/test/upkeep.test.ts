import { readHome } from '@anancus/core/domain/timelines'
import { publishStatus } from '@anancus/core/domain/statuses'
import { closeTestContext, type TestContext, testContext } from '@anancus/core/testing/context'
import { factories } from '@anancus/db/testing/make'
import { run } from './support/run.ts'

let ctx: TestContext
let viewer: Awaited<ReturnType<ReturnType<typeof factories>['viewer']>>
beforeAll(async () => {
  ctx = await testContext()
  const make = factories(ctx.db)
  viewer = await make.viewer()
  await publishStatus(ctx, viewer.account, { status: 'one' })
  await publishStatus(ctx, viewer.account, { status: 'two' })
})
afterAll(() => closeTestContext(ctx))

const isBuilt = async () => !(await readHome(ctx, viewer, { limit: 5 })).regenerating

describe('feeds', () => {
  it('builds the feed of one user', async () => {
    expect(await isBuilt()).toBe(false)
    const ran = await run(ctx, `feeds build ${viewer.account.username}`)
    expect(ran).toMatchObject({
      exitCode: 0,
      said: ['Regenerated feeds for 1 accounts'],
      steps: ['feeds (1/1)'],
    })
    expect(await isBuilt()).toBe(true)
  })

  it('clears all of them', async () => {
    expect((await run(ctx, 'feeds clear')).exitCode).toBe(0)
    expect(await isBuilt()).toBe(false)
  })

  it('builds those of active users, or of all', async () => {
    await ctx
      .db('users')
      .where('id', viewer.user.id)
      .update({ current_sign_in_at: new Date(0) })
    expect((await run(ctx, 'feeds build')).said).toEqual(['Regenerated feeds for 0 accounts'])
    expect((await run(ctx, 'feeds build --all --dry-run')).said).toEqual([
      'Regenerated feeds for 1 accounts (DRY RUN)',
    ])
    expect(await isBuilt()).toBe(false)
    await run(ctx, 'feeds build --all')
    expect(await isBuilt()).toBe(true)
  })

  it('vacuums those that nobody keeps alive, and leaves the others', async () => {
    expect((await run(ctx, 'feeds vacuum')).exitCode).toBe(0)
    expect(await isBuilt()).toBe(true)
  })

  it.each(['0', 'many', '101'])('refuses to do %s at a time', async (number) => {
    expect((await run(ctx, `feeds build --all -c ${number}`)).exitCode).toBe(1)
  })
})

describe('cache', () => {
  it('counts accounts again', async () => {
    await ctx
      .db('account_stats')
      .where('account_id', viewer.account.id)
      .update({ statuses_count: 99, followers_count: 7 })
    expect((await run(ctx, 'cache recount accounts')).said.at(-1)).toMatch(/^OK, recounted \d+ accounts$/)
    expect(await ctx.db('account_stats').where('account_id', viewer.account.id).first()).toMatchObject({
      statuses_count: '2',
      followers_count: '0',
    })
  })

  it('counts statuses again', async () => {
    const status = await publishStatus(ctx, viewer.account, { status: 'three' })
    await ctx
      .db('status_stats')
      .insert({ status_id: status.id, favourites_count: 12 })
      .onConflict('status_id')
      .merge()
    await factories(ctx.db).favourite({ account: viewer.account, status })
    expect((await run(ctx, 'cache recount statuses')).said.at(-1)).toBe('OK, recounted 3 statuses')
    expect(await ctx.db('status_stats').where('status_id', status.id).first()).toMatchObject({
      favourites_count: '1',
    })
  })

  it('knows two kinds only', async () => {
    expect(await run(ctx, 'cache recount hashtags')).toMatchObject({
      exitCode: 1,
      failed: ['Unknown type: hashtags. It is accounts or statuses.'],
    })
  })

  it('forgets what is cached', async () => {
    const compute = jest.fn(async () => 1)
    await ctx.cache.fetch('test', 60, compute)
    expect((await run(ctx, 'cache clear')).exitCode).toBe(0)
    await ctx.cache.fetch('test', 60, compute)
    expect(compute).toHaveBeenCalledTimes(2)
  })
})
