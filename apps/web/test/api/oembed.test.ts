import { type Cast, castOf } from '@anancus/core/testing/cast'
import { clearRedis, closeTestContext, type TestContext, testContext } from '@anancus/core/testing/context'
import { type Remote, type Remotes, reply, startRemotes } from '@anancus/core/testing/remote'
import { resetDatabase } from '@anancus/core/testing/reset'
import type { StatusRow } from '@anancus/db'
import { type Factories, factories, TEST_PASSWORD } from '@anancus/db/testing/make'
import { openBrowser } from '../support/browser.ts'
import { type ClientBuild, fakeClientBuild } from '../support/client-build.ts'
import { startWeb, type TestWeb } from '../support/server.ts'

let remotes: Remotes
let far: Remote
let ctx: TestContext
let build: ClientBuild
let web: TestWeb
let make: Factories
let cast: Cast

beforeAll(async () => {
  remotes = await startRemotes(['far'])
  ctx = await testContext({ env: remotes.env })
  build = await fakeClientBuild()
  web = await startWeb(ctx, { clientFolder: build.folder })
  make = factories(ctx.db)
})
afterAll(async () => {
  await web.close()
  await build.remove()
  await closeTestContext(ctx)
  await remotes.close()
})
beforeEach(async () => {
  await resetDatabase(ctx)
  await clearRedis(ctx)
  remotes.reset()
  far = remotes.host('far')
  cast = await castOf(ctx)
})

const about = (url: string, more: Record<string, string> = {}) =>
  web.get(`/api/oembed?${new URLSearchParams({ url, ...more })}`)
const urlOf = (status: StatusRow) => `https://social.test/@alice/${status.id}`

describe('GET /api/oembed', () => {
  it('describes a post for other sites', async () => {
    const status = await make.status({ account: cast.alice.account, text: 'Hello' })
    const { status: code, body, headers } = await about(urlOf(status))
    expect(code).toBe(200)
    expect(headers.get('content-type')).toBe('application/json; charset=utf-8')
    expect(body).toEqual({
      type: 'rich',
      version: '1.0',
      author_name: 'Alice',
      author_url: 'https://social.test/@alice',
      provider_name: 'social.test',
      provider_url: 'https://social.test/',
      cache_age: 86_400,
      html: expect.any(String),
      width: 400,
      height: null,
    })
    expect(body.html).toContain(`<blockquote class="mastodon-embed" data-embed-url="${urlOf(status)}/embed"`)
    expect(body.html).toContain(`href="${urlOf(status)}"`)
    expect(body.html).toContain(
      '<script data-allowed-prefixes="https://social.test/" async src="https://social.test/embed.js"></script>',
    )
    expect((await web.get('/embed.js')).headers.get('content-type')).toMatch(/^text\/javascript/)
  })

  it('knows a post by each of its addresses', async () => {
    const { account } = cast.alice
    const status = await make.status({ account, visibility: 'unlisted' })
    for (const path of [`@alice/${status.id}`, `users/alice/statuses/${status.id}`, `@ALICE/${status.id}`])
      expect([path, (await about(`https://social.test/${path}`)).status]).toEqual([path, 200])
    expect((await about(`https://social.test/ap/users/${account.id}/statuses/${status.id}`)).status).toBe(200)
  })

  it('is as large as asked', async () => {
    const url = urlOf(await make.status({ account: cast.alice.account }))
    const sizes = async (maxwidth: string, maxheight: string) => {
      const { body } = await about(url, { maxwidth, maxheight })
      return [body.width, body.height]
    }
    expect(await sizes('500', '300')).toEqual([500, 300])
    expect(await sizes('500px', '0')).toEqual([500, null])
    expect(await sizes('0', '-5')).toEqual([0, null])
  })

  it('SEC-PRIV-03 tells private, direct, deleted, foreign and missing ones by nothing', async () => {
    const { account } = cast.alice
    const [hidden, direct, gone] = [
      await make.status({ account, visibility: 'private' }),
      await make.status({ account, visibility: 'direct' }),
      await make.status({ account, deleted_at: new Date() }),
    ]
    const reblog = await make.status({ account, reblogOf: await make.status({ account: cast.bob.account }) })
    const own = await make.status({ account })
    const theirs = await make.status({ account: cast.carol })
    const urls = [
      ...[hidden, direct, gone, reblog].map(urlOf),
      'https://social.test/@alice/109999999999999999',
      `https://social.test/@bob/${own.id}`,
      `https://social.test/@alice/${theirs.id}`,
      `https://elsewhere.test/@alice/${own.id}`,
      `https://social.test.evil.test/@alice/${own.id}`,
      theirs.url ?? theirs.uri ?? '',
      'https://social.test/about',
      'nonsense',
      '',
    ]
    const token = web.as(await make.token({ user: cast.alice.user }))
    for (const url of urls)
      for (const client of [web, token]) {
        const answer = await client.get(`/api/oembed?${new URLSearchParams({ url })}`)
        expect([url, answer.status, answer.text]).toEqual([url, 404, '{"error":"Not Found"}'])
      }
    await ctx.db('accounts').where({ id: account.id }).update({ suspended_at: new Date() })
    expect((await about(urlOf(own))).text).toBe('{"error":"Not Found"}')
  })

  it('is named in the head of a post’s page', async () => {
    const status = await make.status({ account: cast.alice.account })
    const { text } = await web.get(`/@alice/${status.id}`, { headers: { accept: 'text/html' } })
    const href =
      /<link rel="alternate" type="application\/json\+oembed" href="([^"]+)">/.exec(text)?.[1] ?? ''
    const path = href.replace('https://social.test', '').replace('&amp;', '&')
    expect((await web.get(path)).body.author_name).toBe('Alice')
  })
})

describe('GET /api/web/embeds/:id', () => {
  const embed = (id: string, headers = {}) => web.get(`/api/web/embeds/${id}`, { headers })

  async function session() {
    const browser = openBrowser(web)
    await browser.signIn(cast.bob.user.email, TEST_PASSWORD)
    return { cookie: browser.cookieHeader() }
  }

  async function remoteStatus(values: object = {}) {
    const account = await make.remoteAccount({ username: 'zoe', domain: far.host })
    return make.status({ account, uri: far.url('/notes/1'), url: far.url('/@zoe/1'), ...values })
  }

  function serve(answer: object, type = 'application/json+oembed') {
    const link = `<link rel="alternate" type="${type}" href="${far.url('/oembed')}">`
    far.serve('/@zoe/1', reply({ type: 'text/html', body: `<!doctype html><title>x</title>${link}` }))
    far.serve('/oembed', reply({ type: 'application/json', body: answer }))
  }

  it('is that of oEmbed for a post of ours, for anybody', async () => {
    const status = await make.status({ account: cast.alice.account })
    expect((await embed(status.id)).body).toEqual((await about(urlOf(status))).body)
    const hidden = await make.status({ account: cast.alice.account, visibility: 'private' })
    for (const id of [hidden.id, '109999999999999999', 'x'])
      expect((await embed(id)).text).toBe('{"error":"Not Found"}')
  })

  it('asks another server for who is signed in, and lets only a frame through (SEC-XSS-01)', async () => {
    const status = await remoteStatus()
    serve({
      type: 'rich',
      version: '1.0',
      author_name: 'Zoe',
      html: '<script>alert(1)</script><iframe src="https://far.example/embed" onload="alert(1)" srcdoc="x"></iframe><iframe src="javascript:alert(1)"></iframe>',
      width: 400,
      height: null,
    })
    const answer = await embed(status.id, await session())
    expect(answer.status).toBe(200)
    expect(answer.body).toMatchObject({ type: 'rich', author_name: 'Zoe', width: 400, height: null })
    expect(answer.body.html).toMatch(
      /^<iframe src="https:\/\/far.example\/embed" sandbox="[^"]+"><\/iframe>$/,
    )
  })

  it('asks nobody for an anonymous visitor', async () => {
    const status = await remoteStatus()
    serve({ type: 'rich', version: '1.0', html: '<iframe src="https://far.example/"></iframe>' })
    expect((await embed(status.id)).status).toBe(404)
    expect(far.requests).toEqual([])
  })

  it('is not found where the other server has none, or does not answer sensibly', async () => {
    const status = await remoteStatus()
    const headers = await session()
    far.serve('/@zoe/1', reply({ type: 'text/html', body: '<title>Nothing</title>' }))
    expect((await embed(status.id, headers)).status).toBe(404)
    serve({ type: 'rich' })
    expect((await embed(status.id, headers)).status).toBe(404)
    far.serve('/oembed', (_request, response) => void response.destroy())
    expect((await embed(status.id, headers)).status).toBe(404)
    far.serve('/@zoe/1', (_request, response) => void response.destroy())
    expect((await embed(status.id, headers)).text).toBe('{"error":"Not Found"}')
  })

  it('leads to no private address (SEC-SSRF-08)', async () => {
    const status = await remoteStatus({ url: 'http://127.0.0.1:1/@zoe/1' })
    expect((await embed(status.id, await session())).status).toBe(404)
  })

  it('hides private ones of other servers from their readers too', async () => {
    const status = await remoteStatus({ visibility: 'private' })
    await make.follow({ account: cast.bob.account, target: { id: status.account_id } as never })
    expect((await embed(status.id, await session())).status).toBe(404)
    expect(far.requests).toEqual([])
  })
})
