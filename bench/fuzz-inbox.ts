// `node bench/fuzz-inbox.ts [cases] [seed] [minutes] [http]`: sends changed documents of the corpus to the inbox, straight or
// over HTTP to a running server, and on through the worker's rules, and prints what became of them. Fails when anything was
// neither taken nor refused.
import { once } from 'node:events'
import { createServer as createHttpServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { closeTestContext, testContext } from '@anancus/core/testing/context'
import { corpusIn } from '@anancus/core/testing/fuzz/corpus'
import { type FuzzDoor, type FuzzReport, fuzzInbox } from '@anancus/core/testing/fuzz/inbox-fuzz'
import type { Json } from '@anancus/core/testing/fuzz/mutate'
import { strangersHttp } from '@anancus/core/testing/fuzz/strangers'
import type { Ctx } from '@anancus/core/kernel/context'
import { createLogger } from '@anancus/core/kernel/log'
import { createServer } from '../apps/web/src/server.ts'
import { sendBytes } from '../apps/web/test/support/send-bytes.ts'
import { withTestServices } from './test-services.ts'

const CASES = Number(process.argv[2] ?? 200_000)
const SEED = Number(process.argv[3] ?? 1)
const MINUTES = Number(process.argv[4] ?? 120)
const IS_HTTP = process.argv[5] === 'http'
const FOLDER = new URL('../packages/core/testing/fixtures/activitypub', import.meta.url).pathname

/** A web server of this process, and the way into its inbox. */
async function openDoor(ctx: Ctx): Promise<{ server: Server; door: FuzzDoor }> {
  const server = createHttpServer(createServer(ctx))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return { server, door: (_ctx, request) => sendBytes(port, request) }
}

let report: FuzzReport | undefined
await withTestServices(async () => {
  const shelf = new Map<string, Json>()
  const ctx = await testContext({
    http: strangersHttp(shelf),
    log: createLogger({ level: 'fatal', name: 'fuzz' }),
  })
  const http = IS_HTTP ? await openDoor(ctx) : undefined
  const deadline = performance.now() + MINUTES * 60_000
  try {
    report = await fuzzInbox(ctx, {
      seed: SEED,
      cases: CASES,
      corpus: corpusIn(FOLDER),
      shelf,
      ...(http ? { door: http.door } : {}),
      isTimeUp: () => performance.now() > deadline,
      onProgress: ({ failures, cases }) =>
        process.stderr.write(`${cases} cases, ${failures.length} failures ${failures.at(-1)?.error ?? ''}\n`),
    })
  } finally {
    http?.server.closeAllConnections()
    http?.server.close()
    await closeTestContext(ctx)
  }
})
process.stdout.write(`${JSON.stringify(report, null, 1)}\n`)
process.exit(report?.failures.length === 0 ? 0 : 1)
