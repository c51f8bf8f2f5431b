import { closeTestContext, type TestContext, testContext } from '@anancus/core/testing/context'
import { connect, disconnect } from '@anancus/db'
import { startWeb, type TestWeb } from '../support/server.ts'

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

describe('while Postgres is away', () => {
  it('answers 503 in JSON to programs and as a page to people, without saying why', async () => {
    const db = connect({
      url: 'postgres://nobody:secret@127.0.0.1:1/none',
      poolSize: 1,
      acquireTimeoutMs: 500,
    })
    const other = await startWeb({ ...ctx, db })
    const api = await other.as('token').get('/api/v1/accounts/verify_credentials')
    expect([api.status, api.body]).toEqual([
      503,
      { error: 'There was a temporary problem serving your request, please try again' },
    ])
    await ctx.cache.delete('settings')
    const page = await other.get('/auth/sign_in', { headers: { accept: 'text/html' } })
    expect([page.status, page.text]).toEqual([503, expect.stringContaining('Not right now')])
    expect(page.text).not.toMatch(/secret|127\.0\.0\.1|ECONNREFUSED/)
    expect((await other.get('/health')).status).toBe(200)
    await other.close()
    await disconnect(db)
  })
})
