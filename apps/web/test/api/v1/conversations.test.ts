import { updateConversation } from '@anancus/core/domain/conversations'
import { type Cast, castOf } from '@anancus/core/testing/cast'
import { closeTestContext, type TestContext, testContext } from '@anancus/core/testing/context'
import { countStatements } from '@anancus/core/testing/count-statements'
import { resetDatabase } from '@anancus/core/testing/reset'
import type { StatusRow } from '@anancus/db'
import { factories } from '@anancus/db/testing/make'
import { startWeb, type TestClient, type TestWeb } from '../../support/server.ts'

let ctx: TestContext
let web: TestWeb
let cast: Cast
let make: ReturnType<typeof factories>
let alice: TestClient
let bob: TestClient

beforeAll(async () => {
  ctx = await testContext()
  web = await startWeb(ctx)
})
beforeEach(async () => {
  await resetDatabase(ctx)
  cast = await castOf(ctx)
  make = factories(ctx.db)
  alice = web.as(await make.token({ user: cast.alice.user }))
  bob = web.as(await make.token({ user: cast.bob.user }))
})
afterAll(async () => {
  await web.close()
  await closeTestContext(ctx)
})

/** A direct status from bob, in alice's conversations. */
async function receive(): Promise<StatusRow> {
  const status = await make.status({
    account: cast.bob.account,
    visibility: 'direct',
    mentions: [cast.alice.account],
  })
  await updateConversation(ctx, { accountId: cast.alice.account.id, statusId: status.id })
  return status
}
const list = async (query = '') => (await alice.get(`/api/v1/conversations${query}`)).body

it('lists conversations, the latest first, paged by their last status', async () => {
  const statuses = [await receive(), await receive(), await receive()]
  const ids = statuses.map(({ id }) => id)
  const [third, second, first] = await list()
  expect(third).toEqual({
    id: expect.stringMatching(/^\d+$/),
    unread: true,
    accounts: [expect.objectContaining({ acct: 'bob' })],
    last_status: expect.objectContaining({ id: ids[2], visibility: 'direct', favourited: false }),
  })
  expect([second.last_status.id, first.last_status.id]).toEqual([ids[1], ids[0]])
  const page = await alice.get('/api/v1/conversations?limit=2')
  expect(page.body).toHaveLength(2)
  expect(page.headers.get('link')).toBe(
    `<${ctx.config.baseUrl}/api/v1/conversations?limit=2&max_id=${ids[1]}>; rel="next", ` +
      `<${ctx.config.baseUrl}/api/v1/conversations?limit=2&min_id=${ids[2]}>; rel="prev"`,
  )
  expect((await list(`?max_id=${ids[1]}`)).map((item: { id: string }) => item.id)).toEqual([first.id])
  expect((await list(`?min_id=${ids[0]}&limit=1`)).map((item: { id: string }) => item.id)).toEqual([
    second.id,
  ])
  expect((await bob.get('/api/v1/conversations')).body).toEqual([])
})

it('shows oneself when alone', async () => {
  const status = await make.status({ account: cast.alice.account, visibility: 'direct' })
  await updateConversation(ctx, { accountId: cast.alice.account.id, statusId: status.id })
  expect((await list())[0]).toMatchObject({ unread: false, accounts: [{ acct: 'alice' }] })
})

it('marks as read and unread, and forgets', async () => {
  await receive()
  const { id } = (await list())[0]
  const read = await alice.post(`/api/v1/conversations/${id}/read`)
  expect([read.status, read.body.unread, read.body.id]).toEqual([200, false, id])
  expect((await list())[0].unread).toBe(false)
  expect((await alice.post(`/api/v1/conversations/${id}/unread`)).body.unread).toBe(true)
  const gone = await alice.delete(`/api/v1/conversations/${id}`)
  expect([gone.status, gone.body]).toEqual([200, {}])
  expect(await list()).toEqual([])
  expect(await ctx.db('statuses')).toHaveLength(1)
})

it("SEC-PRIV-13 knows nothing of somebody else's", async () => {
  await receive()
  const { id } = (await list())[0]
  const answers = [
    await bob.post(`/api/v1/conversations/${id}/read`),
    await bob.post(`/api/v1/conversations/${id}/unread`),
    await bob.delete(`/api/v1/conversations/${id}`),
    await alice.delete('/api/v1/conversations/0'),
    await alice.post('/api/v1/conversations/x/read'),
  ]
  for (const { status, body } of answers) expect([status, body]).toEqual([404, { error: 'Record not found' }])
  expect((await list())[0]).toMatchObject({ id, unread: true })
})

it('costs the same for one and for many', async () => {
  await receive()
  await list()
  const one = await countStatements(() => list())
  for (let more = 0; more < 5; more++) await receive()
  const many = await countStatements(() => list())
  expect(many.count).toBe(one.count)
})
