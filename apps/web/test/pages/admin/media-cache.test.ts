import { trimMediaCache } from '@anancus/core/domain/media-cache'
import { trimMediaCacheJob } from '@anancus/core/jobs'
import { closeTestContext, type TestContext, testContext } from '@anancus/core/testing/context'
import { drainQueues, peekQueues, registerHandlers } from '@anancus/core/testing/drain-queues'
import { fillCache } from '@anancus/core/testing/full-cache'
import { allHandlers } from '@anancus/core/testing/handlers'
import { resetDatabase } from '@anancus/core/testing/reset'
import { type Permission, permissionMask } from '@anancus/db'
import { type Factories, factories, TEST_PASSWORD } from '@anancus/db/testing/make'
import { openBrowser, type TestBrowser } from '../../support/browser.ts'
import { startWeb, type TestWeb } from '../../support/server.ts'

const KB = 1024
/** Fourteen files that people care for fit in, ten others of a KB each do not. */
const BUDGET = 14 * KB

let ctx: TestContext
let web: TestWeb
let make: Factories

beforeAll(async () => {
  ctx = await testContext({ env: { MEDIA_CACHE_BUDGET: String(BUDGET) } })
  web = await startWeb(ctx)
  registerHandlers(allHandlers)
})
beforeEach(async () => {
  await resetDatabase(ctx)
  make = factories(ctx.db)
})
afterAll(async () => {
  await web.close()
  await closeTestContext(ctx)
})

async function browserWith(...permissions: Permission[]): Promise<TestBrowser> {
  const role = await make.role({ permissions: permissionMask(...permissions) })
  const { user } = await make.viewer({ role_id: role.id })
  const browser = openBrowser(web)
  await browser.signIn(user.email, TEST_PASSWORD)
  return browser
}

describe('/admin/media-cache', () => {
  it('is for those who may manage settings', async () => {
    const stranger = await openBrowser(web).get('/admin/media-cache')
    expect(stranger.headers.get('location')).toBe('/auth/sign_in')
    const other = await browserWith('manage_federation')
    expect((await other.get('/admin/media-cache')).status).toBe(403)
    const own = await browserWith('manage_settings')
    const page = await own.get('/admin/media-cache')
    expect(page.status).toBe(200)
    expect(page.text).toContain('There is nothing to remove.')
    const refused = await other.submit(page, '/admin/media-cache/trim')
    expect(refused.status).not.toBe(303)
    expect((await peekQueues(ctx)).filter(({ name }) => name === trimMediaCacheJob.name)).toEqual([])
  })

  it('shows how full it is, what would go next, and after a run what went', async () => {
    await fillCache(ctx, 2, KB)
    const browser = await browserWith('manage_settings')
    const page = await browser.get('/admin/media-cache')
    expect(page.text).toContain('<strong>24 KB</strong> of a budget of 14 KB')
    expect(page.text).toContain('The budget is reached')
    expect(page.text).toMatch(/Attachments<\/th><td>12<\/td>\s*<td>12 KB<\/td><td>50 %/)
    expect(page.text).toContain('<strong>:emoji0: far.example</strong>')
    expect(page.text).toContain('<strong>@stranger@far.example</strong>')
    expect(page.text).toContain('Nothing yet.')

    const answer = await browser.submit(page, '/admin/media-cache/trim')
    expect(answer.status).toBe(303)
    await drainQueues(ctx)
    const after = await browser.get('/admin/media-cache')
    expect(after.text).toContain('Room is being made')
    expect(after.text).toContain('24 KB → 14 KB')
    expect(after.text).toContain('Custom emoji: 2 (2 KB)')
    expect(after.text).toContain('Attachments: 2 (2 KB)')
  })

  it('writes what strangers wrote as text', async () => {
    await make.card({
      url: 'https://x.example/<script>alert(1)</script>',
      image_file_name: 'c',
      image_file_size: 5,
    })
    const { text } = await (await browserWith('manage_settings')).get('/admin/media-cache')
    expect(text).toContain('https://x.example/&lt;script&gt;')
    expect(text).not.toContain('<script>alert')
    await trimMediaCache(ctx)
  })
})
