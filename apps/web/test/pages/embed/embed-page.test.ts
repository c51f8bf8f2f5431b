import { type Cast, castOf } from '@anancus/core/testing/cast'
import { closeTestContext, type TestContext, testContext } from '@anancus/core/testing/context'
import { resetDatabase } from '@anancus/core/testing/reset'
import type { StatusRow } from '@anancus/db'
import { type Factories, factories, TEST_PASSWORD } from '@anancus/db/testing/make'
import { openBrowser } from '../../support/browser.ts'
import { startWeb, type TestWeb } from '../../support/server.ts'

let ctx: TestContext
let web: TestWeb
let make: Factories
let cast: Cast

beforeAll(async () => {
  ctx = await testContext()
  web = await startWeb(ctx)
  make = factories(ctx.db)
})
afterAll(async () => {
  await web.close()
  await closeTestContext(ctx)
})
beforeEach(async () => {
  await resetDatabase(ctx)
  cast = await castOf(ctx)
})

const look = (status: Pick<StatusRow, 'id'>, name = 'alice', headers: Record<string, string> = {}) =>
  web.get(`/@${name}/${status.id}/embed`, { headers: { accept: 'text/html', ...headers } })

describe('/@alice/1/embed', () => {
  it('SEC-HTTP-01 SEC-INFO-02 may stand in a frame, runs our scripts alone, and is the same for everybody', async () => {
    const status = await make.status({ account: cast.alice.account, text: 'Hello #world' })
    const answer = await look(status)
    expect(answer.status).toBe(200)
    const { headers } = answer
    expect(headers.get('x-frame-options')).toBeNull()
    const policy = headers.get('content-security-policy') ?? ''
    expect(policy).toMatch(/^default-src 'none'; base-uri 'none'; font-src/)
    expect(policy).not.toMatch(/frame-ancestors|unsafe-inline|nonce/)
    expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval'")
    expect(headers.get('cache-control')).toBe('max-age=180, public')
    expect(headers.get('referrer-policy')).toBe('same-origin')
    expect(headers.getSetCookie()).toEqual([])
    expect(answer.text).toContain('<meta name="robots" content="noindex">')
    expect(answer.text).not.toMatch(/\sstyle="|\son\w+=|javascript:/)
    for (const [, path] of answer.text.matchAll(/(?:src|href)="(\/(?:embed)[^"]+)"/g))
      expect([path, (await web.get(path ?? '')).status]).toEqual([path, 200])
    const browser = openBrowser(web)
    await browser.signIn(cast.alice.user.email, TEST_PASSWORD)
    expect((await browser.get(`/@alice/${status.id}/embed`)).text).toBe(answer.text)
  })

  it('shows text, emojis, poll, pictures with their descriptions, and the date', async () => {
    await ctx.db('custom_emojis').insert({ shortcode: 'cat', image_file_name: 'cat.png', disabled: false })
    const status = await make.status({
      account: cast.alice.account,
      text: 'A :cat: at https://example.org/:cat:/',
      created_at: new Date('2026-03-01T12:00:00Z'),
    })
    await make.poll({ status, options: ['Yes', '<b>No</b>'] })
    await make.media({ account: cast.alice.account, status, description: 'A "cat"' })
    const { text } = await look(status)
    expect(text).toMatch(
      /<p>A <img class="emoji" src="[^"]+" alt=":cat:" title=":cat:" width="20" height="20"> at/,
    )
    expect(text).toContain('href="https://example.org/:cat:/"')
    expect(text).toContain('&lt;b&gt;No&lt;/b&gt;')
    expect(text).toContain('alt="A &quot;cat&quot;"')
    expect(text).toContain('<time datetime="2026-03-01T12:00:00.000Z">March 1, 2026 at 12:00 PM UTC</time>')
    expect(text).toContain(`href="https://social.test/@alice/${status.id}"`)
  })

  it('shows what it quotes, as far as everybody may see it', async () => {
    const quoted = await make.status({ account: cast.bob.account, text: 'The quoted words' })
    const status = await make.status({ account: cast.alice.account, text: 'Look at this', quoteOf: quoted })
    const shown = (await look(status)).text
    expect(shown).toMatch(/<blockquote class="quote">[^]*The quoted words[^]*<\/blockquote>/)
    expect(shown).toContain('<article class="with-quote">')
    await ctx.db('statuses').where({ id: quoted.id }).update({ visibility: 2 })
    const hidden = (await look(status)).text
    expect(hidden).not.toContain('The quoted words')
    expect(hidden).toContain('<article class="">')
  })

  it('folds what its author covered', async () => {
    const status = await make.status({
      account: cast.alice.account,
      text: 'It was the butler',
      spoiler_text: 'The <end>',
      sensitive: true,
    })
    await make.media({ account: cast.alice.account, status })
    const { text } = await look(status)
    expect(text).toMatch(/<details><summary dir="auto">The &lt;end&gt;<\/summary>[^]*It was the butler/)
    expect(text).toContain('<details class="covered"><summary>Sensitive content</summary>')
  })

  it('SEC-XSS-09 cannot be broken by names', async () => {
    await ctx
      .db('accounts')
      .where({ id: cast.alice.account.id })
      .update({ display_name: '</title><script>alert(1)</script>' })
    const { text } = await look(await make.status({ account: cast.alice.account }))
    expect(text.match(/<script/g)).toHaveLength(1)
  })

  it('SEC-PRIV-01 is not found for what is hidden, gone, boosted, of others or of other servers, and then in no frame', async () => {
    const { account } = cast.alice
    const hidden = await make.status({ account, visibility: 'private' })
    const remote = await make.status({ account: cast.carol })
    const browser = openBrowser(web)
    await browser.signIn(cast.alice.user.email, TEST_PASSWORD)
    const cases: [StatusRow | { id: string }, string][] = [
      [hidden, 'alice'],
      [await make.status({ account, visibility: 'direct' }), 'alice'],
      [await make.status({ account, deleted_at: new Date() }), 'alice'],
      [await make.status({ account, reblogOf: remote }), 'alice'],
      [await make.status({ account: cast.bob.account }), 'alice'],
      [{ id: '109999999999999999' }, 'alice'],
      [{ id: 'x' }, 'alice'],
      [remote, cast.carol.username],
      [remote, `${cast.carol.username}@${cast.carol.domain}`],
    ]
    for (const [status, name] of cases) {
      const answer = await look(status, name, { cookie: browser.cookieHeader() })
      expect([name, answer.status]).toEqual([name, 404])
      expect(answer.headers.get('x-frame-options')).toBe('DENY')
      expect(answer.headers.get('cache-control')).toBe('private, no-store')
      expect(answer.headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
    }
  })

  it('shows unlisted ones, and nothing of a closed network', async () => {
    const status = await make.status({ account: cast.alice.account, visibility: 'unlisted' })
    expect((await look(status)).status).toBe(200)
    const closed = {
      ...ctx,
      config: { ...ctx.config, env: { ...ctx.config.env, LIMITED_FEDERATION_MODE: true } },
    }
    const other = await startWeb(closed)
    expect((await other.get(`/@alice/${status.id}/embed`)).status).toBe(404)
    await other.close()
  })
})
