// `node bench/media-cache.ts [files of each kind] [bytes of each]`: fills the cache of remote media to twice its budget, on
// local disk and in an S3-compatible store, lets the worker's job run, and prints what was there before and after, as the
// database and as the store say, which kinds went, and what stayed. Fails where anything that should have stayed went.
import { readMediaCache, trimMediaCache } from '@anancus/core/domain/media-cache'
import { humanSize } from '@anancus/core/kernel/text/human-size'
import { startFauxqs } from 'fauxqs'
import { closeTestContext, type TestContext, testContext } from '../packages/core/testing/context.ts'
import { countStatements } from '../packages/core/testing/count-statements.ts'
import {
  countThere,
  type FullCache,
  fillCache,
  type Kept,
  storedBytes,
} from '../packages/core/testing/full-cache.ts'
import { s3Settings } from '../packages/core/testing/store.ts'
import { withTestServices } from './test-services.ts'

const COUNT = Number(process.argv[2] ?? 300)
const BYTES = Number(process.argv[3] ?? 64 * 1024)
/** Seven files for each, all of which fit into the budget. */
const KEPT = Math.floor(COUNT / 4)

const print = (line: string) => process.stdout.write(`${line}\n`)
let failures = 0

function check(what: string, isSo: boolean): void {
  if (!isSo) failures += 1
  print(`${isSo ? 'ok  ' : 'NOT '} ${what}`)
}

async function drill(store: string, env: Record<string, string>): Promise<void> {
  const budget = ((COUNT * 5 + KEPT * 7) * BYTES) / 2
  const ctx = await testContext({ env: { ...env, MEDIA_CACHE_BUDGET: String(Math.floor(budget)) } })
  try {
    print(`\n${store}: budget ${humanSize(budget)}`)
    const full = await fillCache(ctx, COUNT, BYTES, KEPT)
    await run(ctx, full, budget)
  } finally {
    await closeTestContext(ctx)
  }
}

async function run(ctx: TestContext, full: FullCache, budget: number): Promise<void> {
  const before = await readMediaCache(ctx)
  print(`before: ${humanSize(before.total)} by the books, ${humanSize(await storedBytes(ctx))} in the store`)
  const started = performance.now()
  const { count } = await countStatements(() => trimMediaCache(ctx))
  const seconds = (performance.now() - started) / 1000
  const after = await readMediaCache(ctx)
  const stored = await storedBytes(ctx)
  print(`after:  ${humanSize(after.total)} by the books, ${humanSize(stored)} in the store`)
  const removed = Object.entries(after.runs[0]?.removed ?? {})
  for (const [kind, { files, bytes, keptFiles }] of removed)
    print(`  ${kind}: ${files} files, ${humanSize(bytes)}, ${keptFiles} of them worth keeping`)
  const files = removed.reduce((sum, [, one]) => sum + one.files, 0)
  print(`${files} files in ${seconds.toFixed(1)} s with ${count} statements`)
  check('books and store say the same', after.total === stored)
  check(
    'the cache is within its budget, and not emptier than it has to be',
    stored <= budget && budget - stored < BYTES,
  )
  check('of every kind something went', removed.length === 5)
  for (const [what, files] of Map.groupBy(full.kept, (file: Kept) => file.what))
    check(`kept: ${what} (${files.length})`, (await countThere(ctx, files)) === files.length)
  check(
    `kept: uploads of people here (${full.local.length})`,
    (await countThere(ctx, full.local)) === full.local.length,
  )
}

await withTestServices(async () => {
  await drill('local disk', {})
  const server = await startFauxqs({ port: 0, logger: false })
  server.createBucket('files')
  await drill('S3', s3Settings(server.address))
  await server.stop()
})
process.exit(failures === 0 ? 0 : 1)
