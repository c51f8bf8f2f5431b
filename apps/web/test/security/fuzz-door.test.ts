import { once } from 'node:events'
import { createServer as createHttpServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createLogger } from '@anancus/core/kernel/log'
import { closeTestContext, type TestContext, testContext } from '@anancus/core/testing/context'
import { corpusIn } from '@anancus/core/testing/fuzz/corpus'
import { fuzzInbox } from '@anancus/core/testing/fuzz/inbox-fuzz'
import type { Json } from '@anancus/core/testing/fuzz/mutate'
import { strangersHttp } from '@anancus/core/testing/fuzz/strangers'
import { fileURLToPath } from 'node:url'
import { createServer } from '../../src/server.ts'
import { sendBytes } from '../support/send-bytes.ts'

const FOLDER = fileURLToPath(
  new URL('../../../../packages/core/testing/fixtures/activitypub', import.meta.url),
)
const CASES = 2_000

const shelf = new Map<string, Json>()
let ctx: TestContext
let server: Server

beforeAll(async () => {
  const log = createLogger({ level: 'fatal', name: 'fuzz' })
  ctx = await testContext({ http: strangersHttp(shelf), log })
  server = createHttpServer(createServer(ctx))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
})
afterAll(async () => {
  server.closeAllConnections()
  server.close()
  await closeTestContext(ctx)
})

it('the running server takes or refuses two thousand changed documents of others, and stumbles over none', async () => {
  const { port } = server.address() as AddressInfo
  const report = await fuzzInbox(ctx, {
    seed: 20_261_125,
    cases: CASES,
    corpus: corpusIn(FOLDER),
    shelf,
    door: (_ctx, request) => sendBytes(port, request),
  })
  expect(report.failures).toEqual([])
  expect(report.cases).toBe(CASES)
  expect(report.answers['202']).toBeGreaterThan(CASES / 2)
  expect(report.outcomes.processed).toBeGreaterThan(0)
  for (const refusal of ['400', '401']) expect(report.answers[refusal]).toBeGreaterThan(0)
}, 300_000)
