import { castOf } from '@anancus/core/testing/cast'
import { closeTestContext, type TestContext, testContext } from '@anancus/core/testing/context'
import { factories, TEST_PASSWORD } from '@anancus/db/testing/make'
import { openBrowser } from '../support/browser.ts'
import { type ClientBuild, fakeClientBuild } from '../support/client-build.ts'
import { startWeb, type TestWeb } from '../support/server.ts'

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

const PICTURES = new Set([
  'avatar',
  'avatar_static',
  'header',
  'header_static',
  'static_url',
  'preview_url',
  'image',
])

/** Addresses a client loads without being asked: pictures, previews, emojis, and the files of attachments. */
function loadedBy(json: unknown, parent = ''): string[] {
  if (Array.isArray(json)) return json.flatMap((item) => loadedBy(item, parent))
  if (typeof json !== 'object' || json === null) return []
  return Object.entries(json).flatMap(([name, value]) => {
    const isFile = name === 'url' && (parent === 'media_attachments' || parent === 'emojis')
    return typeof value === 'string' && (PICTURES.has(name) || isFile) ? [value] : loadedBy(value, name)
  })
}

it('SEC-INFO-07 whatever a client loads by itself comes from us, so that other servers learn nothing of who looks', async () => {
  const make = factories(ctx.db)
  const { alice, eve } = await castOf(ctx)
  const remote = await make.remoteAccount({
    username: 'far',
    domain: 'far.example',
    display_name: 'Far :cat:',
    note: ':cat:',
    avatar_remote_url: 'https://far.example/avatar.png',
    header_remote_url: 'https://far.example/header.png',
  })
  await make.customEmoji({ shortcode: 'cat', domain: 'far.example', image_file_name: null })
  await make.customEmoji({ shortcode: 'dog', domain: 'far.example' })
  const media = []
  for (const type of ['image', 'video', 'audio', 'gifv'] as const)
    media.push(
      await make.media({
        account: remote,
        type,
        remote_url: `https://far.example/file.${type}`,
        thumbnail_remote_url: 'https://far.example/still.png',
      }),
    )
  const status = await make.status({ account: remote, text: '<p>:cat: :dog:</p>', media, tags: ['birds'] })
  await make.card({ status, image_file_name: 'card.png', image_content_type: 'image/png' })
  await make.follow({ account: alice.account, target: remote })
  await make.notification({
    account: alice.account,
    from: remote,
    type: 'mention',
    activity: await ctx
      .db('mentions')
      .insert({ status_id: status.id, account_id: alice.account.id })
      .returning('*')
      .then(([row]) => row),
  })
  const client = web.as(await make.token({ user: alice.user }))
  const loaded: string[] = []
  for (const path of [
    `/api/v1/statuses/${status.id}`,
    `/api/v1/accounts/${remote.id}`,
    `/api/v1/accounts/${remote.id}/statuses`,
    '/api/v1/timelines/home',
    '/api/v1/timelines/public',
    '/api/v1/timelines/tag/birds',
    '/api/v1/notifications',
    '/api/v2/notifications',
    '/api/v2/search?q=far',
    `/api/v1/accounts/${alice.account.id}/following`,
    `/api/v1/statuses/${status.id}/context`,
  ]) {
    const { body, status: code } = await client.get(path)
    expect([path, code < 300]).toEqual([path, true])
    loaded.push(...loadedBy(body))
  }
  expect(loaded.length).toBeGreaterThan(30)
  expect([...new Set(loaded.map((url) => new URL(url).host))]).toEqual(['social.test'])

  const browser = openBrowser(web)
  await browser.signIn(eve.user.email, TEST_PASSWORD)
  for (const path of [`/@far@far.example`, `/@far@far.example/${status.id}`, '/tags/birds', '/public'])
    for (const answer of [
      await web.get(path, { headers: { accept: 'text/html' } }),
      await browser.get(path),
    ]) {
      const sources = [...answer.text.matchAll(/\b(?:src|srcset|poster|content)="(https?:[^"]+)"/g)].map(
        ([, url]) => url ?? '',
      )
      const pictures = sources.filter((url) => /\.(png|jpg|webp|gif|mp4)|media_proxy|system/.test(url))
      expect(pictures.filter((url) => !url.startsWith('https://social.test/'))).toEqual([])
      if (answer.status >= 300 && answer.status < 400) continue
      const policy = answer.headers.get('content-security-policy') ?? ''
      expect(/img-src ([^;]*)/.exec(policy)?.[1]).toBe("'self' data: blob:")
    }
})
