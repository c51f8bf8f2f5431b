import { type Factories, factories } from '@anancus/db/testing/make'
import { type Cast, castOf } from '../../../../testing/cast.ts'
import { closeTestContext, type TestContext, testContext } from '../../../../testing/context.ts'
import { FakeElasticsearch } from '../../../../testing/elasticsearch/server.ts'
import { DEPLOYMENT, fallbacks } from '../../../../testing/search-engines.ts'
import { deploySearch, indexChanges, search, searchAccounts } from '../index.ts'
import { ENGINE_REST_MS } from '../limits.ts'

let elasticsearch: FakeElasticsearch
let ctx: TestContext
let make: Factories
let cast: Cast

beforeAll(async () => {
  elasticsearch = await FakeElasticsearch.start()
  ctx = await testContext({ env: elasticsearch.env })
  make = factories(ctx.db)
  cast = await castOf(ctx)
})
afterAll(async () => {
  await closeTestContext(ctx)
  await elasticsearch.stop()
})
afterEach(() => jest.restoreAllMocks())

const searches = () => elasticsearch.asked.filter(({ path }) => path.endsWith('/_search')).length
const find = async () => (await search(ctx, cast.alice, { q: 'finch', limit: 5 })).statusIds
const realNow = Date.now
let ahead = 0
/** Elasticsearch rests for a while after a failure, and what is remembered of it ends. */
function later(): void {
  ahead += 10 * ENGINE_REST_MS
  jest.spyOn(Date, 'now').mockImplementation(() => realNow() + ahead)
}

describe('ask', () => {
  it('asks PostgreSQL until Elasticsearch is filled, then Elasticsearch', async () => {
    const status = await make.status({ account: cast.alice.account, text: 'finch' })
    expect(await find()).toEqual([status.id])
    expect(searches()).toBe(0)
    await deploySearch(ctx, DEPLOYMENT)
    later()
    expect(await find()).toEqual([status.id])
    expect(await searchAccounts(ctx, cast.alice, { q: 'bob', limit: 5 })).toEqual([cast.bob.account.id])
    // Accounts, tags and statuses, then accounts again.
    expect(searches()).toBe(4)
    expect(await fallbacks()).toBe(0)
  })

  it.each(['away', 'unavailable'] as const)(
    'answers by PostgreSQL while Elasticsearch is %s',
    async (mood) => {
      later()
      const status = await make.status({ account: cast.alice.account, text: 'finch' })
      elasticsearch.mood = mood
      const before = await fallbacks()
      expect((await find())[0]).toBe(status.id)
      expect(await fallbacks()).toBe(before + 1)
      elasticsearch.mood = 'well'
      elasticsearch.asked.length = 0
      expect((await find())[0]).toBe(status.id)
      expect(searches()).toBe(0)
      later()
      await indexChanges(ctx)
      elasticsearch.refresh()
      expect((await find())[0]).toBe(status.id)
      expect(searches()).toBe(3)
    },
  )

  it('lets an error of our own come out', async () => {
    const broken = {
      ...ctx,
      config: { ...ctx.config, env: { ...ctx.config.env, ES_CA_FILE: '/nowhere/ca.pem' } },
    }
    await expect(search(broken, cast.alice, { q: 'finch', limit: 5 })).rejects.toThrow('ENOENT')
  })
})
