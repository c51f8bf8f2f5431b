import { gatherSearchChanges, isGatheringSearchChanges } from '@anancus/db/queries/search-changes'
import { type Factories, factories } from '@anancus/db/testing/make'
import { castOf } from '../../../../testing/cast.ts'
import { closeTestContext, type TestContext, testContext } from '../../../../testing/context.ts'
import { FakeElasticsearch } from '../../../../testing/elasticsearch/server.ts'
import { resetDatabase } from '../../../../testing/reset.ts'
import { DEPLOYMENT } from '../../../../testing/search-engines.ts'
import { deploySearch, INDEX_NAMES, indexChanges } from '../index.ts'
import { searchStatuses } from '../search-statuses.ts'

let elasticsearch: FakeElasticsearch
let ctx: TestContext
let make: Factories

beforeAll(async () => {
  elasticsearch = await FakeElasticsearch.start()
  ctx = await testContext({ env: elasticsearch.env })
  make = factories(ctx.db)
})
afterAll(async () => {
  await closeTestContext(ctx)
  await elasticsearch.stop()
})
beforeEach(async () => {
  await resetDatabase(ctx)
  elasticsearch.forget()
})
afterEach(() => expect(elasticsearch.refused).toEqual([]))

const names = () => [...elasticsearch.cluster.indices.keys()]
const behind = (alias: string) => elasticsearch.cluster.resolve(alias).map((index) => index.name)
const documentsOf = (alias: string) => {
  elasticsearch.refresh()
  return elasticsearch.cluster.resolve(alias).flatMap((index) => [...index.documents.keys()])
}
const bulks = () => elasticsearch.asked.filter(({ path }) => path === '/_bulk').length

describe('deploySearch', () => {
  it('fills every index from the database', async () => {
    const cast = await castOf(ctx)
    const status = await make.status({ account: cast.alice.account })
    const touched = await make.status({ account: cast.carol })
    await make.favourite({ account: cast.bob.account, status: touched })
    await make.status({ account: cast.carol })
    await make.tag({ name: 'cats' })
    const progress: string[] = []
    const written = await deploySearch(ctx, {
      ...DEPLOYMENT,
      onProgress: (index, done, total) => progress.push(`${index} ${done}/${total}`),
    })
    expect(documentsOf('statuses').toSorted()).toEqual([status.id, touched.id].toSorted())
    expect(documentsOf('accounts')).toHaveLength(8)
    expect(documentsOf('tags')).toHaveLength(1)
    expect(documentsOf('instances').toSorted()).toEqual(['mastodon.example', 'other.example'])
    expect(written).toEqual({ indexed: 13, removed: 0 })
    expect(progress).toEqual(expect.arrayContaining(['accounts 0/8', 'accounts 8/8', 'statuses 3/3']))
  })

  it('puts a new version in the place of the old one without a moment of nothing', async () => {
    const cast = await castOf(ctx)
    const status = await make.status({ account: cast.alice.account, text: 'finch' })
    await deploySearch(ctx, DEPLOYMENT)
    const before = behind('statuses')
    const seen: number[] = []
    elasticsearch.before = async ({ path }) => {
      if (!path.includes('_search'))
        seen.push(documentsOf('statuses').filter((id) => id === status.id).length)
    }
    await deploySearch(ctx, { ...DEPLOYMENT, only: ['statuses'] })
    elasticsearch.before = () => {}
    expect(seen.length).toBeGreaterThan(3)
    expect(seen).not.toContain(0)
    expect(behind('statuses')).not.toEqual(before)
    expect(names()).toHaveLength(INDEX_NAMES.length)
    expect(documentsOf('statuses')).toEqual([status.id])
    expect(await searchStatuses(ctx, cast.alice, 'finch', { limit: 5, offset: 0 })).toEqual([status.id])
  })

  it('misses no change that comes while it fills, neither a new status nor a deleted one', async () => {
    const account = await make.account()
    const all = await Promise.all(Array.from({ length: 25 }, () => make.status({ account })))
    await deploySearch(ctx, DEPLOYMENT)
    let late: string | undefined
    elasticsearch.before = async ({ path, body }) => {
      if (path !== '/_bulk' || late !== undefined) return
      late = ''
      const [first] = body as { index?: { _index: string; _id: string } }[]
      expect(first?.index?._index).toBe('statuses_building')
      // The first documents are on their way, read while this status was still there.
      await ctx.db('statuses').where({ id: first?.index?._id }).delete()
      late = (await make.status({ account })).id
      await indexChanges(ctx)
    }
    await deploySearch(ctx, { ...DEPLOYMENT, only: ['statuses'] })
    elasticsearch.before = () => {}
    await indexChanges(ctx)
    const found = documentsOf('statuses')
    expect(found).toHaveLength(all.length)
    expect(found).toContain(late)
  })

  it('goes on where it was cut off, unless told to begin anew', async () => {
    const account = await make.account()
    for (let count = 0; count < 25; count++) await make.status({ account })
    const options = { ...DEPLOYMENT, only: ['statuses'] as const, concurrency: 1 }
    const cutOff = async () => {
      let sent = 0
      elasticsearch.before = ({ path }) => {
        if (path === '/_bulk' && ++sent === 3) throw new Error('cut off')
      }
      await expect(deploySearch(ctx, options)).rejects.toThrow('cut off')
      elasticsearch.refused.length = 0
      elasticsearch.before = () => {}
      elasticsearch.asked.length = 0
    }
    await cutOff()
    const totals: number[] = []
    await deploySearch(ctx, { ...options, onProgress: (_index, _done, total) => totals.push(total) })
    expect(totals[0]).toBe(5)
    expect(bulks()).toBe(1)
    expect(documentsOf('statuses')).toHaveLength(25)
    await cutOff()
    await deploySearch(ctx, { ...options, isStartingAnew: true })
    expect(bulks()).toBe(3)
    expect(documentsOf('statuses')).toHaveLength(25)
    expect(names()).toHaveLength(1)
  })

  it('fills up in place without cleaning, and cleans in place without importing', async () => {
    const tag = await make.tag({ name: 'cats' })
    await deploySearch(ctx, { ...DEPLOYMENT, only: ['tags'] })
    const before = behind('tags')
    await ctx.db('search_changes').delete()
    await ctx.db('tags').where({ id: tag.id }).delete()
    const other = await make.tag({ name: 'dogs' })
    await deploySearch(ctx, { ...DEPLOYMENT, only: ['tags'], isCleaning: false })
    expect(documentsOf('tags').toSorted()).toEqual([tag.id, other.id].toSorted())
    expect(await deploySearch(ctx, { ...DEPLOYMENT, only: ['tags'], isImporting: false })).toEqual({
      indexed: 0,
      removed: 1,
    })
    expect(documentsOf('tags')).toEqual([other.id])
    expect(behind('tags')).toEqual(before)
  })

  it('makes empty indices, and changes the settings of those that are there, with --only-mapping', async () => {
    await make.tag({ name: 'cats' })
    await deploySearch(ctx, { ...DEPLOYMENT, isMappingOnly: true })
    expect(names()).toHaveLength(INDEX_NAMES.length)
    expect(documentsOf('tags')).toEqual([])
    const small = {
      ...ctx,
      config: { ...ctx.config, env: { ...ctx.config.env, ES_PRESET: 'small_cluster' as const } },
    }
    await deploySearch(small, { ...DEPLOYMENT, isMappingOnly: true })
    expect(elasticsearch.cluster.resolve('tags')[0]?.settings.number_of_replicas).toBe(1)
  })

  it('takes the place of an index that another software made', async () => {
    await make.tag({ name: 'cats' })
    await deploySearch(ctx, { ...DEPLOYMENT, only: ['tags'] })
    const [made] = elasticsearch.cluster.resolve('tags')
    elasticsearch.cluster.indices.clear()
    if (made) {
      made.aliases.clear()
      elasticsearch.cluster.indices.set('tags', Object.assign(made, { name: 'tags' }))
    }
    await deploySearch(ctx, { ...DEPLOYMENT, only: ['tags'] })
    expect(behind('tags')[0]).toMatch(/^tags_\d+$/)
    expect(names()).toHaveLength(1)
  })

  it('says so where Elasticsearch is not switched on', async () => {
    const off = { ...ctx, config: { ...ctx.config, env: { ...ctx.config.env, ES_ENABLED: false } } }
    await expect(deploySearch(off, DEPLOYMENT)).rejects.toThrow('ES_ENABLED=true')
  })

  it('waits for a table that is written to for seconds', async () => {
    await gatherSearchChanges(ctx.db, false)
    const writer = await ctx.db.transaction()
    await writer.raw('lock table tags in row exclusive mode')
    const deployed = deploySearch(ctx, { ...DEPLOYMENT, only: ['tags'] })
    // Longer than the lock is waited for: 3 s.
    await new Promise((resolve) => setTimeout(resolve, 3500))
    expect(names()).toEqual([])
    await writer.commit()
    await deployed
    expect(names()).toHaveLength(1)
    expect(await isGatheringSearchChanges(ctx.db)).toBe(true)
  }, 60_000)
})
