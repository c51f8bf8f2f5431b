import { join } from 'node:path'
import { closeTestContext, type TestContext, testContext } from '../../../testing/context.ts'
import { corpusIn } from '../../../testing/fuzz/corpus.ts'
import { fuzzInbox } from '../../../testing/fuzz/inbox-fuzz.ts'
import type { Json } from '../../../testing/fuzz/mutate.ts'
import { strangersHttp } from '../../../testing/fuzz/strangers.ts'
import { createLogger } from '../../kernel/log.ts'

const FOLDER = join(__dirname, '../../../testing/fixtures/activitypub')
const CASES = 2_000

const shelf = new Map<string, Json>()
let ctx: TestContext
beforeAll(async () => {
  const log = createLogger({ level: 'fatal', name: 'fuzz' })
  ctx = await testContext({ http: strangersHttp(shelf), log })
})
afterAll(() => closeTestContext(ctx))

it('takes or refuses two thousand changed documents of others, and stumbles over none', async () => {
  const report = await fuzzInbox(ctx, { seed: 20_260_601, cases: CASES, corpus: corpusIn(FOLDER), shelf })
  expect(report.failures).toEqual([])
  expect(report.cases).toBe(CASES)
  // It is a test only if some get through.
  expect(report.answers['202']).toBeGreaterThan(CASES / 2)
  expect(report.outcomes.processed).toBeGreaterThan(0)
  expect(report.answers['400']).toBeGreaterThan(0)
  expect(report.answers['401']).toBeGreaterThan(0)
}, 300_000)
