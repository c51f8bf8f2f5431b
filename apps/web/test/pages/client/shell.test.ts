import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { saveSettings } from '@anancus/core/domain/settings'
import { closeTestContext, type TestContext, testContext } from '@anancus/core/testing/context'
import { resetDatabase } from '@anancus/core/testing/reset'
import { factories } from '@anancus/db/testing/make'
import { CLIENT_FOLDER } from '../../../src/pages/assets.ts'
import { OPEN_SCREENS, OWN_SCREENS, PROFILE_TABS, STATUS_LISTS } from '../../../src/pages/client/screens.ts'
import { type ClientBuild, fakeClientBuild, initialStateIn, metaIn } from '../../support/client-build.ts'
import { startWeb, type TestWeb } from '../../support/server.ts'

let ctx: TestContext
let build: ClientBuild
let web: TestWeb

beforeAll(async () => {
  ctx = await testContext()
  build = await fakeClientBuild()
  web = await startWeb(ctx, { clientFolder: build.folder })
})
beforeEach(() => resetDatabase(ctx))
afterAll(async () => {
  await web.close()
  await build.remove()
  await closeTestContext(ctx)
})

const SCREENS = [...OWN_SCREENS, ...OPEN_SCREENS, '/tags/birds']
const POLICY = [
  "default-src 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "font-src 'self'",
  "manifest-src 'self'",
  "img-src 'self' data: blob:",
  "media-src 'self' data: https:",
  "style-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "connect-src 'self' data: blob: ws://127.0.0.1:4000",
  "child-src 'self' blob:",
  "worker-src 'self' blob:",
  "frame-src 'self' https:",
  "form-action 'self'",
].join('; ')

describe('every screen', () => {
  it.each(SCREENS)('SEC-HTTP-01 SEC-INFO-02 %s is the client, under one policy', async (path) => {
    const answer = await web.get(path)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(answer.headers.get('content-security-policy')).toBe(POLICY)
    expect(answer.headers.get('referrer-policy')).toBe('same-origin')
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    expect(answer.headers.get('x-frame-options')).toBe('DENY')
    expect(answer.text).toContain('/assets/index-AbCd1234.js')
    expect(answer.text).not.toContain('<!--')
  })

  it('is one that the client knows, and the other way round', async () => {
    const routes = await readFile(join(CLIENT_FOLDER, '../src/app/routes.ts'), 'utf8')
    const fixed = [...routes.matchAll(/^ {2}'(\/[^']*)':/gm)].map(([, path]) => path)
    expect([...fixed].sort()).toEqual(['/', ...OWN_SCREENS, ...OPEN_SCREENS].sort())
    for (const part of [...PROFILE_TABS, ...STATUS_LISTS]) expect(routes).toMatch(new RegExp(`\\b${part}\\b`))
  })

  it('has nothing that runs inline', async () => {
    const { text } = await web.get('/about')
    const scripts = [...text.matchAll(/<script([^>]*)>/g)].map(([, attributes]) => attributes?.trim())
    expect(scripts).toEqual([
      'type="module" crossorigin src="/assets/index-AbCd1234.js"',
      'id="initial-state" type="application/json"',
    ])
    expect(text).not.toMatch(/<style| style=| on[a-z]+=/)
  })

  it('is no client where it names no screen', async () => {
    for (const path of ['/nothing', '/home/nothing', '/@a/1/2/3', '/Home', '/settings', '/assets/gone-1.js'])
      expect([path, (await web.get(path, { headers: { accept: 'text/html' } })).status]).toEqual([path, 404])
  })

  it('refuses malformed paths', async () => {
    expect((await web.get('/@%FF', { headers: { accept: 'text/html' } })).status).toBe(400)
    expect((await web.get('/tags/%00')).status).toBe(404)
  })
})

describe('caching', () => {
  it('SEC-HTTP-02 lets shared caches keep what visitors see for 15 seconds, and sets no cookie', async () => {
    const { headers } = await web.get('/public/local')
    expect(headers.get('cache-control')).toBe(
      'max-age=15, public, stale-while-revalidate=30, stale-if-error=86400',
    )
    expect(headers.get('vary')).toBe('Accept, Accept-Language, Cookie')
    expect(headers.getSetCookie()).toEqual([])
  })

  it.each([
    ['a cookie', { cookie: 'theme=dark' }],
    ['a dead session', { cookie: '__Host-session_id=abc.def' }],
    ['a token', { authorization: 'Bearer abc' }],
  ])('SEC-HTTP-02 keeps the answer to %s private', async (_name, headers: Record<string, string>) => {
    const answer = await web.get('/public', { headers })
    expect(answer.headers.get('cache-control')).toBe('private, no-store')
  })

  it('keeps what was not found private', async () => {
    const answer = await web.get('/@nobody')
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([404, 'private, no-store'])
  })
})

describe('start data of a visitor', () => {
  it('says which server it is, and nothing of anybody', async () => {
    await saveSettings(ctx, { site_title: 'Town', registrations_mode: 'approved' })
    const state = initialStateIn((await web.get('/public')).text)
    expect(state).toEqual({
      meta: {
        streaming_api_base_url: 'ws://127.0.0.1:4000',
        domain: 'social.test',
        title: 'Town',
        locale: 'en',
        version: '4.6.5 (compatible; Anancus 0.1.0)',
        max_characters: 500,
        translation_enabled: false,
        registrations_open: true,
        me: null,
      },
      accounts: {},
      compose: {},
    })
  })

  it('says when nobody may join', async () => {
    await saveSettings(ctx, { registrations_mode: 'none' })
    expect(initialStateIn((await web.get('/public')).text).meta.registrations_open).toBe(false)
  })

  it.each([
    '</script><script>alert(1)</script>',
    '<!--<script>',
    '"><img src=x onerror=alert(1)>',
    '\u2028alert(1)\u2029',
    "$&$`$'$1",
  ])('SEC-XSS-09 cannot be left by a title: %j', async (title) => {
    await saveSettings(ctx, { site_title: title, site_short_description: title })
    const { text } = await web.get('/about')
    expect(initialStateIn(text).meta.title).toBe(title)
    expect([...text.matchAll(/<script/g)]).toHaveLength(2)
    expect(text).not.toMatch(/<img|<!--/)
    expect(text).toContain('<div id="root"></div>')
    expect(/<script id="initial-state"[^>]*>[^<>&\u2028\u2029]*<\/script>/.test(text)).toBe(true)
  })
})

describe('the head', () => {
  it('describes the site', async () => {
    await saveSettings(ctx, {
      site_title: 'Town & Country',
      site_short_description: 'Birds, "bread"',
      thumbnail_description: 'A tram',
    })
    const { text } = await web.get('/about?utm=1')
    expect(text).toContain('<title>Town &amp; Country</title>')
    expect(text).toContain('<link rel="manifest" href="/manifest">')
    expect(metaIn(text, 'description')).toBe('Birds, &quot;bread&quot;')
    expect(metaIn(text, 'og:title')).toBe('Town &amp; Country')
    expect(metaIn(text, 'og:url')).toBe('https://social.test/about')
    expect(metaIn(text, 'og:image')).toBe('https://social.test/preview.png')
    expect(metaIn(text, 'og:image:alt')).toBe('A tram')
    expect(metaIn(text, 'robots')).toBeUndefined()
    expect(metaIn(text, 'csrf-token')).toBeUndefined()
  })

  it('keeps search engines away where the site wishes it, and from hashtags always', async () => {
    await saveSettings(ctx, { noindex: true })
    expect(metaIn((await web.get('/about')).text, 'robots')).toBe('noindex')
    await saveSettings(ctx, { noindex: false })
    const tag = await web.get('/tags/%E7%8C%AB')
    expect(tag.text).toContain('<title>#猫 - Anancus</title>')
    expect(metaIn(tag.text, 'robots')).toBe('noindex')
    expect(metaIn(tag.text, 'og:url')).toBe('https://social.test/tags/%E7%8C%AB')
  })

  it('knows no hashtag that nobody could write', async () => {
    for (const name of ['a%20b', '%23', '123', '%3Cb%3E', `${'a'.repeat(3)}%2Fb`])
      expect([name, (await web.get(`/tags/${name}`)).status]).toEqual([name, 404])
  })

  it('tells other sites where links come from when the site allows it', async () => {
    await saveSettings(ctx, { allow_referrer_origin: true })
    const { headers } = await web.get('/about')
    expect(headers.get('referrer-policy')).toBe('strict-origin-when-cross-origin')
  })
})

describe('files', () => {
  it('serves what the build named by its content for ever', async () => {
    const answer = await web.get('/assets/index-AbCd1234.js')
    expect(answer.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
    expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    expect((await web.get('/assets/..%2Findex.html')).status).toBe(404)
    expect((await web.get('/assets/')).status).toBe(404)
  })

  it.each(['/favicon.ico', '/robots.txt', '/avatars/original/missing.png', '/headers/original/missing.png'])(
    'serves %s',
    async (path) => {
      const answer = await web.get(path)
      expect(answer.status).toBe(200)
      expect(answer.headers.get('cache-control')).toBe('public, max-age=86400')
      expect(answer.headers.getSetCookie()).toEqual([])
    },
  )

  it('describes itself to phones', async () => {
    await saveSettings(ctx, { site_title: 'Town' })
    const answer = await web.get('/manifest')
    expect(answer.headers.get('cache-control')).toBe('max-age=180, public')
    expect(answer.body).toMatchObject({ id: '/home', name: 'Town', display: 'standalone', scope: '/' })
    expect(answer.body.share_target).toMatchObject({ action: '/share', method: 'GET' })
    for (const { src } of answer.body.icons) expect([src, (await web.get(src)).status]).toEqual([src, 200])
  })
})

describe('a client that was not built', () => {
  it('is said to be so, with what to type; the rest of the server works', async () => {
    const empty = await fakeClientBuild()
    const bare = await startWeb(ctx, { clientFolder: empty.folder })
    expect((await bare.get('/about')).status).toBe(200)
    await rm(join(empty.folder, 'index.html'))
    const answer = await bare.get('/about', { headers: { accept: 'text/html' } })
    expect(answer.status).toBe(503)
    expect(answer.headers.get('cache-control')).toBe('private, no-store')
    expect(answer.headers.get('retry-after')).toBe('30')
    expect(answer.text).toContain('<code>npm start</code>')
    expect(answer.text).toContain('<code>pnpm build</code>')
    expect((await bare.get('/api/v2/instance')).status).toBe(200)
    const { account } = await factories(ctx.db).user({ account: { username: 'alice' } })
    expect(
      (await bare.get(`/@${account.username}`, { headers: { accept: 'application/activity+json' } })).status,
    ).toBe(200)
    await bare.close()
    await empty.remove()
  })
})
