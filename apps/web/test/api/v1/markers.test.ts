import { closeTestContext, type TestContext, testContext } from '@anancus/core/testing/context'
import { type Factories, factories } from '@anancus/db/testing/make'
import { startWeb, type TestClient, type TestWeb } from '../../support/server.ts'

let ctx: TestContext
let web: TestWeb
let make: Factories
let alice: TestClient
let bob: TestClient

beforeAll(async () => {
  ctx = await testContext()
  make = factories(ctx.db)
  web = await startWeb(ctx)
})
afterAll(async () => {
  await web.close()
  await closeTestContext(ctx)
})
beforeEach(async () => {
  await ctx.db('markers').del()
  alice = web.as(await make.token({ user: (await make.user()).user }))
  bob = web.as(await make.token({ user: (await make.user()).user }))
})

const both = '/api/v1/markers?timeline[]=home&timeline[]=notifications'

it('is empty at first, keeps what is sent and counts versions', async () => {
  expect((await alice.get(both)).body).toEqual({})
  const first = await alice.post('/api/v1/markers', { form: { 'home[last_read_id]': '103' } })
  expect(first.body).toEqual({
    home: { last_read_id: '103', version: 1, updated_at: expect.stringMatching(/^\d{4}-.*\.\d{3}Z$/) },
  })
  const second = await alice.post('/api/v1/markers', {
    json: { home: { last_read_id: '90' }, notifications: { last_read_id: 7 }, direct: { last_read_id: '1' } },
  })
  expect(second.body).toMatchObject({
    home: { last_read_id: '90', version: 2 },
    notifications: { last_read_id: '7', version: 1 },
  })
  expect(Object.keys((await alice.get(both)).body).sort()).toEqual(['home', 'notifications'])
  expect(Object.keys((await alice.get('/api/v1/markers?timeline=home&timeline=nope')).body)).toEqual([])
  expect(Object.keys((await alice.get('/api/v1/markers?timeline=home')).body)).toEqual(['home'])
  expect((await alice.get('/api/v1/markers')).body).toEqual({})
})

it('belongs to one user (SEC-PRIV-13, SEC-PRIV-14)', async () => {
  await alice.post('/api/v1/markers', { json: { home: { last_read_id: '5' } } })
  await bob.post('/api/v1/markers', { json: { home: { last_read_id: '9' } } })
  expect((await alice.get(both)).body.home).toMatchObject({ last_read_id: '5', version: 1 })
  expect((await bob.get(both)).body.home.last_read_id).toBe('9')
})

it('takes what is no id for the beginning', async () => {
  for (const id of ['x', '-5', '99999999999999999999']) {
    const { status, body } = await alice.post('/api/v1/markers', { json: { home: { last_read_id: id } } })
    expect([status, body.home.last_read_id]).toEqual([200, '0'])
  }
})

it('is saved by many devices at the same time', async () => {
  const saved = await Promise.all(
    Array.from({ length: 10 }, (_, index) =>
      alice.post('/api/v1/markers', {
        json: { home: { last_read_id: `${index + 1}` }, notifications: { last_read_id: `${index + 1}` } },
      }),
    ),
  )
  expect(saved.map((answer) => answer.status)).toEqual(Array(10).fill(200))
  expect((await alice.get(both)).body.home.version).toBe(10)
})
