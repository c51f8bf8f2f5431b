import { closeTestContext, type TestContext, testContext } from '@anancus/core/testing/context'
import { factories, TEST_PASSWORD } from '@anancus/db/testing/make'
import { openBrowser } from '../../support/browser.ts'
import { type ClientBuild, fakeClientBuild } from '../../support/client-build.ts'
import { startWeb, type TestWeb } from '../../support/server.ts'

let ctx: TestContext
let build: ClientBuild
let web: TestWeb

beforeAll(async () => {
  ctx = await testContext()
  build = await fakeClientBuild()
  web = await startWeb(ctx, { clientFolder: build.folder })
})
afterAll(async () => {
  await web.close()
  await build.remove()
  await closeTestContext(ctx)
})

async function flagged() {
  const { user } = await factories(ctx.db).user({ require_tos_interstitial: true })
  const browser = openBrowser(web)
  await browser.signIn(user.email, TEST_PASSWORD)
  return browser
}

it('puts new terms before those who were away, until they have looked', async () => {
  await ctx
    .db('terms_of_services')
    .insert({ text: 'Terms', published_at: new Date(), effective_date: '2026-01-31' })
  const browser = await flagged()
  expect((await browser.get('/home')).text).toContain('href="/terms-of-service"')
  expect((await browser.get('/home')).text).not.toContain('id="root"')
  for (const path of ['/terms-of-service', '/terms-of-service/2026-01-31', '/home'])
    expect((await browser.get(path)).text).toContain('id="root"')
  await ctx.db('terms_of_services').del()
})

it('puts nothing before anybody when there are no terms any more', async () => {
  const browser = await flagged()
  expect((await browser.get('/home')).text).toContain('id="root"')
})
