import { closeTestContext, environmentOf, type TestContext, testContext } from '@anancus/core/testing/context'
import { FakeElasticsearch } from '@anancus/core/testing/elasticsearch/server'
import { factories } from '@anancus/db/testing/make'
import { run } from './support/run.ts'

let elasticsearch: FakeElasticsearch
let ctx: TestContext

beforeAll(async () => {
  elasticsearch = await FakeElasticsearch.start()
  ctx = await testContext({ env: elasticsearch.env })
  const make = factories(ctx.db)
  for (let count = 0; count < 5; count++) await make.tag({ name: `tag${count}` })
  await make.status()
})
afterAll(async () => {
  await closeTestContext(ctx)
  await elasticsearch.stop()
})

const documents = (alias: string) => elasticsearch.cluster.resolve(alias)[0]?.documents.size

describe('search deploy', () => {
  it('fills the indices, and shows how far it is and how fast', async () => {
    const ran = await run(ctx, 'search deploy')
    expect(ran).toMatchObject({ exitCode: 0, failed: [] })
    expect(ran.said).toEqual(['Indexed 6 records, de-indexed 0'])
    expect(ran.steps).toContain('tags (0/5)')
    expect(ran.steps).toContainEqual(expect.stringMatching(/^tags \(5\/5, \d+ docs\/s\)$/))
    expect([documents('tags'), documents('statuses')]).toEqual([5, 1])
  })

  it('does as little as it is told to', async () => {
    const live = () => elasticsearch.cluster.resolve('tags')[0]?.name
    const before = live()
    expect((await run(ctx, 'search deploy --only tags accounts --no-clean -c 1 -b 2')).said).toEqual([
      'Indexed 5 records, de-indexed 0',
    ])
    expect(live()).toBe(before)
    await ctx.db('tags').where({ name: 'tag0' }).delete()
    expect((await run(ctx, 'search deploy --only tags --no-import')).said).toEqual([
      'Indexed 0 records, de-indexed 1',
    ])
    expect((await run(ctx, 'search deploy --only-mapping')).said).toEqual(['Updated index mappings'])
    expect(live()).toBe(before)
    expect((await run(ctx, 'search deploy --only tags --reset-chewy')).said).toEqual([
      'Indexed 4 records, de-indexed 0',
    ])
    expect(live()).not.toBe(before)
    expect(elasticsearch.refused).toEqual([])
  })

  it.each([
    [
      'search deploy --only birds',
      '--only knows instances, accounts, tags, statuses, public_statuses, not "birds".',
    ],
    ['search deploy -b 0', '--batch-size must be a whole number from 1 to 10000.'],
    ['search deploy -c none', '--concurrency must be a whole number from 1 to 100.'],
  ])('refuses %s', async (line, message) => {
    expect(await run(ctx, line)).toMatchObject({ exitCode: 1, failed: [message] })
  })

  it('says who does not answer', async () => {
    elasticsearch.mood = 'away'
    const { exitCode, failed } = await run(ctx, 'search deploy')
    elasticsearch.mood = 'well'
    expect(exitCode).toBe(1)
    expect(failed).toEqual([expect.stringMatching(/^Elasticsearch at 127\.0\.0\.1, port \d+: /)])
  })

  it('says what to set where it is not switched on', async () => {
    const environment = environmentOf(ctx)
    environment.ES_ENABLED = 'false'
    const { failed } = await run(ctx, 'search deploy')
    environment.ES_ENABLED = 'true'
    expect(failed).toEqual(['Elasticsearch is not switched on: set ES_ENABLED=true, and ES_HOST.'])
  })
})
