import { countSearchChanges } from '@anancus/db/queries/search-changes'
import { type Factories, factories } from '@anancus/db/testing/make'
import { closeTestContext, type TestContext, testContext } from '../../../../testing/context.ts'
import { FakeElasticsearch } from '../../../../testing/elasticsearch/server.ts'
import { resetDatabase } from '../../../../testing/reset.ts'
import { DEPLOYMENT } from '../../../../testing/search-engines.ts'
import { redisKey } from '../../../kernel/redis-keys.ts'
import { deploySearch, indexChanges, stopGathering } from '../index.ts'

let elasticsearch: FakeElasticsearch
let ctx: TestContext
let make: Factories

beforeAll(async () => {
  elasticsearch = await FakeElasticsearch.start()
  ctx = await testContext({ env: { ...elasticsearch.env, ES_PREFIX: 'mine' } })
  make = factories(ctx.db)
})
afterAll(async () => {
  await closeTestContext(ctx)
  await elasticsearch.stop()
})
beforeEach(async () => {
  await resetDatabase(ctx)
  elasticsearch.forget()
  await deploySearch(ctx, DEPLOYMENT)
})

const documentsOf = (alias: string) => {
  elasticsearch.refresh()
  return elasticsearch.cluster.resolve(`mine_${alias}`).flatMap((index) => [...index.documents.keys()])
}
const endPause = () => ctx.redis.del(redisKey(ctx, 'search:pause'))
const waiting = () => countSearchChanges(ctx.db)

describe('indexChanges', () => {
  it('tells what was written, to the index of everybody and to that of those it concerns', async () => {
    const author = await make.account({ indexable: true })
    const open = await make.status({ account: author })
    const closed = await make.status({ account: author, visibility: 'private' })
    const remote = await make.status({ account: await make.remoteAccount({ domain: 'far.example' }) })
    expect(await waiting()).toBeGreaterThan(0)
    expect((await indexChanges(ctx)).indexed).toBeGreaterThan(0)
    expect(await waiting()).toBe(0)
    expect(documentsOf('public_statuses')).toEqual([open.id])
    expect(documentsOf('statuses').toSorted()).toEqual([open.id, closed.id].toSorted())
    expect(documentsOf('statuses')).not.toContain(remote.id)
    expect(documentsOf('instances')).toEqual(['far.example'])
  })

  it('tells of a row once, however often it changed', async () => {
    const status = await make.status()
    for (let count = 0; count < 5; count++)
      await ctx
        .db('statuses')
        .where({ id: status.id })
        .update({ text: `version ${count}` })
    await indexChanges(ctx)
    const writes = elasticsearch.asked
      .filter(({ path }) => path === '/_bulk')
      .flatMap(({ body }) => body as { index?: { _id: string; _index: string } }[])
      .filter(({ index }) => index?._index === 'mine_statuses')
    expect(writes.map(({ index }) => index?._id)).toEqual([status.id])
  })

  it('keeps a change that was rolled back to itself', async () => {
    await ctx.db
      .transaction(async (tx) => {
        await factories(tx).status()
        throw new Error('rolled back')
      })
      .catch((error: Error) => expect(error.message).toBe('rolled back'))
    expect(await waiting()).toBe(0)
  })

  it.each(['away', 'unavailable', 'busy'] as const)(
    'loses nothing while Elasticsearch is %s, and takes a pause that grows',
    async (mood) => {
      const kept = await make.status()
      await indexChanges(ctx)
      elasticsearch.mood = mood
      const written = await make.status()
      await ctx.db('statuses').where({ id: kept.id }).delete()
      const before = await waiting()
      expect(await indexChanges(ctx)).toEqual({ indexed: 0, removed: 0 })
      expect(await ctx.redis.ttl(redisKey(ctx, 'search:pause'))).toBeLessThanOrEqual(5)
      await endPause()
      await indexChanges(ctx)
      expect(await ctx.redis.ttl(redisKey(ctx, 'search:pause'))).toBeGreaterThan(5)
      expect(await waiting()).toBe(before)
      elasticsearch.mood = 'well'
      expect(await indexChanges(ctx)).toEqual({ indexed: 0, removed: 0 })
      await endPause()
      await indexChanges(ctx)
      expect(await waiting()).toBe(0)
      expect(documentsOf('statuses')).toEqual([written.id])
      expect(await ctx.redis.exists(redisKey(ctx, 'search:failures'))).toBe(0)
    },
  )

  it('lets no older reading take the place of a later one', async () => {
    const status = await make.status({ text: 'first' })
    await indexChanges(ctx)
    const [index] = elasticsearch.cluster.resolve('mine_statuses')
    expect(() => index?.write(status.id, 1, {})).toThrow('version conflict')
    await ctx.db('statuses').where({ id: status.id }).delete()
    await indexChanges(ctx)
    expect(() => index?.write(status.id, 1, {})).toThrow('version conflict')
    expect(documentsOf('statuses')).toEqual([])
  })

  it('adds and removes all public statuses of who allows or forbids to be found', async () => {
    const author = await make.account({ indexable: false })
    const statuses = [await make.status({ account: author }), await make.status({ account: author })]
    await make.status({ account: author, visibility: 'unlisted' })
    await indexChanges(ctx)
    expect(documentsOf('public_statuses')).toEqual([])
    await ctx.db('accounts').where({ id: author.id }).update({ indexable: true })
    await indexChanges(ctx)
    expect(documentsOf('public_statuses').toSorted()).toEqual(statuses.map(({ id }) => id).toSorted())
    await ctx.db('accounts').where({ id: author.id }).update({ indexable: false })
    await indexChanges(ctx)
    expect(documentsOf('public_statuses')).toEqual([])
  })

  it('leaves a document out that Elasticsearch refuses, and goes on with the others', async () => {
    const [index] = elasticsearch.cluster.resolve('mine_tags')
    const good = await make.tag({ name: 'good' })
    const bad = await make.tag({ name: 'bad' })
    index?.mapping.fields.delete('name')
    await indexChanges(ctx)
    expect(elasticsearch.refused).toHaveLength(2)
    expect(await waiting()).toBe(0)
    expect([good.name, bad.name]).toEqual(['good', 'bad'])
  })

  it('writes to nothing when the index is gone, and keeps the changes', async () => {
    await make.tag({ name: 'lost' })
    for (const index of elasticsearch.cluster.resolve('mine_tags')) elasticsearch.cluster.delete(index.name)
    await indexChanges(ctx)
    expect(await waiting()).toBeGreaterThan(0)
    expect([...elasticsearch.cluster.indices.keys()].filter((name) => name.startsWith('mine_tags'))).toEqual(
      [],
    )
    await deploySearch(ctx, { ...DEPLOYMENT, only: ['tags'] })
    await endPause()
    await indexChanges(ctx)
    expect(await waiting()).toBe(0)
    expect(documentsOf('tags')).toHaveLength(1)
  })
})

describe('stopGathering', () => {
  it('ends the log where Elasticsearch was switched off, and only there', async () => {
    const off = { ...ctx, config: { ...ctx.config, env: { ...ctx.config.env, ES_ENABLED: false } } }
    expect(await stopGathering(ctx)).toBe(false)
    await make.status()
    expect(await stopGathering(off)).toBe(true)
    expect(await waiting()).toBe(0)
    await make.status()
    expect(await waiting()).toBe(0)
    expect(await indexChanges(off)).toEqual({ indexed: 0, removed: 0 })
    expect(await stopGathering(off)).toBe(false)
  })
})
