import type { Viewer } from '@anancus/core/kernel/viewer'
import { closeTestContext, type TestContext, testContext } from '@anancus/core/testing/context'
import type { AccountRow } from '@anancus/db'
import { factories, TEST_PASSWORD } from '@anancus/db/testing/make'
import { openBrowser } from '../support/browser.ts'
import { startWeb, type TestWeb } from '../support/server.ts'

const PATH = '/settings/migration'

let ctx: TestContext
let web: TestWeb
let viewer: Viewer
let other: AccountRow

beforeAll(async () => {
  ctx = await testContext()
  web = await startWeb(ctx)
})
afterAll(async () => {
  await web.close()
  await closeTestContext(ctx)
})
beforeEach(async () => {
  const make = factories(ctx.db)
  viewer = await make.viewer()
  other = await make.account()
})

const account = (): Promise<AccountRow> => ctx.db('accounts').where({ id: viewer.account.id }).first()

async function signedIn() {
  const browser = openBrowser(web)
  await browser.signIn(viewer.user.email, TEST_PASSWORD)
  return browser
}

const filled = (group: string, password = TEST_PASSWORD) => ({
  [`${group}[acct]`]: other.username,
  [`${group}[current_password]`]: password,
})

it('names aliases and forgets them', async () => {
  const browser = await signedIn()
  const path = '/settings/aliases'
  const wrong = await browser.submit(await browser.get(path), path, { 'account_alias[acct]': 'nobody_here' })
  expect([wrong.status, wrong.text.includes('could not be found')]).toEqual([422, true])
  await browser.submit(await browser.get(path), path, { 'account_alias[acct]': other.username })
  expect((await account()).also_known_as).toHaveLength(1)
  const page = await browser.get(path)
  expect(page.text).toContain(other.username)
  const row = await ctx.db('account_aliases').where({ account_id: viewer.account.id }).first()
  await browser.submit(page, `${path}/${row?.id}`, {})
  expect((await account()).also_known_as).toEqual([])
})

it('moves with the password only, and not again soon', async () => {
  await ctx
    .db('accounts')
    .where({ id: other.id })
    .update({
      also_known_as: [
        `${ctx.config.baseUrl}/ap/users/${viewer.account.id}`,
        `${ctx.config.baseUrl}/users/${viewer.account.username}`,
      ],
    })
  const browser = await signedIn()
  const refused = await browser.submit(
    await browser.get(PATH),
    PATH,
    filled('account_migration', 'wrong-one'),
  )
  expect([refused.status, (await account()).moved_to_account_id]).toEqual([422, null])
  await browser.submit(await browser.get(PATH), PATH, filled('account_migration'))
  expect((await account()).moved_to_account_id).toBe(other.id)
  const page = await browser.get(PATH)
  expect(page.text).toContain('You can move again on')
  await browser.submit(page, `${PATH}/redirect`, {})
  expect((await account()).moved_to_account_id).toBeNull()
})

it('points to another account without moving', async () => {
  const browser = await signedIn()
  const form = await browser.get(`${PATH}/redirect/new`)
  await browser.submit(form, `${PATH}/redirect`, filled('form_redirect'))
  expect((await account()).moved_to_account_id).toBe(other.id)
  expect(await ctx.db('account_migrations').where({ account_id: viewer.account.id }).select()).toEqual([])
})

it('is for those who are signed in', async () => {
  for (const path of [PATH, `${PATH}/redirect/new`, '/settings/aliases']) {
    expect((await openBrowser(web).get(path)).status).toBe(303)
  }
})
