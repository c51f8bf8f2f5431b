import type { AccountRow, StatusRow } from '@anancus/db'
import { countSearchChanges } from '@anancus/db/queries/search-changes'
import { type Factories, factories } from '@anancus/db/testing/make'
import { type Cast, castOf } from '../../../../testing/cast.ts'
import { closeTestContext, type TestContext, testContext } from '../../../../testing/context.ts'
import { FakeElasticsearch } from '../../../../testing/elasticsearch/server.ts'
import { type Random, randomOf } from '../../../../testing/fuzz/random.ts'
import { resetDatabase } from '../../../../testing/reset.ts'
import { DEPLOYMENT, fallbacks } from '../../../../testing/search-engines.ts'
import type { Viewer } from '../../../kernel/viewer.ts'
import { deploySearch, indexChanges } from '../index.ts'
import { searchStatuses } from '../search-statuses.ts'

/** Things happen at random, in whatever order; then both engines are asked the same, and have to agree. */

const ROUNDS = 6
const CHANGES_A_ROUND = 25
const QUERIES_A_ROUND = 25
const WORDS = ['finch', 'heron', 'stork', 'robin', 'crane']
const VISIBILITIES = ['public', 'public', 'unlisted', 'private', 'direct'] as const
const LANGUAGES = ['en', 'de', null]

let elasticsearch: FakeElasticsearch
let ctx: TestContext
/** The same instance, searched by PostgreSQL. */
let plain: TestContext
let make: Factories
let cast: Cast
let authors: AccountRow[]
let statuses: StatusRow[]

beforeAll(async () => {
  elasticsearch = await FakeElasticsearch.start()
  ctx = await testContext({ env: elasticsearch.env })
  plain = { ...ctx, config: { ...ctx.config, env: { ...ctx.config.env, ES_ENABLED: false } } }
  make = factories(ctx.db)
})
afterAll(async () => {
  await closeTestContext(ctx)
  await elasticsearch.stop()
})

function changesOf({ below, chance, pick }: Random) {
  const text = () => Array.from({ length: 1 + below(3) }, () => pick(WORDS)).join(' ')
  const me = () => pick([cast.alice.account, cast.bob.account])
  const some = () => pick(statuses)
  const set = (table: string, id: string, columns: object) => ctx.db(table).where({ id }).update(columns)
  const publish = async () => {
    const account = pick(authors)
    const status = await make.status({
      account,
      text: account.domain === null ? text() : `<p>${text()}</p>`,
      visibility: pick(VISIBILITIES),
      language: pick(LANGUAGES),
      sensitive: chance(0.2),
      mentions: chance(0.3) ? [me()] : [],
    })
    statuses.push(status)
  }
  const toggle = async (table: string, columns: object) => {
    const gone = await ctx.db(table).where(columns).delete()
    if (gone === 0) await ctx.db(table).insert(columns)
  }
  return [
    ...Array.from({ length: 8 }, () => publish),
    async () => set('statuses', some().id, { text: text(), edited_at: new Date() }),
    async () => set('statuses', some().id, { deleted_at: chance(0.5) ? new Date() : null }),
    async () => set('statuses', some().id, { visibility: below(4) }),
    async () => toggle('favourites', { account_id: me().id, status_id: some().id }),
    async () => toggle('bookmarks', { account_id: me().id, status_id: some().id }),
    async () => {
      const { id } = some()
      const account = me()
      const gone = await ctx.db('statuses').where({ reblog_of_id: id, account_id: account.id }).delete()
      if (gone === 0)
        await make.status({ account, reblogOf: statuses.find((status) => status.id === id) as StatusRow })
    },
    async () => set('accounts', pick(authors).id, { indexable: chance(0.6) }),
    async () => set('accounts', pick(authors).id, { suspended_at: chance(0.1) ? new Date() : null }),
    async () => toggle('blocks', { account_id: me().id, target_account_id: pick([cast.carol, cast.dan]).id }),
    async () =>
      toggle('mutes', {
        account_id: me().id,
        target_account_id: pick([cast.carol, cast.dan]).id,
        hide_notifications: true,
      }),
  ]
}

function queryOf({ pick }: Random): string {
  const parts = [
    () => pick(WORDS),
    () => `"${pick(WORDS)} ${pick(WORDS)}"`,
    () => `-${pick(WORDS)}`,
    () => pick(['in:library', 'in:public', 'in:all']),
    () => `from:${pick(['me', 'alice', '@bob', 'carol@mastodon.example'])}`,
    () => `-from:${pick(['me', 'bob'])}`,
    () => pick(['is:sensitive', '-is:sensitive']),
    () => pick(['language:de', '-language:en']),
  ]
  return [pick(WORDS), ...Array.from({ length: pick([0, 0, 1, 1, 2]) }, () => pick(parts)())].join(' ')
}

async function agree(viewer: Viewer, query: string, page: { limit: number; offset: number }) {
  const said = await Promise.all([plain, ctx].map((on) => searchStatuses(on, viewer, query, page)))
  return { query, page, postgres: said[0], elasticsearch: said[1] }
}

it('writes no log where there is no Elasticsearch', async () => {
  await make.status({ text: 'finch' })
  expect(await countSearchChanges(ctx.db)).toBe(0)
})

it.each([1, 2, 3])(
  'finds the same with both engines, whatever happened (seed %s)',
  async (seed) => {
    const random = randomOf(seed)
    await resetDatabase(ctx)
    elasticsearch.forget()
    cast = await castOf(ctx)
    authors = [cast.alice.account, cast.bob.account, cast.carol, cast.dan]
    statuses = [await make.status({ account: cast.alice.account, text: 'finch' })]
    await deploySearch(ctx, DEPLOYMENT)
    const changes = changesOf(random)
    let found = 0
    for (let round = 0; round < ROUNDS; round++) {
      for (let count = 0; count < CHANGES_A_ROUND; count++) await random.pick(changes)()
      // Half of the rounds deploy anew in the midst of it.
      if (round % 2 === 1) await deploySearch(ctx, { ...DEPLOYMENT, only: ['statuses', 'public_statuses'] })
      await indexChanges(ctx)
      elasticsearch.refresh()
      for (let count = 0; count < QUERIES_A_ROUND; count++) {
        const viewer = random.chance(0.5) ? cast.alice : cast.bob
        const page = { limit: random.chance(0.3) ? 2 : 40, offset: random.chance(0.3) ? 1 : 0 }
        const said = await agree(viewer, queryOf(random), page)
        expect(said).toEqual({ ...said, elasticsearch: said.postgres })
        found += said.postgres?.length ?? 0
      }
    }
    expect(found).toBeGreaterThan(60)
    expect([elasticsearch.refused, await fallbacks()]).toEqual([[], 0])
  },
  120_000,
)
