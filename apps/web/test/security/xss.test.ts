import { createApplication } from '@anancus/core/domain/oauth'
import { saveSettings } from '@anancus/core/domain/settings'
import { sendMail } from '@anancus/core/domain/users'
import { messageOf } from '@anancus/core/kernel/mailer/message'
import { closeTestContext, type TestContext, testContext } from '@anancus/core/testing/context'
import { registerHandlers } from '@anancus/core/testing/drain-queues'
import { allHandlers } from '@anancus/core/testing/handlers'
import {
  activity,
  type Remote,
  type RemoteActor,
  type Remotes,
  reply,
  startRemotes,
} from '@anancus/core/testing/remote'
import { resetDatabase } from '@anancus/core/testing/reset'
import { type Factories, factories, TEST_PASSWORD } from '@anancus/db/testing/make'
import { openBrowser } from '../support/browser.ts'
import { type ClientBuild, fakeClientBuild } from '../support/client-build.ts'
import { startWeb, type TestClient, type TestWeb } from '../support/server.ts'
import { drainAll, postToInbox } from './support.ts'

const PUBLIC = 'https://www.w3.org/ns/activitystreams#Public'
const HOSTILE = `<p onclick="x()" style="color:red" id="y" name="z" class="modal-root invisible h-card">kept</p>
<form action="https://e.test"><input name="x"><button formaction="javascript:x">b</button></form>
<style>p{}</style><link rel="stylesheet" href="//e.test"><meta http-equiv="refresh" content="0"><base href="//e.test">
<embed src="x"><object data="x"></object><iframe srcdoc="<script>"></iframe><svg onload="x()"><script>1</script></svg>
<math><semantics><annotation>x</annotation></semantics></math><img src="x" onerror="x()">
<a href="java\tscript:alert(1)">one</a><a href="&#106;avascript:alert(1)">two</a><script>alert(1)</script>
<noscript><p title="</noscript><img src=x onerror=x()>"></noscript><plaintext>`
/** What no HTML of others may hold when we show it. */
const FORBIDDEN =
  /<\/?(?:script|form|input|button|style|link|meta|base|embed|object|iframe|svg|math|img|noscript|plaintext)\b|\son[a-z]+=|style=|id=|\sname=|javascript:|modal-root/i

let ctx: TestContext
let remotes: Remotes
let evil: Remote
let build: ClientBuild
let web: TestWeb
let make: Factories
let alice: Awaited<ReturnType<Factories['viewer']>>
let api: TestClient
let mallory: RemoteActor

beforeAll(async () => {
  remotes = await startRemotes(['e', 'v'])
  ctx = await testContext({ env: remotes.env })
  make = factories(ctx.db)
  build = await fakeClientBuild()
  web = await startWeb(ctx, { clientFolder: build.folder })
  registerHandlers(allHandlers)
})
afterAll(async () => {
  await web.close()
  await build.remove()
  await closeTestContext(ctx)
  await remotes.close()
})
beforeEach(async () => {
  await resetDatabase(ctx)
  remotes.reset()
  evil = remotes.host('e')
  alice = await make.viewer({ account: { username: 'alice' } })
  api = web.as(await make.token({ user: alice.user }))
  mallory = evil.actor('mallory')
})

/** Lets mallory's server send a note to alice, and gives what the API says of it. */
async function received(parts: object) {
  const note = evil.note(mallory, {
    to: [PUBLIC],
    cc: [`https://social.test/ap/users/${alice.account.id}`],
    ...parts,
  })
  await postToInbox(ctx, web, mallory, activity(mallory, 'Create', note))
  await drainAll(ctx)
  const row = await ctx.db('statuses').where({ uri: note.id }).first('id')
  return (await api.get(`/api/v1/statuses/${row.id}`)).body
}

async function profile() {
  const found = await api.get(`/api/v2/search?resolve=true&q=${encodeURIComponent(mallory.handle)}`)
  return found.body.accounts[0]
}

describe('what other servers write', () => {
  it('SEC-XSS-02 SEC-XSS-05 SEC-XSS-06 SEC-XSS-15 is sanitised in a post', async () => {
    const { content } = await received({ content: HOSTILE })
    expect(content).toContain('<p class="invisible h-card">kept</p>')
    expect(content).not.toMatch(FORBIDDEN)
    expect(content).toMatch(/one.*two/s)
  })

  it('SEC-XSS-06 and on the page of the post', async () => {
    const status = await received({ content: HOSTILE, summary: HOSTILE })
    const path = `/@${mallory.handle}/${status.id}`
    const visitor = openBrowser(web)
    const signedIn = openBrowser(web)
    await signedIn.signIn(alice.user.email, TEST_PASSWORD)
    // Visitors are led by a page that says where the post is.
    for (const answer of [await visitor.follow(await visitor.get(path)), await signedIn.get(path)]) {
      expect(answer.status).toBe(200)
      expect(answer.text).toContain(mallory.handle)
      expect(answer.text).not.toMatch(
        /<(?:form|iframe|embed|object|img|base)\b[^>]*(?:e\.test|="x")|onerror/i,
      )
      expect(answer.text).not.toMatch(/<script>(?:1|alert)|http-equiv="refresh"/)
    }
  })

  it('in warnings, options and descriptions is text, for the client to show as text', async () => {
    const tag = '<img src=x onerror=x()>'
    const status = await received({
      type: 'Question',
      summary: tag,
      oneOf: [{ name: tag }, { name: 'b' }],
      attachment: [{ type: 'Image', mediaType: 'image/png', url: evil.url('/a.png'), name: tag }],
    })
    expect(status.spoiler_text).toBe(tag)
    expect(status.poll.options[0].title).toBe(tag)
    expect(status.media_attachments[0].description).toBe(tag)
  })

  it('SEC-XSS-06 SEC-XSS-13 in a biography and fields is sanitised, names are text', async () => {
    Object.assign(mallory.document, {
      summary: HOSTILE,
      attachment: [
        { type: 'PropertyValue', name: '<b>n</b>', value: `${HOSTILE}<a href="https://e.test">l</a>` },
      ],
    })
    const account = await profile()
    expect(account.note).toContain('kept')
    expect(account.note).not.toMatch(FORBIDDEN)
    expect(account.fields[0].name).toBe('<b>n</b>')
    expect(account.fields[0].value).toContain('kept')
    expect(account.fields[0].value).not.toMatch(FORBIDDEN)
  })

  it.each([
    ['javascript:alert(1)'],
    ['JaVaScRiPt:alert(1)'],
    ['java\tscript:alert(1)'],
    ['data:text/html,<script>'],
    ['vbscript:x'],
    ['blob:https://e.test/x'],
    [''],
  ])('SEC-XSS-04 never leads to %j', async (bad) => {
    for (const url of [
      bad,
      { type: 'Link', href: bad, mediaType: 'text/html' },
      [bad, { type: 'Link', href: bad }],
    ]) {
      await resetDatabase(ctx)
      alice = await make.viewer({ account: { username: 'alice' } })
      api = web.as(await make.token({ user: alice.user }))
      Object.assign(mallory.document, {
        url,
        icon: { type: 'Image', url },
        image: { type: 'Image', url },
        attachment: [],
      })
      const status = await received({
        url,
        attachment: [{ type: 'Image', mediaType: 'image/png', url, href: bad }],
        tag: [
          { type: 'Mention', href: bad, name: '@x' },
          { type: 'Hashtag', href: bad, name: '#fun' },
        ],
      })
      expect(status.url).toBe(status.uri)
      expect(status.account.url).toBe(mallory.uri)
      expect(status.media_attachments).toEqual([])
      const addresses = JSON.stringify(status).match(/"(?:\w*url|avatar\w*|header\w*)":"[^"]+"/g) ?? []
      expect(addresses.length).toBeGreaterThan(5)
      for (const address of addresses)
        expect(address).toMatch(/":"https?:\/\/|"(?:avatar|header)_description"/)
    }
  })

  it('SEC-XSS-07 keeps shortcodes where they stand: in text and in attributes alike they are letters', async () => {
    const icon = { type: 'Image', url: evil.url('/cat.png') }
    Object.assign(mallory.document, {
      name: 'M :cat:',
      summary: '<p lang=":cat:"><a href="https://e.test/:cat:">:cat:</a></p>',
      tag: [{ type: 'Emoji', name: ':cat:', icon }],
    })
    const status = await received({
      content: '<p>:cat: <a href="https://e.test/:cat:" class="u-:cat:">:cat:</a></p>',
      tag: [{ type: 'Emoji', name: ':cat:', icon }],
    })
    expect(status.content).toBe(
      '<p>:cat: <a href="https://e.test/:cat:" class="u-:cat:" rel="nofollow noopener" target="_blank">:cat:</a></p>',
    )
    expect(status.account.note).toContain('href="https://e.test/:cat:"')
    expect(status.account.display_name).toBe('M :cat:')
    expect(JSON.stringify(status)).not.toContain('<img')
  })

  it('SEC-XSS-14 names emojis by letters, digits and underscores only', async () => {
    const icon = (url: string) => ({ type: 'Image', url })
    await received({
      tag: [
        { type: 'Emoji', name: ':ok_1:', icon: icon(evil.url('/"><script>.png')) },
        { type: 'Emoji', name: ':"><script>:', icon: icon(evil.url('/a.png')) },
        { type: 'Emoji', name: ":a'b:", icon: icon(evil.url('/a.png')) },
        { type: 'Emoji', name: ':a b:', icon: icon(evil.url('/a.png')) },
        { type: 'Emoji', name: ':x:', icon: icon(evil.url('/a.png')) },
        { type: 'Emoji', name: ':js:', icon: icon('javascript:alert(1)') },
      ],
    })
    expect(await ctx.db('custom_emojis').select('shortcode')).toEqual([{ shortcode: 'ok_1' }])
  })
})

describe('SEC-XSS-12 XML of other servers', () => {
  const hostMeta = (body: string) => {
    evil.webfinger(mallory.handle, null)
    evil.serve('/.well-known/host-meta', reply({ type: 'application/xrd+xml', body }))
    const jrd = {
      subject: `acct:${mallory.handle}`,
      links: [{ rel: 'self', type: 'application/activity+json', href: mallory.uri }],
    }
    evil.serve('/finger', reply({ type: 'application/jrd+json', body: jrd }))
    return profile()
  }
  const link = (template: string) => `<XRD><Link rel="lrdd" template="${template}"/></XRD>`
  const finger = () => `${evil.url('/finger')}?resource={uri}`

  it('is read when it is plain', async () => {
    expect(await hostMeta(`<?xml version="1.0"?>${link(finger())}`)).toMatchObject({ acct: mallory.handle })
  })

  it.each([
    ['an external entity', '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>', '&e;'],
    ['a remote entity', '<!DOCTYPE x [<!ENTITY e SYSTEM "REMOTE/stolen">]>', '&e;'],
    ['a remote document type', '<!DOCTYPE x SYSTEM "REMOTE/x.dtd">', ''],
    [
      'entities that grow',
      `<!DOCTYPE x [<!ENTITY a "${'a'.repeat(50)}">${Array.from({ length: 20 }, (_, n) => `<!ENTITY a${n} "${'&a;'.repeat(10)}">`).join('')}]>`,
      '&a19;',
    ],
    ['a lone declaration', '<!ENTITY e "x">', ''],
  ])('with %s is worth nothing, and asks nobody', async (_name, declaration, use) => {
    const started = performance.now()
    const found = await hostMeta(
      `<?xml version="1.0"?>${declaration.replace('REMOTE', evil.origin)}${link(finger() + use)}`,
    )
    expect(found).toBeUndefined()
    expect(performance.now() - started).toBeLessThan(10_000)
    const paths = evil.requests.map((request) => request.path.split('?')[0])
    expect(paths.every((path) => path?.startsWith('/.well-known/'))).toBe(true)
  })
})

describe('SEC-XSS-09 what people here write', () => {
  const TAG = '"><script>alert(1)</script><img src=x onerror=x()>'
  const signedIn = async () => {
    const browser = openBrowser(web)
    await browser.signIn(alice.user.email, TEST_PASSWORD)
    return browser
  }
  const expectText = (page: string) => {
    expect(page).not.toContain('<script>alert')
    expect(page).not.toContain('<img src=x')
    expect(page).toContain('&lt;script&gt;alert(1)')
  }

  it('is text where an app asks for access', async () => {
    const app = await make.application({
      name: TAG,
      website: 'https://e.test/"onclick="x()',
      redirect_uri: 'https://e.test/"><script>alert(1)</script>',
    })
    const browser = await signedIn()
    const query = new URLSearchParams({
      client_id: app.uid,
      redirect_uri: app.redirect_uri,
      response_type: 'code',
      state: TAG,
    })
    const page = await browser.get(`/oauth/authorize?${query}`)
    expect(page.status).toBe(200)
    expectText(page.text)
    expect(page.text).toContain('href="https://e.test/&quot;onclick=&quot;x()"')
  })

  it('cannot be a script as the website of an app', async () => {
    for (const website of ['javascript:alert(1)', 'data:text/html,x', ' javascript:x', 'java\nscript:x'])
      await expect(
        createApplication(ctx, { name: 'x', website, redirectUris: 'https://e.test', scopes: undefined }),
      ).rejects.toMatchObject({ status: 422 })
  })

  it('is text in the rules, the title and the errors of forms', async () => {
    await ctx.db('rules').insert({ text: TAG, hint: TAG, priority: 1 })
    await saveSettings(ctx, { registrations_mode: 'open' })
    const rules = await web.get('/auth/sign_up', { headers: { accept: 'text/html' } })
    expectText(rules.text)
    const browser = openBrowser(web)
    const page = await browser.get('/auth/sign_in')
    const again = await browser.submit(page, '/auth/sign_in', { 'user[email]': TAG, 'user[password]': 'x' })
    expect((await browser.follow(again)).text).not.toContain('<script>alert')
    const password = await browser.get('/auth/password/new')
    const told = await browser.submit(password, '/auth/password', { 'user[email]': TAG })
    expect((await browser.follow(told)).text).not.toContain('<script>alert')
  })

  it('is text in mails, and no header in their subject', async () => {
    await saveSettings(ctx, { site_title: `T ${TAG}\r\nBcc: x@e.test` })
    const newcomer = await make.viewer({ approved: false, account: { username: 'newbie' } })
    const now = new Date()
    await ctx.db('user_invite_requests').insert({
      user_id: newcomer.user.id,
      text: `${TAG}\r\nBcc: x@e.test`,
      created_at: now,
      updated_at: now,
    })
    const userId = alice.user.id
    const data = JSON.stringify({ newcomerId: newcomer.user.id })
    ctx.mailer.sent.length = 0
    await sendMail(ctx, { template: 'new_pending_account', userId, data })
    await sendMail(ctx, { template: 'welcome', userId, data: '{}' })
    await saveSettings(ctx, { site_title: 'Anancus' })
    expect(ctx.mailer.sent).toHaveLength(2)
    for (const mail of ctx.mailer.sent) {
      expectText(mail.html)
      expect(messageOf(ctx.config, mail).subject).not.toMatch(/[\r\n]/)
    }
  })

  it('is kept as it is in a note about somebody, which is text', async () => {
    const bob = await make.account({ username: 'bob' })
    const noted = await api.post(`/api/v1/accounts/${bob.id}/note`, { json: { comment: TAG } })
    expect(noted.body.note).toBe(TAG)
    expect(noted.headers.get('content-type')).toContain('application/json')
    expect(noted.headers.get('x-content-type-options')).toBe('nosniff')
  })

  it('of a local biography, name and post is escaped where it becomes HTML', async () => {
    await api.patch('/api/v1/accounts/update_credentials', {
      json: { note: TAG, fields_attributes: [{ name: TAG, value: TAG }] },
    })
    const posted = await api.post('/api/v1/statuses', { json: { status: TAG, spoiler_text: TAG } })
    for (const html of [posted.body.content, posted.body.account.note, posted.body.account.fields[0].value])
      expectText(html)
    expect(posted.body.spoiler_text).toBe(TAG)
    const note = await web.get(new URL(posted.body.uri).pathname, {
      headers: { accept: 'application/activity+json' },
    })
    expectText(note.body.content)
    expectText(note.body.summary.replaceAll('<', '&lt;').replaceAll('>', '&gt;'))
  })
})

describe('SEC-XSS-10 uploads', () => {
  const upload = (name: string, type: string, body: string) => {
    const form = new FormData()
    form.append('file', new Blob([body], { type }), name)
    return api.post('/api/v2/media', { body: form })
  }

  it.each([
    ['a.svg', 'image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'],
    ['a.html', 'text/html', '<script>alert(1)</script>'],
    ['a.png', 'image/png', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'],
    ['a.jpg', 'image/jpeg', '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"></html>'],
    ['a.gif', 'image/gif', '<!doctype html><script>alert(1)</script>'],
    ['a.xml', 'application/xml', '<x/>'],
    ['a.pdf', 'application/pdf', '%PDF-1.4'],
  ])('%s (%s) that is no picture is refused', async (name, type, body) => {
    const answer = await upload(name, type, body)
    expect(answer.status).toBe(422)
    expect(await ctx.db('media_attachments').select()).toEqual([])
  })
})
