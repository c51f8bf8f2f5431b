import { saveSettings } from '@anancus/core/domain/settings'
import { findUser } from '@anancus/core/domain/users'
import type { Viewer } from '@anancus/core/kernel/viewer'
import { closeTestContext, type TestContext, testContext } from '@anancus/core/testing/context'
import { permissionMask } from '@anancus/db'
import { factories, TEST_PASSWORD } from '@anancus/db/testing/make'
import { openBrowser } from '../support/browser.ts'
import { startWeb, type TestWeb } from '../support/server.ts'

const PATH = '/settings/privacy'

let ctx: TestContext
let web: TestWeb
let viewer: Viewer

beforeAll(async () => {
  ctx = await testContext()
  web = await startWeb(ctx)
})
afterAll(async () => {
  await web.close()
  await closeTestContext(ctx)
})
beforeEach(async () => {
  viewer = await factories(ctx.db).viewer()
})

async function signedIn() {
  const browser = openBrowser(web)
  await browser.signIn(viewer.user.email, TEST_PASSWORD)
  return browser
}

it('saves what is ticked, and what is not', async () => {
  const browser = await signedIn()
  await browser.submit(await browser.get(PATH), PATH, {
    'account[discoverable]': '1',
    'account[settings][show_application]': '1',
    'account[settings][email_subscriptions]': '1',
  })
  const saved = await findUser(ctx, viewer.user.id)
  expect(saved?.account).toMatchObject({ discoverable: true, locked: true, indexable: false })
  expect(JSON.parse(saved?.user.settings ?? '{}')).toEqual({ noindex: true, show_application: true })
  await browser.submit(await browser.get(PATH), PATH, { 'account[unlocked]': '1', 'account[indexable]': '1' })
  const again = await findUser(ctx, viewer.user.id)
  expect(again?.account).toMatchObject({ discoverable: false, locked: false, indexable: true })
})

it('offers posts by mail where server and role do', async () => {
  const browser = await signedIn()
  expect((await browser.get(PATH)).text).not.toContain('by mail')
  await saveSettings(ctx, { email_subscriptions: true })
  await ctx
    .db('user_roles')
    .where({ id: -99 })
    .update({ permissions: permissionMask('manage_email_subscriptions') })
  await factories(ctx.db).emailSubscription({ account: viewer.account })
  const page = await browser.get(PATH)
  expect(page.text).toContain('One person reads you by mail.')
  await browser.submit(page, PATH, { 'account[settings][email_subscriptions]': '1' })
  const saved = await findUser(ctx, viewer.user.id)
  expect(JSON.parse(saved?.user.settings ?? '{}')).toMatchObject({ email_subscriptions: true })
  expect((await web.get(`/api/v1/accounts/${viewer.account.id}`)).body.email_subscriptions).toBe(true)
})

it('is for the signed-in who may act', async () => {
  const browser = await signedIn()
  const page = await browser.get(PATH)
  await ctx.db('users').where({ id: viewer.user.id }).update({ disabled: true })
  const answer = await browser.submit(page, PATH, { 'account[discoverable]': '1' })
  expect(answer.headers.get('location')).toBe('/auth/edit')
  expect((await findUser(ctx, viewer.user.id))?.account.discoverable).not.toBe(true)
  expect((await openBrowser(web).get(PATH)).headers.get('location')).toBe('/auth/sign_in')
})
