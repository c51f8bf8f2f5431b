import { deleteAccount } from '@anancus/core/domain/moderation'
import { statusUri } from '@anancus/core/kernel/uris'
import { type Cast, castOf } from '@anancus/core/testing/cast'
import { closeTestContext, type TestContext, testContext } from '@anancus/core/testing/context'
import { countStatements } from '@anancus/core/testing/count-statements'
import { resetDatabase } from '@anancus/core/testing/reset'
import type { StatusRow } from '@anancus/db'
import { factories, TEST_PASSWORD } from '@anancus/db/testing/make'
import { openBrowser, type TestBrowser } from '../../support/browser.ts'
import { type ClientBuild, fakeClientBuild, metaIn } from '../../support/client-build.ts'
import { startWeb, type TestAnswer, type TestWeb } from '../../support/server.ts'

let ctx: TestContext
let build: ClientBuild
let web: TestWeb
let cast: Cast
const make = () => factories(ctx.db)

beforeAll(async () => {
  ctx = await testContext()
  build = await fakeClientBuild()
  web = await startWeb(ctx, { clientFolder: build.folder })
})
beforeEach(async () => {
  await resetDatabase(ctx)
  cast = await castOf(ctx)
})
afterAll(async () => {
  await web.close()
  await build.remove()
  await closeTestContext(ctx)
})

const pathOf = (status: StatusRow, name = 'alice') => `/@${name}/${status.id}`

async function browserOf(name: 'alice' | 'bob' | 'eve' | 'mallory'): Promise<TestBrowser> {
  const browser = openBrowser(web)
  await browser.signIn(cast[name].user.email, TEST_PASSWORD)
  return browser
}

function comparable({ status, text, headers }: TestAnswer) {
  return { status, text, headers: [...headers].filter(([name]) => !['date', 'x-request-id'].includes(name)) }
}

describe('a local post', () => {
  it('says in its head what it is', async () => {
    const status = await make().status({
      account: cast.alice.account,
      text: 'A wren in the ivy & "louder" <than> the bakery fan, and then some more words',
      language: 'en',
      created_at: new Date('2026-03-01T12:00:00.123Z'),
    })
    const answer = await web.get(pathOf(status))
    const { text } = answer
    expect(answer.status).toBe(200)
    expect(text).toContain(
      '<title>Alice: &quot;A wren in the ivy &amp; &quot;louder&quot; &lt;than&gt; the bakery fa…&quot; - Anancus</title>',
    )
    expect(metaIn(text, 'description')).toBe(
      'A wren in the ivy &amp; &quot;louder&quot; &lt;than&gt; the bakery fan, and then some more words',
    )
    expect(metaIn(text, 'og:description')).toBe(metaIn(text, 'description'))
    expect(metaIn(text, 'og:type')).toBe('article')
    expect(metaIn(text, 'og:title')).toBe('Alice (@alice@social.test)')
    expect(metaIn(text, 'og:url')).toBe(`https://social.test/@alice/${status.id}`)
    expect(metaIn(text, 'og:published_time')).toBe('2026-03-01T12:00:00.123Z')
    expect(metaIn(text, 'og:locale')).toBe('en')
    expect(metaIn(text, 'profile:username')).toBe('alice@social.test')
    expect(metaIn(text, 'twitter:card')).toBe('summary')
    expect(metaIn(text, 'og:image')).toBe('https://social.test/avatars/original/missing.png')
    expect(metaIn(text, 'robots')).toBeUndefined()
    const uri = statusUri(ctx.config, status, cast.alice.account)
    expect(text).toContain(`<link rel="alternate" type="application/activity+json" href="${uri}">`)
    expect(answer.headers.get('link')).toBe(`<${uri}>; rel="alternate"; type="application/activity+json"`)
    expect(answer.headers.get('cache-control')).toMatch(/^max-age=10, public/)
    expect(answer.headers.get('vary')).toBe('Accept, Accept-Language, Cookie')
  })

  it('shows its pictures with size and description, and films by a still', async () => {
    const { account } = cast.alice
    const image = await make().media({ account, description: 'A "wren"' })
    const film = await make().media({ account, type: 'video' })
    const status = await make().status({ account, text: 'Look', media: [image, film] })
    const { text } = await web.get(pathOf(status))
    expect(metaIn(text, 'og:image')).toMatch(
      /^https:\/\/social\.test\/system\/media_attachments\/files\/.*\.png$/,
    )
    expect(metaIn(text, 'og:image:width')).toBe('640')
    expect(metaIn(text, 'og:image:height')).toBe('480')
    expect(metaIn(text, 'og:image:alt')).toBe('A &quot;wren&quot;')
    expect(metaIn(text, 'twitter:card')).toBe('summary_large_image')
    expect(metaIn(text, 'description')).toBe('Attached: 1 image · 1 video Look')
    expect(metaIn(text, 'og:video')).toMatch(/^https:/)
  })

  it('SEC-PRIV-27 tells nothing that its author covered', async () => {
    const { account } = cast.alice
    const media = async () => [await make().media({ account, description: 'a spoiling description' })]
    const warned = await make().status({
      account,
      text: 'the secret ending',
      spoiler_text: 'Spoilers',
      media: await media(),
    })
    const sensitive = await make().status({ account, text: 'words', sensitive: true, media: await media() })
    const first = await web.get(pathOf(warned))
    expect(first.text).toContain('<title>Alice: &quot;Spoilers&quot; - Anancus</title>')
    expect(metaIn(first.text, 'description')).toBe('Attached: 1 image · Content warning: Spoilers')
    expect(first.text).not.toMatch(/secret ending|spoiling description|media_attachments/)
    const second = await web.get(pathOf(sensitive))
    expect(metaIn(second.text, 'description')).toBe('Attached: 1 image words')
    expect(second.text).not.toMatch(/spoiling description|media_attachments/)
    expect(metaIn(second.text, 'og:image')).toContain('/avatars/')
  })

  it('keeps search engines away from what is unlisted, and from authors who wish it', async () => {
    const { account } = cast.alice
    const robots = async (status: StatusRow, name?: string) =>
      metaIn((await web.get(pathOf(status, name))).text, 'robots')
    expect(await robots(await make().status({ account, visibility: 'unlisted' }))).toBe('noindex, noarchive')
    const shy = await make().user({ account: { username: 'shy' }, settings: { noindex: true } })
    expect(await robots(await make().status({ account: shy.account }), 'shy')).toBe('noindex, noarchive')
  })

  it('has the same page above its lists', async () => {
    const status = await make().status({ account: cast.alice.account })
    for (const list of ['reblogs', 'favourites'])
      expect(metaIn((await web.get(`${pathOf(status)}/${list}`)).text, 'og:type')).toBe('article')
    expect((await web.get(`${pathOf(status)}/embeds`, { headers: { accept: 'text/html' } })).status).toBe(404)
  })

  it('SEC-XSS-06 cannot break the page by its words', async () => {
    const evil = '</title><script>alert(1)</script><!-- "\'> \u2028 $& $`'
    const { account } = cast.alice
    for (const values of [{ text: evil }, { text: 'x', spoiler_text: evil }]) {
      const { text } = await web.get(pathOf(await make().status({ account, ...values })))
      expect([...text.matchAll(/<script/g)]).toHaveLength(2)
      expect([...text.matchAll(/<title>/g)]).toHaveLength(1)
      expect(text).not.toMatch(/<!--/)
    }
  })

  it('costs a fixed number of statements', async () => {
    const { account } = cast.alice
    const plain = await make().status({ account })
    const media = [await make().media({ account }), await make().media({ account })]
    const rich = await make().status({ account, tags: ['a', 'b'], mentions: [cast.bob.account], media })
    await web.get(pathOf(plain))
    const few = await countStatements(() => web.get(pathOf(plain)))
    const many = await countStatements(() => web.get(pathOf(rich)))
    expect(many.count).toBe(few.count)
    expect(few.count).toBeLessThanOrEqual(20)
  })
})

describe('SEC-PRIV-01 what is hidden', () => {
  async function hidden(): Promise<Record<string, StatusRow>> {
    const { alice, bob, mallory } = cast
    const inner = await make().status({ account: alice.account, visibility: 'private', text: 'a secret' })
    await make().block({ account: alice.account, target: cast.eve.account })
    const direct = { account: alice.account, visibility: 'direct' as const, mentions: [bob.account] }
    return {
      private: inner,
      direct: await make().status({ ...direct, text: 'a secret' }),
      deleted: await make().status({ account: alice.account, text: 'a secret', deleted_at: new Date() }),
      "somebody else's": await make().status({ account: mallory.account, text: 'a secret' }),
      "another server's": await make().status({ account: cast.carol, text: 'a secret' }),
      'a reblog of a hidden one': await make().status({
        account: alice.account,
        reblogOf: await make().status({ account: mallory.account, visibility: 'private' }),
        visibility: 'public',
      }),
    }
  }
  const UNUSED = '109999999999999999'

  it('answers a visitor byte for byte as what does not exist', async () => {
    const statuses = await hidden()
    for (const suffix of ['', '/reblogs', '/favourites']) {
      const unused = comparable(await web.get(`/@alice/${UNUSED}${suffix}`))
      expect([unused.status, unused.text.includes('Not found - Anancus')]).toEqual([404, true])
      for (const [kind, status] of Object.entries(statuses))
        expect([kind, comparable(await web.get(`/@alice/${status.id}${suffix}`))]).toEqual([kind, unused])
    }
    expect(comparable(await web.get('/@alice/not-a-number'))).toEqual(
      comparable(await web.get(`/@alice/${UNUSED}`)),
    )
  })

  it('answers a blocked stranger so too, public posts of the one who blocks included', async () => {
    const browser = await browserOf('eve')
    const statuses = await hidden()
    const open = await make().status({ account: cast.alice.account, text: 'a secret' })
    const unused = comparable(await browser.get(`/@alice/${UNUSED}`))
    expect(unused.status).toBe(404)
    for (const [kind, status] of Object.entries({ ...statuses, open }))
      expect([kind, comparable(await browser.get(pathOf(status)))]).toEqual([kind, unused])
  })

  it.each(['/statuses/', '/redirect/statuses/'])('has no other way in: %s', async (prefix) => {
    const statuses = await hidden()
    const unused = comparable(await web.get(`${prefix}${UNUSED}`))
    expect(unused.status).toBe(404)
    for (const kind of ['private', 'direct', 'deleted', 'a reblog of a hidden one'])
      expect([kind, comparable(await web.get(prefix + statuses[kind]?.id))]).toEqual([kind, unused])
  })

  it('is shown to those it is for, and kept by no cache', async () => {
    const { alice, bob } = cast
    await make().follow({ account: bob.account, target: alice.account })
    const status = await make().status({
      account: alice.account,
      visibility: 'private',
      text: 'for followers',
    })
    for (const name of ['alice', 'bob'] as const) {
      const page = await (await browserOf(name)).get(pathOf(status))
      expect([name, page.status]).toEqual([name, 200])
      expect(page.headers.get('cache-control')).toBe('private, no-store')
      expect(metaIn(page.text, 'robots')).toBe('noindex, noarchive')
    }
    expect((await (await browserOf('mallory')).get(pathOf(status))).status).toBe(404)
  })
})

describe('addresses that lead on', () => {
  it('shows a reblog as what it reblogs', async () => {
    const original = await make().status({ account: cast.bob.account })
    const reblog = await make().status({ account: cast.alice.account, reblogOf: original })
    const answer = await web.get(pathOf(reblog))
    expect([answer.status, answer.headers.get('location')]).toEqual([302, `/@bob/${original.id}`])
  })

  it('finds a post by its id alone', async () => {
    const own = await make().status({ account: cast.alice.account })
    const far = await make().status({ account: cast.carol })
    expect((await web.get(`/statuses/${own.id}`)).headers.get('location')).toBe(`/@alice/${own.id}`)
    expect((await web.get(`/statuses/${far.id}`)).headers.get('location')).toBe(
      `/@carol@mastodon.example/${far.id}`,
    )
    expect((await web.get('/statuses/x')).status).toBe(404)
  })

  it('SEC-AUTH-17 leads visitors to a post elsewhere by a page that says so', async () => {
    const status = await make().status({ account: cast.carol, text: '<p>far words</p>' })
    const reblog = await make().status({ account: cast.alice.account, reblogOf: status })
    const answer = await web.get(`/@carol@mastodon.example/${status.id}`)
    expect([answer.status, answer.headers.get('location')]).toEqual([302, `/redirect/statuses/${status.id}`])
    const page = await web.get(`/redirect/statuses/${status.id}`)
    expect(page.status).toBe(200)
    expect(page.text).toContain(`href="${status.url}" rel="noopener noreferrer"`)
    expect(page.text).not.toContain('far words')
    expect((await web.get(pathOf(reblog))).headers.get('location')).toBe(
      `/@carol@mastodon.example/${status.id}`,
    )
    expect((await web.get(`/@dan@other.example/${status.id}`)).status).toBe(404)
    expect((await web.get(`/@carol@mastodon.example/${reblog.id}`)).status).toBe(404)
  })

  it('is gone with the account that wrote it', async () => {
    const status = await make().status({ account: cast.bob.account, text: 'old words' })
    expect((await web.get(pathOf(status, 'bob'))).status).toBe(200)
    await deleteAccount(ctx, cast.bob)
    for (const path of [pathOf(status, 'bob'), '/@bob', '/@bob/1'])
      expect([path, (await web.get(path, { headers: { accept: 'text/html' } })).status]).toEqual([path, 410])
  })
})
