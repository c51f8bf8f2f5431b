import { type Factories, factories } from '@anancus/db/testing/make'
import { deploySearch, indexChanges } from '../src/domain/search/index.ts'
import { registry } from '../src/kernel/metrics.ts'
import { type Cast, castOf } from './cast.ts'
import { closeTestContext, type TestContext, testContext } from './context.ts'
import { FakeElasticsearch } from './elasticsearch/server.ts'
import { resetDatabase } from './reset.ts'

/** An instance with one of the two search engines. */
export interface SearchBench {
  readonly ctx: TestContext
  readonly make: Factories
  readonly cast: Cast
  /** Null where the database itself searches. */
  readonly elasticsearch: FakeElasticsearch | null
  /** Lets the engine hear of everything that was changed. */
  settle(): Promise<void>
}

export const DEPLOYMENT = {
  concurrency: 2,
  batchSize: 10,
  isImporting: true,
  isCleaning: true,
  isMappingOnly: false,
  isStartingAnew: false,
  onProgress: () => {},
}

/**
 * Runs the same cases on PostgreSQL and on Elasticsearch (its stand-in), each on a fresh database. A request that the
 * stand-in refuses, or a search that fell back on PostgreSQL, fails the case.
 */
export function onEachEngine(title: string, cases: (bench: SearchBench) => void): void {
  describe.each(['postgres', 'elasticsearch'] as const)(`${title} (%s)`, (engine) => {
    const bench = { elasticsearch: null } as { -readonly [Key in keyof SearchBench]: SearchBench[Key] }
    beforeAll(async () => {
      if (engine === 'elasticsearch') bench.elasticsearch = await FakeElasticsearch.start()
      bench.ctx = await testContext({ env: bench.elasticsearch?.env ?? {} })
      bench.make = factories(bench.ctx.db)
      bench.settle = () => settle(bench)
    })
    afterAll(async () => {
      await closeTestContext(bench.ctx)
      await bench.elasticsearch?.stop()
    })
    beforeEach(async () => {
      await resetDatabase(bench.ctx)
      bench.elasticsearch?.forget()
      if (bench.elasticsearch) await deploySearch(bench.ctx, DEPLOYMENT)
      bench.cast = await castOf(bench.ctx)
    })
    afterEach(async () => {
      expect(bench.elasticsearch?.refused ?? []).toEqual([])
      expect(await fallbacks()).toBe(0)
    })
    cases(bench)
  })
}

async function settle({ ctx, elasticsearch }: SearchBench): Promise<void> {
  if (!elasticsearch) return
  await indexChanges(ctx)
  elasticsearch.refresh()
}

/** How many searches PostgreSQL answered in the place of Elasticsearch, in this process. */
export async function fallbacks(): Promise<number> {
  const metric = await registry.getSingleMetric('anancus_search_fallbacks_total')?.get()
  return metric?.values[0]?.value ?? 0
}
