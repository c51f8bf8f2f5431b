import { factories } from '@anancus/db/testing/make'
import { closeTestContext, type TestContext, testContext } from '../../../testing/context.ts'
import { RemoteServerError } from '../../kernel/errors.ts'
import type { OutgoingRequest } from '../../kernel/http-client.ts'
import { crawlServers, crawlTotals } from './index.ts'

/** What strangers answer, by address; the others do not answer at all. */
const answers: Record<string, unknown> = {
  'https://a.test/api/v1/instance': { title: 'A', stats: { user_count: 10 } },
  'https://a.test/api/v1/instance/peers': ['b.test', 'B.test', 'c.test', 'bad.test', 'x.bad.test', 7, '../x'],
  'https://a.test/api/v1/instance/activity': [{}, { logins: '5', registrations: '2' }],
  'https://b.test/api/v1/instance': { title: 'B', stats: { user_count: 'many' } },
  'https://b.test/api/v1/instance/peers': ['a.test'],
  'https://bad.test/api/v1/instance': { title: 'Bad', stats: { user_count: 1000 } },
}
let asked: string[]

async function request({ url }: OutgoingRequest) {
  const address = new URL(url)
  asked.push(address.href)
  if (address.host === 'c.test') throw new RemoteServerError('c.test', 'no answer', { retryable: true })
  const found = answers[address.href]
  const body = Buffer.from(JSON.stringify(found ?? { error: 'not found' }))
  return { status: found === undefined ? 404 : 200, headers: {}, body, url: address }
}

let ctx: TestContext
beforeAll(async () => {
  ctx = await testContext({ http: { request, close: async () => {} } })
  await ctx.db('domain_blocks').insert({ domain: 'bad.test', severity: 1 })
})
beforeEach(() => {
  asked = []
})
afterAll(() => closeTestContext(ctx))

it('walks along the peers, each server once', async () => {
  const crawl = await crawlServers(ctx, { start: 'A.test', excludeSuspended: false, concurrency: 2 })
  expect([...crawl.servers.keys()].sort()).toEqual(['a.test', 'b.test', 'bad.test', 'c.test', 'x.bad.test'])
  expect(crawl).toMatchObject({ visited: 5, failed: 1 })
  expect(crawlTotals(crawl)).toEqual({ servers: 5, users: 1010, active: 5, joined: 2 })
  expect(asked.filter((address) => address.endsWith('/instance'))).toHaveLength(5)
})

it('leaves out whom this server suspends, and what lies below', async () => {
  const crawl = await crawlServers(ctx, { start: 'a.test', excludeSuspended: true, concurrency: 50 })
  expect([...crawl.servers.keys()].sort()).toEqual(['a.test', 'b.test', 'c.test'])
  expect(asked.some((address) => address.includes('bad.test'))).toBe(false)
})

it('begins at what is known here', async () => {
  await factories(ctx.db).remoteAccount({ domain: 'b.test' })
  const crawl = await crawlServers(ctx, { excludeSuspended: true, concurrency: 1 })
  expect([...crawl.servers.keys()].sort()).toEqual(['a.test', 'b.test', 'c.test'])
})
