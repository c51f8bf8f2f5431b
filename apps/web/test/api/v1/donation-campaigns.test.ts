import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { clearRedis, closeTestContext, type TestContext, testContext } from '@anancus/core/testing/context'
import { factories } from '@anancus/db/testing/make'
import { startWeb, type TestClient, type TestWeb } from '../../support/server.ts'

const PATH = '/api/v1/donation_campaigns'

let service: Server
let asked: URLSearchParams[]
let answerWith: { status: number; body: string }
let ctx: TestContext
let web: TestWeb
let alice: TestClient

beforeAll(async () => {
  service = createServer((req, res) => {
    asked.push(new URL(req.url ?? '', 'http://service.test').searchParams)
    res.statusCode = answerWith.status
    res.end(answerWith.body)
  })
  service.listen(0, '127.0.0.1')
  await once(service, 'listening')
  const host = `127.0.0.1:${(service.address() as AddressInfo).port}`
  ctx = await testContext({
    env: {
      DONATION_CAMPAIGNS_URL: `http://${host}/active?v=1`,
      DONATION_CAMPAIGNS_ENVIRONMENT: 'staging',
      ALLOWED_PRIVATE_HOSTS: host,
    },
  })
  web = await startWeb(ctx)
  const { user } = await factories(ctx.db).user({ locale: 'de' })
  alice = web.as(await factories(ctx.db).token({ user, scopes: 'push' }))
})
afterAll(async () => {
  await web.close()
  await closeTestContext(ctx)
  service.close()
})
beforeEach(async () => {
  await clearRedis(ctx)
  asked = []
  answerWith = { status: 200, body: '{"id":"autumn","amounts":{"one_time":{"EUR":[500]}}}' }
})

it('passes on what the service says, asked once an hour for a seed and a language', async () => {
  for (let time = 0; time < 3; time += 1) {
    const answer = await alice.get(`${PATH}?seed=7`)
    expect([answer.status, answer.body.id]).toEqual([200, 'autumn'])
  }
  expect(asked.map(String)).toEqual(['v=1&platform=web&seed=7&locale=de&environment=staging'])
  await alice.get(`${PATH}?seed=8&locale=fr`)
  expect([asked[1]?.get('seed'), asked[1]?.get('locale')]).toEqual(['8', 'fr'])
})

it.each([
  ['has none', { status: 204, body: '' }],
  ['fails', { status: 500, body: '{"id":"x"}' }],
  ['speaks in tongues', { status: 200, body: '<html>' }],
  ['sends a list', { status: 200, body: '[]' }],
  ['sends too much', { status: 200, body: `{"a":"${'x'.repeat(300_000)}"}` }],
])('is 204 when the service %s, and does not ask again at once', async (_, answer) => {
  answerWith = answer
  for (let time = 0; time < 2; time += 1) {
    const { status, text } = await alice.get(PATH)
    expect([status, text]).toEqual([204, ''])
  }
  expect(asked).toHaveLength(1)
})

it('is for users', async () => {
  expect((await web.get(PATH)).status).toBe(422)
})

it('is 204 where the operator named no service', async () => {
  const plain = await testContext()
  const other = await startWeb(plain)
  const { user } = await factories(plain.db).user()
  const client = other.as(await factories(plain.db).token({ user }))
  expect((await client.get(PATH)).status).toBe(204)
  await other.close()
  await closeTestContext(plain)
})
