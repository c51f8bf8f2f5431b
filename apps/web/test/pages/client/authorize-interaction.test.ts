import { type Cast, castOf } from '@anancus/core/testing/cast'
import { closeTestContext, type TestContext, testContext } from '@anancus/core/testing/context'
import { factories, TEST_PASSWORD } from '@anancus/db/testing/make'
import { openBrowser, type TestBrowser } from '../../support/browser.ts'
import { type ClientBuild, fakeClientBuild } from '../../support/client-build.ts'
import { startWeb, type TestWeb } from '../../support/server.ts'

/** Where people arrive who pressed "follow" or "reply" on another server. */

let ctx: TestContext
let build: ClientBuild
let web: TestWeb
let cast: Cast
let eve: TestBrowser

beforeAll(async () => {
  ctx = await testContext()
  build = await fakeClientBuild()
  web = await startWeb(ctx, { clientFolder: build.folder })
  cast = await castOf(ctx)
  eve = openBrowser(web)
  await eve.signIn(cast.eve.user.email, TEST_PASSWORD)
})
afterAll(async () => {
  await web.close()
  await build.remove()
  await closeTestContext(ctx)
})

const ask = (uri: string) => eve.get(`/authorize_interaction?uri=${encodeURIComponent(uri)}`)

it('asks visitors to sign in, and brings them back', async () => {
  const browser = openBrowser(web)
  const path = '/authorize_interaction?uri=acct%3Aalice%40social.test'
  expect((await browser.get(path)).headers.get('location')).toBe('/auth/sign_in')
  const answer = await browser.signIn(cast.bob.user.email, TEST_PASSWORD)
  expect(answer.headers.get('location')).toBe(path)
  expect((await browser.follow(answer)).headers.get('location')).toBe('/@alice')
})

it.each(['alice@social.test', '@alice@social.test', 'acct:alice@social.test', 'https://social.test/@alice'])(
  'leads to the profile of %s',
  async (uri) => {
    const answer = await ask(uri)
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/@alice'])
  },
)

it('leads to somebody elsewhere, and to posts', async () => {
  const status = await factories(ctx.db).status({ account: cast.bob.account })
  expect((await ask('carol@mastodon.example')).headers.get('location')).toBe('/@carol@mastodon.example')
  expect((await eve.get('/authorize_interaction?acct=alice@social.test')).headers.get('location')).toBe(
    '/@alice',
  )
  expect((await ask(`https://social.test/@bob/${status.id}`)).headers.get('location')).toBe(
    `/@bob/${status.id}`,
  )
})

it.each([
  '',
  'nobody@social.test',
  '//e.test',
  'javascript:alert(1)',
  'file:///etc/passwd',
  'https://social.test/x',
])('SEC-AUTH-16 leads nowhere by %j', async (uri) => {
  const answer = await ask(uri)
  expect([answer.status, answer.headers.get('location')]).toEqual([404, null])
})

it('SEC-PRIV-01 does not tell a hidden post from none', async () => {
  const hidden = await factories(ctx.db).status({ account: cast.bob.account, visibility: 'private' })
  const [first, second] = await Promise.all([
    ask(`https://social.test/@bob/${hidden.id}`),
    ask('https://social.test/@bob/109999999999999999'),
  ])
  expect([first.status, first.text]).toEqual([404, second.text])
})

it('is not for those who may not act', async () => {
  const { user } = await factories(ctx.db).user({ disabled: true })
  const browser = openBrowser(web)
  await browser.signIn(user.email, TEST_PASSWORD)
  const answer = await browser.get('/authorize_interaction?uri=alice@social.test')
  expect(answer.headers.get('location')).toBe('/auth/edit')
})
