import { saveSettings } from '@anancus/core/domain/settings'
import { closeTestContext, type TestContext, testContext } from '@anancus/core/testing/context'
import { factories, TEST_PASSWORD } from '@anancus/db/testing/make'
import { openBrowser } from '../../support/browser.ts'
import { type ClientBuild, fakeClientBuild } from '../../support/client-build.ts'
import { startWeb, type TestWeb } from '../../support/server.ts'

let build: ClientBuild
const opened: { ctx: TestContext; web: TestWeb }[] = []

async function open(env: Record<string, string> = {}) {
  const ctx = await testContext({ env })
  const web = await startWeb(ctx, { clientFolder: build.folder })
  opened.push({ ctx, web })
  return { ctx, web, make: factories(ctx.db) }
}

beforeAll(async () => {
  build = await fakeClientBuild()
})
afterAll(async () => {
  for (const { ctx, web } of opened) {
    await web.close()
    await closeTestContext(ctx)
  }
  await build.remove()
})

const locationOf = async (web: TestWeb, path: string) => (await web.get(path)).headers.get('location')

it('leads visitors where the administrators chose, and others home', async () => {
  const { ctx, web, make } = await open()
  for (const [landing_page, path] of [
    ['trends', '/explore'],
    ['local_feed', '/public/local'],
    ['overview', '/public/local'],
    ['about', '/about'],
  ] as const) {
    await saveSettings(ctx, { landing_page })
    const answer = await web.get('/')
    expect([landing_page, answer.status, answer.headers.get('location')]).toEqual([landing_page, 302, path])
    expect(answer.headers.get('cache-control')).toMatch(/^max-age=15, public/)
    expect(answer.headers.get('vary')).toBe('Accept, Accept-Language, Cookie')
    expect(answer.headers.getSetCookie()).toEqual([])
    expect((await web.get(path)).status).toBe(200)
  }
  const { user } = await make.user()
  const browser = openBrowser(web)
  await browser.signIn(user.email, TEST_PASSWORD)
  const answer = await browser.get('/')
  expect([answer.status, answer.headers.get('location')]).toEqual([302, '/home'])
  expect(answer.headers.get('cache-control')).toBe('private, no-store')
})

it('is the profile of the one person on a server for one', async () => {
  const { web, make } = await open({ SINGLE_USER_MODE: 'true' })
  expect(await locationOf(web, '/')).toBe('/explore')
  await make.user({ account: { username: 'alice' } })
  expect(await locationOf(web, '/')).toBe('/@alice')
})

it('leads visitors of a closed federation to the sign-in, and back after it', async () => {
  const { web, make } = await open({ LIMITED_FEDERATION_MODE: 'true' })
  const { user, account } = await make.user({ account: { username: 'alice' } })
  const status = await make.status({ account })
  for (const path of [
    '/@alice',
    '/@alice/media',
    `/@alice/${status.id}`,
    `/statuses/${status.id}`,
    '/tags/birds',
  ])
    expect([path, await locationOf(web, path)]).toEqual([path, '/auth/sign_in'])
  for (const path of ['/@nobody', '/@alice/1', '/@bob@far.example'])
    expect([path, await locationOf(web, path)]).toEqual([path, '/auth/sign_in'])
  expect((await web.get('/about')).status).toBe(200)
  const browser = openBrowser(web)
  await browser.get(`/@alice/${status.id}`)
  const answer = await browser.signIn(user.email, TEST_PASSWORD)
  expect(answer.headers.get('location')).toBe(`/@alice/${status.id}`)
  expect((await browser.follow(answer)).status).toBe(200)
})

it.each([
  ['/web/%2F%2Fe.test', '/'],
  ['/web//e.test', '/'],
  ['/web/%5Ce.test', '/'],
  ['/web/\\e.test', '/'],
  ['/web/%2Fe.test', '/'],
  ['/web/.%2F/e.test', '/'],
  ['/web/@e.test', '/@e.test'],
  ['/web/@alice/1?x=//e.test', '/@alice/1?x=//e.test'],
  ['/web/https://e.test', '/https://e.test'],
  ['/web/search?q=a%20b', '/search?q=a%20b'],
  ['/web/', '/'],
  ['/web', '/'],
])('SEC-AUTH-16 stays on this site: %s', async (path, expected) => {
  const { web } = opened[0] ?? (await open())
  const location = await locationOf(web, path)
  expect(location).toBe(expected)
  expect(new URL(location ?? '', 'https://social.test/web/x').host).toBe('social.test')
})

it('moves old addresses of pages', async () => {
  const { web } = opened[0] ?? (await open())
  expect(await locationOf(web, '/about/more')).toBe('/about')
  expect(await locationOf(web, '/terms')).toBe('/terms-of-service')
})
