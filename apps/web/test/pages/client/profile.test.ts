import { saveSettings } from '@anancus/core/domain/settings'
import { actorUri } from '@anancus/core/kernel/uris'
import { closeTestContext, type TestContext, testContext } from '@anancus/core/testing/context'
import { resetDatabase } from '@anancus/core/testing/reset'
import { factories, TEST_PASSWORD } from '@anancus/db/testing/make'
import { openBrowser } from '../../support/browser.ts'
import { type ClientBuild, fakeClientBuild, initialStateIn, metaIn } from '../../support/client-build.ts'
import { startWeb, type TestWeb } from '../../support/server.ts'

let ctx: TestContext
let build: ClientBuild
let web: TestWeb
const make = () => factories(ctx.db)

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

describe('a local profile', () => {
  it('says in its head whose it is', async () => {
    const { account } = await make().user({
      account: {
        username: 'alice',
        display_name: 'Alice "Al" <Okafor>',
        note: 'Birds & bread',
        stats: { followers_count: '12345', following_count: '1', statuses_count: '1' },
        fields: [
          { name: 'Blog', value: 'https://blog.example/?a=1&b=2', verified_at: null },
          { name: 'Say', value: 'see https://other.example' },
          { name: 'Bad', value: 'javascript:alert(1)' },
        ],
      },
    })
    const answer = await web.get('/@alice')
    expect(answer.status).toBe(200)
    const { text } = answer
    const title = 'Alice &quot;Al&quot; &lt;Okafor&gt; (@alice@social.test)'
    const description = '1 Post, 1 Following, 12.3K Followers · Birds &amp; bread'
    expect(text).toContain(`<title>${title} - Anancus</title>`)
    expect(metaIn(text, 'description')).toBe(description)
    expect(metaIn(text, 'og:type')).toBe('profile')
    expect(metaIn(text, 'og:title')).toBe(title)
    expect(metaIn(text, 'og:description')).toBe(description)
    expect(metaIn(text, 'og:url')).toBe('https://social.test/@alice')
    expect(metaIn(text, 'og:site_name')).toBe('social.test')
    expect(metaIn(text, 'og:image')).toBe('https://social.test/avatars/original/missing.png')
    expect(metaIn(text, 'og:image:width')).toBe('400')
    expect(metaIn(text, 'profile:username')).toBe('alice@social.test')
    expect(metaIn(text, 'twitter:card')).toBe('summary')
    expect(metaIn(text, 'robots')).toBeUndefined()
    expect([...text.matchAll(/<link rel="me"[^>]*>/g)].map(String)).toEqual([
      '<link rel="me" type="text/html" href="https://blog.example/?a=1&amp;b=2">',
    ])
    const uri = actorUri(ctx.config, account)
    expect(text).toContain(`<link rel="alternate" type="application/activity+json" href="${uri}">`)
    expect(answer.headers.get('link')).toBe(
      `<https://social.test/.well-known/webfinger?resource=acct%3Aalice%40social.test>; rel="lrdd"; type="application/jrd+json", <${uri}>; rel="alternate"; type="application/activity+json"`,
    )
    expect(answer.headers.get('cache-control')).toMatch(/^max-age=15, public/)
    expect(answer.headers.get('vary')).toBe('Accept, Accept-Language, Cookie')
    expect(initialStateIn(text).accounts).toEqual({})
  })

  it('has the same head on its tabs, whatever the case of the name', async () => {
    await make().user({ account: { username: 'alice' } })
    for (const path of [
      '/@alice/with_replies',
      '/@alice/media',
      '/@alice/followers',
      '/@alice/following',
      '/@ALICE',
    ])
      expect([path, metaIn((await web.get(path)).text, 'og:url')]).toEqual([
        path,
        'https://social.test/@alice',
      ])
    expect((await web.get('/@alice/nothing')).status).toBe(404)
  })

  it('is the document for those who ask for one', async () => {
    await make().user({ account: { username: 'alice' } })
    const answer = await web.get('/@alice', { headers: { accept: 'application/activity+json' } })
    expect(answer.body.preferredUsername).toBe('alice')
    expect(answer.headers.get('vary')).toBe('Accept, Accept-Language, Cookie')
  })

  it('keeps search engines away when its owner wishes, or the site does and the owner is silent', async () => {
    const robots = async (name: string) => metaIn((await web.get(`/@${name}`)).text, 'robots')
    await make().user({ account: { username: 'shy' }, settings: { noindex: true } })
    await make().user({ account: { username: 'open' }, settings: { noindex: false } })
    await make().user({ account: { username: 'silent' } })
    expect(await Promise.all(['shy', 'open', 'silent'].map(robots))).toEqual([
      'noindex, noarchive',
      undefined,
      undefined,
    ])
    await saveSettings(ctx, { noindex: true })
    expect(await Promise.all(['shy', 'open', 'silent'].map(robots))).toEqual([
      'noindex, noarchive',
      undefined,
      'noindex, noarchive',
    ])
    await saveSettings(ctx, { noindex: false })
  })

  it.each([
    ['</title><script>alert(1)</script>'],
    ['"><script>alert(1)</script>'],
    ['\u2028\u2029<!--'],
    ["$& $` $' $1"],
  ])('SEC-XSS-09 cannot break the page by a name or a biography: %j', async (evil) => {
    await make().user({ account: { username: 'alice', display_name: evil, note: evil } })
    const { text } = await web.get('/@alice')
    expect([...text.matchAll(/<script/g)]).toHaveLength(2)
    expect([...text.matchAll(/<title>/g)]).toHaveLength(1)
    expect(text).not.toMatch(/<!--/)
    expect(text).toContain('<div id="root"></div>')
    expect(initialStateIn(text).meta.domain).toBe('social.test')
  })

  it('SEC-HTTP-09 puts nothing of anybody into its headers', async () => {
    await make().user({ account: { username: 'alice', display_name: 'A\r\nSet-Cookie: a=b' } })
    const answer = await web.get('/@alice')
    expect(answer.status).toBe(200)
    expect(answer.headers.getSetCookie()).toEqual([])
  })
})

describe('what is not there', () => {
  it('answers for the missing, the unconfirmed and the waiting alike, with the client', async () => {
    await make().user({ account: { username: 'unconfirmed' }, confirmed_at: null })
    await make().user({ account: { username: 'waiting' }, approved: false })
    const answers = await Promise.all(
      ['nobody', 'unconfirmed', 'waiting', 'not%20a%20name', 'mastodon.internal%00'].map(async (name) => {
        const { status, text, headers } = await web.get(`/@${name}`)
        const kept = [...headers].filter(([header]) => header !== 'date' && header !== 'x-request-id')
        return { status, text, headers: kept }
      }),
    )
    for (const answer of answers) expect(answer).toEqual(answers[0])
    expect(answers[0]?.status).toBe(404)
    expect(answers[0]?.text).toContain('<title>Not found - Anancus</title>')
    expect(metaIn(answers[0]?.text ?? '', 'robots')).toBe('noindex')
    expect(initialStateIn(answers[0]?.text ?? '').meta.me).toBeNull()
  })

  it('is gone for good with a deleted account, and closed while one is suspended', async () => {
    await make().account({ username: 'deleted', suspended_at: new Date() })
    const held = await make().account({ username: 'held', suspended_at: new Date(), display_name: 'Held' })
    await ctx.db('account_deletion_requests').insert({ account_id: held.id })
    for (const [name, status] of [
      ['deleted', 410],
      ['held', 403],
    ] as const) {
      const post = await make().status({
        account: await ctx.db('accounts').where({ username: name }).first(),
      })
      for (const path of [`/@${name}`, `/@${name}/media`, `/@${name}/${post.id}`, `/@${name}/1`]) {
        const answer = await web.get(path, { headers: { accept: 'text/html' } })
        expect([path, answer.status]).toEqual([path, status])
        expect(answer.text).not.toContain('Held')
        expect(answer.headers.get('cache-control')).toBe('private, no-store')
        expect(answer.headers.get('link')).toBeNull()
      }
    }
  })
})

describe('profiles of other servers', () => {
  const carol = () =>
    make().remoteAccount({
      username: 'carol',
      domain: 'far.example',
      display_name: 'Carol',
      note: '<p>Hi</p>',
    })

  it('SEC-AUTH-17 leads visitors to the original by a page that says so', async () => {
    const account = await carol()
    for (const path of [
      '/@carol@far.example',
      '/@Carol@FAR.example/media',
      '/@carol@far.example/followers',
    ]) {
      const answer = await web.get(path)
      expect([path, answer.status, answer.headers.get('location')]).toEqual([
        path,
        302,
        `/redirect/accounts/${account.id}`,
      ])
      expect(answer.headers.get('cache-control')).toBe('private, no-store')
    }
    const page = await web.get(`/redirect/accounts/${account.id}`)
    expect(page.status).toBe(200)
    expect(page.text).toContain('You are leaving social.test')
    expect(page.text).toContain('href="https://far.example/@carol" rel="noopener noreferrer"')
    expect(metaIn(page.text, 'robots')).toBe('noindex')
    expect(page.text).not.toMatch(/http-equiv|<script/)
  })

  it('has no page for whom we do not know, and none for the suspended', async () => {
    const gone = await make().remoteAccount({
      username: 'gone',
      domain: 'far.example',
      suspended_at: new Date(),
    })
    for (const path of [
      '/@who@far.example',
      '/@gone@far.example',
      `/redirect/accounts/${gone.id}`,
      '/redirect/accounts/1',
      '/redirect/accounts/x',
    ])
      expect([path, (await web.get(path)).status]).toEqual([path, 404])
  })

  it.each(['javascript:alert(1)', 'data:text/html,x', 'not an address'])(
    'SEC-XSS-04 leads nowhere by %s',
    async (url) => {
      const { id } = await make().remoteAccount({ username: 'evil', domain: 'far.example', url, uri: url })
      const answer = await web.get(`/redirect/accounts/${id}`)
      expect(answer.status).toBe(404)
      expect(answer.text).not.toContain('alert')
    },
  )

  it('shows the client to those signed in, also for whom we do not know yet; no search engine keeps it', async () => {
    await carol()
    const { user } = await make().user()
    const browser = openBrowser(web)
    await browser.signIn(user.email, TEST_PASSWORD)
    for (const path of ['/@carol@far.example', '/@who@far.example', '/@carol@far.example/1']) {
      const page = await browser.get(path)
      expect([path, page.status]).toEqual([path, 200])
      expect(metaIn(page.text, 'robots')).toBe('noindex')
      expect(page.text).not.toContain('Carol')
    }
    expect((await browser.get('/@who@')).status).toBe(404)
  })

  it('knows its own domain', async () => {
    const { account } = await make().user({ account: { username: 'alice' } })
    const status = await make().status({ account })
    const location = async (path: string) => (await web.get(path)).headers.get('location')
    expect(await location('/@alice@social.test')).toBe('/@alice')
    expect(await location(`/@alice@SOCIAL.test/${status.id}`)).toBe(`/@alice/${status.id}`)
    expect(await location('/@alice@social.test/media')).toBe('/@alice/media')
    expect(await location(`/redirect/accounts/${account.id}`)).toBe('/@alice')
    expect(await location(`/redirect/statuses/${status.id}`)).toBe(`/@alice/${status.id}`)
  })
})
