import { saveSettings } from '@anancus/core/domain/settings'
import { closeTestContext, type TestContext, testContext } from '@anancus/core/testing/context'
import { factories } from '@anancus/db/testing/make'
import { startWeb, type TestWeb } from '../../support/server.ts'

const PATH = '/api/v1/peers/search'

let ctx: TestContext
let web: TestWeb

beforeAll(async () => {
  ctx = await testContext()
  web = await startWeb(ctx)
  const make = factories(ctx.db)
  for (const domain of ['alpha.test', 'alps.test', 'beta.test', 'alblocked.test', 'xn--bcher-kva.test'])
    await make.remoteAccount({ domain })
  await ctx.db('domain_blocks').insert({ domain: 'alblocked.test', severity: 1 })
})
afterAll(async () => {
  await web.close()
  await closeTestContext(ctx)
})

it('finds servers by the beginning of their domain, for everyone', async () => {
  const answer = await web.get(`${PATH}?q=AL`)
  expect(answer.body).toEqual(['alpha.test', 'alps.test'])
  expect(answer.headers.get('cache-control')).toMatch(/^max-age=300, public/)
  expect((await web.get(`${PATH}?q=@bücher`)).body).toEqual(['xn--bcher-kva.test'])
  for (const q of ['', 'lph', '%25', '_']) expect((await web.get(`${PATH}?q=${q}`)).body).toEqual([])
  expect((await web.get(PATH)).body).toEqual([])
})

it('is 404 without a body while the list of servers is not public', async () => {
  await saveSettings(ctx, { peers_api_enabled: false })
  const answer = await web.get(`${PATH}?q=al`)
  expect([answer.status, answer.text]).toEqual([404, ''])
})
