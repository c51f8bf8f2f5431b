// `node bench/fuzz-inbox.ts [cases] [seed] [minutes]`: sends changed documents of the corpus to the inbox, through the door
// and the worker's rules, in this process, and prints what became of them. Fails when anything was neither taken nor
// refused.
import { closeTestContext, testContext } from '@anancus/core/testing/context'
import { corpusIn } from '@anancus/core/testing/fuzz/corpus'
import { type FuzzReport, fuzzInbox } from '@anancus/core/testing/fuzz/inbox-fuzz'
import type { Json } from '@anancus/core/testing/fuzz/mutate'
import { strangersHttp } from '@anancus/core/testing/fuzz/strangers'
import { createLogger } from '@anancus/core/kernel/log'
import { withTestServices } from './test-services.ts'

const CASES = Number(process.argv[2] ?? 200_000)
const SEED = Number(process.argv[3] ?? 1)
const MINUTES = Number(process.argv[4] ?? 120)
const FOLDER = new URL('../packages/core/testing/fixtures/activitypub', import.meta.url).pathname

let report: FuzzReport | undefined
await withTestServices(async () => {
  const shelf = new Map<string, Json>()
  const ctx = await testContext({
    http: strangersHttp(shelf),
    log: createLogger({ level: 'fatal', name: 'fuzz' }),
  })
  const deadline = performance.now() + MINUTES * 60_000
  try {
    report = await fuzzInbox(ctx, {
      seed: SEED,
      cases: CASES,
      corpus: corpusIn(FOLDER),
      shelf,
      isTimeUp: () => performance.now() > deadline,
      onProgress: ({ failures, cases }) =>
        process.stderr.write(`${cases} cases, ${failures.length} failures ${failures.at(-1)?.error ?? ''}\n`),
    })
  } finally {
    await closeTestContext(ctx)
  }
})
process.stdout.write(`${JSON.stringify(report, null, 1)}\n`)
process.exit(report?.failures.length === 0 ? 0 : 1)
