import { authenticateToken, revokeTokens } from '@anancus/core/domain/oauth'
import { closeTestContext, type TestContext, testContext } from '@anancus/core/testing/context'
import { resetDatabase } from '@anancus/core/testing/reset'
import { factories, TEST_PASSWORD } from '@anancus/db/testing/make'
import { openBrowser } from '../../support/browser.ts'
import { type ClientBuild, fakeClientBuild, initialStateIn, metaIn } from '../../support/client-build.ts'
import { startWeb, type TestWeb } from '../../support/server.ts'

type UserValues = Parameters<ReturnType<typeof factories>['user']>[0]

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

async function signedIn(values: UserValues = {}) {
  const { user, account } = await factories(ctx.db).user({ account: { username: 'alice' }, ...values })
  const browser = openBrowser(web)
  const answer = await browser.signIn(user.email, TEST_PASSWORD)
  return { user, account, browser, answer }
}

describe('somebody signed in', () => {
  it('starts with their account, their token and their wishes', async () => {
    const { browser, account, user } = await signedIn({
      settings: {
        'web.reblog_modal': true,
        'web.display_media': 'hide_all',
        'web.expand_content_warnings': true,
        default_privacy: 'unlisted',
        default_quote_policy: 'followers',
        default_sensitive: true,
        default_language: 'de',
      },
    })
    const page = await browser.get('/home')
    expect(page.status).toBe(200)
    const state = initialStateIn(page.text)
    expect(state.meta).toMatchObject({
      me: account.id,
      boost_modal: true,
      delete_modal: true,
      display_media: 'hide_all',
      expand_spoilers: true,
      // Not chosen: the browser's own wish counts.
      auto_play_gif: null,
      reduce_motion: null,
    })
    expect(state.compose).toEqual({
      default_privacy: 'unlisted',
      default_quote_policy: 'followers',
      default_sensitive: true,
      default_language: 'de',
    })
    expect(state.accounts[account.id]).toMatchObject({ acct: 'alice', source: { privacy: 'unlisted' } })
    expect(state.languages).toContainEqual(['de', 'German', 'Deutsch'])
    const found = await authenticateToken(ctx, state.meta.access_token)
    expect(found?.viewer?.user.id).toBe(user.id)
    const me = await web.as(state.meta.access_token).get('/api/v1/accounts/verify_credentials')
    expect(me.body.id).toBe(account.id)
  })

  it('SEC-HTTP-02 is answered privately on every page, open ones too', async () => {
    const { browser } = await signedIn()
    for (const path of ['/home', '/public', '/about', '/@alice', '/nothing', '/@nobody', '/tags/birds'])
      expect([path, (await browser.get(path)).headers.get('cache-control')]).toEqual([
        path,
        'private, no-store',
      ])
  })

  it('SEC-HTTP-12 holds cookies that are secure, for this host, and out of reach of scripts', async () => {
    const { answer } = await signedIn()
    const cookies = answer.headers.getSetCookie()
    expect(cookies.map((cookie) => cookie.split('=')[0])).toEqual(
      expect.arrayContaining(['__Host-session_id', '__Host-session']),
    )
    for (const cookie of cookies) {
      expect(cookie).toMatch(/; Path=\//)
      expect(cookie).toMatch(/; HttpOnly/)
      expect(cookie).toMatch(/; Secure/)
      expect(cookie).toMatch(/; SameSite=Lax/)
    }
  })

  it('SEC-XSS-09 cannot break the page by a display name', async () => {
    const name = '</script><b>\u2028&"'
    const { browser, account } = await signedIn({ account: { username: 'alice', display_name: name } })
    const { text } = await browser.get('/home')
    expect(initialStateIn(text).accounts[account.id].display_name).toBe(name)
    expect(text).not.toContain('</script><b>')
    expect([...text.matchAll(/<\/script>/g)]).toHaveLength(2)
  })

  it('signs out by the token in the page', async () => {
    const { browser } = await signedIn()
    const token = metaIn((await browser.get('/home')).text, 'csrf-token') ?? ''
    const state = initialStateIn((await browser.get('/home')).text)
    const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const signOut = (authenticity_token: string) =>
      web.post('/auth/sign_out', { headers: { cookie }, form: { _method: 'delete', authenticity_token } })
    expect((await signOut('wrong')).status).toBe(422)
    expect((await signOut(token)).status).toBe(303)
    expect((await authenticateToken(ctx, state.meta.access_token))?.state).toBe('revoked')
    expect(initialStateIn((await browser.get('/home')).text).meta.me).toBeNull()
  })

  it('is signed out when the token of the session was revoked', async () => {
    const { browser } = await signedIn()
    const session = await ctx.db('session_activations').first()
    await revokeTokens(ctx, [session.access_token_id])
    const page = await browser.get('/home')
    expect(page.status).toBe(200)
    expect(page.headers.get('cache-control')).toBe('private, no-store')
    expect(initialStateIn(page.text).meta).toMatchObject({ me: null })
    expect(initialStateIn(page.text).meta.access_token).toBeUndefined()
    expect(await ctx.db('session_activations')).toEqual([])
    expect((await browser.get('/auth/sign_in')).status).toBe(200)
  })

  it('counts as having been here, once a day', async () => {
    const { browser, user } = await signedIn()
    const days = (count: number) => new Date(Date.now() - count * 86_400_000)
    await ctx
      .db('users')
      .where({ id: user.id })
      .update({ current_sign_in_at: days(2) })
    await ctx.db('session_activations').update({ updated_at: days(2), user_agent: 'older' })
    await browser.get('/home')
    const { current_sign_in_at } = await ctx.db('users').where({ id: user.id }).first()
    expect(current_sign_in_at.getTime()).toBeGreaterThan(days(1).getTime())
    expect((await ctx.db('session_activations').first()).updated_at.getTime()).toBeGreaterThan(
      days(1).getTime(),
    )
  })
})

describe('somebody who may not act', () => {
  const standings: [string, UserValues, string][] = [
    ['unconfirmed', { confirmed_at: null }, '/auth/setup'],
    ['waiting for approval', { approved: false }, '/auth/edit'],
    ['disabled', { disabled: true }, '/auth/edit'],
    ['suspended', { account: { username: 'alice', suspended_at: new Date() } }, '/auth/edit'],
  ]

  it.each(standings)('%s: is led to where the reason is', async (_name, values, where) => {
    const { browser } = await signedIn(values)
    for (const path of ['/', '/home', '/publish', '/search', '/public']) {
      const answer = await browser.get(path)
      expect([path, answer.status, answer.headers.get('location')]).toEqual([path, 303, where])
    }
  })

  it.each(standings)('%s: sees open pages as a visitor, without a token', async (_name, values) => {
    await factories(ctx.db).user({ account: { username: 'bob' } })
    const { browser } = await signedIn(values)
    for (const path of ['/about', '/@bob', '/tags/birds', '/@nobody']) {
      const page = await browser.get(path)
      expect(page.headers.get('cache-control')).toBe('private, no-store')
      const state = initialStateIn(page.text)
      expect([path, state.meta.me, state.meta.access_token]).toEqual([path, null, undefined])
      expect(state.accounts).toEqual({})
    }
  })
})
