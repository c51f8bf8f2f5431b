import { closeTestContext, type TestContext, testContext } from '@anancus/core/testing/context'
import { peekQueues } from '@anancus/core/testing/drain-queues'
import { factories } from '@anancus/db/testing/make'
import { startWeb, type TestWeb } from '../../../support/server.ts'

let ctx: TestContext
let web: TestWeb
beforeAll(async () => {
  ctx = await testContext()
  web = await startWeb(ctx)
})
afterAll(async () => {
  await web.close()
  await closeTestContext(ctx)
})

it('tells who is signed in how to ask about the answers that are being fetched, and nobody else', async () => {
  const make = factories(ctx.db)
  const account = await make.remoteAccount()
  const uri = `https://${account.domain}/notes/1`
  const created_at = new Date(Date.now() - 3_600_000)
  const { id } = await make.status({ account, uri, local: false, created_at })
  const path = `/api/v1/statuses/${id}/context`
  const visitor = await web.get(path)
  expect([visitor.status, visitor.headers.get('mastodon-async-refresh')]).toEqual([200, null])
  const { user } = await make.viewer()
  const alice = web.as(await make.token({ user }))
  const first = await alice.get(path)
  const header = first.headers.get('mastodon-async-refresh') ?? ''
  expect(header).toMatch(/^id="[\w-]+", retry=3, result_count=0$/)
  expect((await alice.get(path)).headers.get('mastodon-async-refresh')).toBe(header)
  const jobs = (await peekQueues(ctx)).filter(({ name }) => name === 'statuses.fetch_replies')
  expect(jobs).toHaveLength(1)
  const asked = await alice.get(`/api/v1_alpha/async_refreshes/${/id="([^"]+)"/.exec(header)?.[1]}`)
  expect(asked.body).toMatchObject({ async_refresh: { status: 'running', result_count: 0 } })
})
