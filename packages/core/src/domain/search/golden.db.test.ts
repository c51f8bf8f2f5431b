import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { factories } from '@anancus/db/testing/make'
import { closeTestContext, type TestContext, testContext } from '../../../testing/context.ts'
import { type Asked, FakeElasticsearch } from '../../../testing/elasticsearch/server.ts'
import { DEPLOYMENT } from '../../../testing/search-engines.ts'
import { deploySearch, indexChanges, search, searchAccounts, searchServers } from './index.ts'

/**
 * What is sent to Elasticsearch, word for word, kept in `golden/` to be reviewed: nobody else checks it here. After a
 * change that was meant, `UPDATE_GOLDEN=1 pnpm jest golden` writes the files anew.
 */
const FOLDER = join(import.meta.dirname, 'golden')
const CREATED = new Date('2026-01-02T03:04:05Z')
const STATUS_ID = '115823000000000000'

let elasticsearch: FakeElasticsearch
let ctx: TestContext

beforeAll(async () => {
  elasticsearch = await FakeElasticsearch.start()
  ctx = await testContext({
    env: { ...elasticsearch.env, ES_PREFIX: 'social', ES_PRESET: 'large_cluster' },
    clock: { now: () => CREATED },
  })
})
afterAll(async () => {
  await closeTestContext(ctx)
  await elasticsearch.stop()
})

async function askedDuring(work: () => Promise<unknown>): Promise<Asked[]> {
  elasticsearch.asked.length = 0
  await work()
  expect(elasticsearch.refused).toEqual([])
  return structuredClone(elasticsearch.asked)
}

/** When a row was read is never the same twice. */
function settled(asked: Asked[]): Asked[] {
  const text = JSON.stringify(asked).replace(/"version":\d{16}/g, '"version":1700000000000000')
  return JSON.parse(text) as Asked[]
}

function expectGolden(name: string, asked: Asked[]): void {
  const file = join(FOLDER, `${name}.json`)
  const text = `${JSON.stringify(settled(asked), null, 2)}\n`
  if (process.env.UPDATE_GOLDEN === '1') {
    mkdirSync(FOLDER, { recursive: true })
    writeFileSync(file, text)
  }
  expect(existsSync(file)).toBe(true)
  expect(text).toBe(readFileSync(file, 'utf8'))
}

async function people() {
  const make = factories(ctx.db)
  const viewer = await make.viewer({
    account: {
      id: '1001',
      username: 'alice',
      display_name: 'Alice',
      note: 'I like <birds>',
      discoverable: true,
    },
  })
  const bob = await make.remoteAccount({
    id: '1002',
    username: 'bob',
    display_name: 'Bob',
    domain: 'far.example',
    note: '<p>Hello <b>you</b></p>',
    indexable: true,
  })
  await make.follow({ account: viewer.account, target: bob })
  return { make, viewer, bob }
}

it('sends what the golden files say', async () => {
  const { make, viewer, bob } = await people()
  const deployed = await askedDuring(() => deploySearch(ctx, { ...DEPLOYMENT, concurrency: 1 }))
  for (const index of ['accounts', 'instances', 'public_statuses', 'statuses', 'tags'])
    expectGolden(
      `create-${index}`,
      deployed.filter(({ method, path }) => method === 'PUT' && path.startsWith(`/social_${index}_`)),
    )
  expectGolden(
    'switch-over',
    deployed.filter(({ path }) => path.includes('social_tags') || path === '/_aliases').slice(-5),
  )
  expectGolden(
    'import',
    deployed.filter(({ path }) => path === '/_bulk'),
  )

  await ctx.db('search_changes').delete()
  const tag = await make.tag({ name: 'finches' })
  await ctx
    .db('tags')
    .where({ id: tag.id })
    .update({ id: '2001', reviewed_at: CREATED, last_status_at: null })
  const status = await make.status({
    id: STATUS_ID,
    account: bob,
    text: '<p>A <i>finch</i> sings &amp; flies</p>',
    spoiler_text: 'birds',
    language: 'en',
    sensitive: true,
    created_at: CREATED,
  })
  await make.favourite({ account: viewer.account, status })
  await ctx.db('search_changes').where({ kind: 'accounts' }).delete()
  expectGolden('changes', await askedDuring(() => indexChanges(ctx)))
  await ctx.db('statuses').where({ id: STATUS_ID }).delete()
  await ctx.db('search_changes').where({ kind: 'accounts' }).delete()
  expectGolden('deletion', await askedDuring(() => indexChanges(ctx)))

  const q =
    'finch "sings and flies" -heron #birds from:bob@far.example has:link -is:reply language:en after:2026-01-01 before:2026-02-01'
  const find = (request: object) => search(ctx, viewer, { q, limit: 20, ...request })
  expectGolden(
    'search-statuses',
    await askedDuring(() => find({ type: 'statuses', maxId: '115900000000000000' })),
  )
  expectGolden(
    'search-statuses-in-library',
    await askedDuring(() => find({ q: 'finch in:library', type: 'statuses' })),
  )
  expectGolden(
    'search-accounts',
    await askedDuring(() => searchAccounts(ctx, viewer, { q: 'bob far', limit: 20 })),
  )
  expectGolden(
    'search-followed-accounts',
    await askedDuring(() => searchAccounts(ctx, viewer, { q: 'bob', limit: 5, offset: 5, following: true })),
  )
  expectGolden('search-servers', await askedDuring(() => searchServers(ctx, 'far')))
  expectGolden(
    'search-tags',
    await askedDuring(() =>
      search(ctx, viewer, { q: '#Fin', limit: 20, type: 'hashtags', excludeUnreviewed: true }),
    ),
  )
})
