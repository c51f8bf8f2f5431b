import { definedStatements } from '@anancus/db'
import { type Factories, factories } from '@anancus/db/testing/make'
import { closeTestContext, type TestContext, testContext } from '../../../testing/context.ts'
import { searchAccounts } from './index.ts'

let ctx: TestContext
let make: Factories

beforeAll(async () => {
  ctx = await testContext()
  make = factories(ctx.db)
})
afterAll(() => closeTestContext(ctx))

/** How Postgres would run a statement if reading whole tables cost the earth. */
async function planOf(label: string, values: unknown[]): Promise<string> {
  const text = definedStatements().get(label)?.text ?? ''
  return ctx.db.transaction(async (tx) => {
    await tx.raw('set local enable_seqscan = off')
    const bindings: unknown[] = []
    const prepared = text.replace(/\$(\d+)/g, (_, place) => {
      bindings.push(values[Number(place) - 1])
      return '?'
    })
    const { rows } = await tx.raw(`explain ${prepared}`, bindings as never)
    return rows.map((row: Record<string, string>) => row['QUERY PLAN']).join('\n')
  })
}

describe('searchAccounts', () => {
  it('is served by the index', async () => {
    const plan = await planOf('account_search', ["' bob ':*", 'bob', '1', false, 40, 0])
    expect(plan).toContain('Bitmap Index Scan on accounts_search')
  })

  it('weighs follows, followers and life', async () => {
    const viewer = await make.viewer()
    const named = (username: string, followers: number, lastStatusAt: Date | null) =>
      make
        .user({
          account: {
            username,
            display_name: 'Zoe',
            stats: { followers_count: `${followers}`, last_status_at: lastStatusAt },
          },
        })
        .then(({ account }) => account)
    const quiet = await named('quiet', 0, null)
    const known = await named('known', 10_000, null)
    const alive = await named('alive', 10_000, new Date())
    const search = (q: string, mine = true) => searchAccounts(ctx, mine ? viewer : null, { q, limit: 10 })
    expect(await search('zoe')).toEqual([alive.id, known.id, quiet.id])
    await make.follow({ account: viewer.account, target: known })
    expect(await search('zoe')).toEqual([known.id, alive.id, quiet.id])
    expect(await search('zoe', false)).toEqual([alive.id, known.id, quiet.id])
  })

  it('finds several words, and the last one by its beginning', async () => {
    const { account } = await make.user({
      account: { username: 'sinter', display_name: 'Sint Nicolaas van Myra' },
    })
    const search = (q: string) => searchAccounts(ctx, null, { q, limit: 10 })
    expect(await search('sint nico')).toEqual([account.id])
    expect(await search('SINTER')).toEqual([account.id])
    expect(await search('nicolaas sint')).toEqual([])
  })
})
