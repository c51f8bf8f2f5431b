import { findUserByUsername, registerUser } from '@anancus/core/domain/users'
import { saveSettings } from '@anancus/core/domain/settings'
import { fixedClock, type SettableClock } from '@anancus/core/kernel/clock'
import type { Viewer } from '@anancus/core/kernel/viewer'
import { closeTestContext, type TestContext, testContext } from '@anancus/core/testing/context'
import { type Permission, permissionMask } from '@anancus/db'
import { factories, TEST_PASSWORD } from '@anancus/db/testing/make'
import { openBrowser } from '../support/browser.ts'
import { mailedLink, runMailJobs } from '../support/mails.ts'
import { startWeb, type TestWeb } from '../support/server.ts'

let ctx: TestContext
let web: TestWeb
let clock: SettableClock
let make: ReturnType<typeof factories>
let ivy: Viewer

beforeAll(async () => {
  clock = fixedClock(new Date())
  ctx = await testContext({ clock })
  web = await startWeb(ctx)
  make = factories(ctx.db)
})
afterAll(async () => {
  await web.close()
  await closeTestContext(ctx)
})
beforeEach(async () => {
  const keys = await ctx.redis.keys(`${ctx.config.redis.prefix}rate:*`)
  if (keys.length > 0) await ctx.redis.del(...keys)
  ctx.mailer.sent.length = 0
  await everyoneMay('invite_users')
  await saveSettings(ctx, { registrations_mode: 'none', require_invite_text: true })
  ivy = await make.viewer()
})

const everyoneMay = (...names: Permission[]) =>
  ctx
    .db('user_roles')
    .where({ id: -99 })
    .update({ permissions: permissionMask(...names) })
const asJson = (path: string) => web.get(path, { headers: { accept: 'application/json' } })
const usesOf = async (id: string) => (await ctx.db('invites').where({ id }).first()).uses as number

let number = 0
const newcomer = (inviteCode: string) => {
  number += 1
  return {
    username: `guest${number}`,
    email: `guest${number}@example.org`,
    password: TEST_PASSWORD,
    agreement: true,
    inviteCode,
  }
}

describe('GET /invite/:code for apps', () => {
  it('names the server, while the invitation is good', async () => {
    const { code } = await make.invite({ user: ivy.user })
    const expected = { invite_code: code, instance_api_url: 'https://social.test/api/v2/instance' }
    expect((await asJson(`/invite/${code}`)).body).toEqual(expected)
    expect((await web.get(`/invite/${code}.json`)).body).toEqual(expected)
  })

  it('is 404 for none, 401 for a used or ended one', async () => {
    const missing = await asJson('/invite/nonesuch')
    expect([missing.status, missing.body]).toEqual([404, { error: 'Record not found' }])
    const used = await make.invite({ user: ivy.user, max_uses: 1, uses: 1 })
    const over = await make.invite({ user: ivy.user, expires_at: new Date(clock.now().getTime() - 1) })
    for (const { code } of [used, over]) {
      const answer = await asJson(`/invite/${code}`)
      expect([answer.status, answer.body]).toEqual([401, { error: 'This invite is not valid' }])
    }
  })

  it('SEC-AUTH-26 is no good once its owner may not act', async () => {
    const { code } = await make.invite({ user: ivy.user })
    await ctx.db('accounts').where({ id: ivy.account.id }).update({ suspended_at: new Date() })
    expect((await asJson(`/invite/${code}`)).status).toBe(401)
    await expect(registerUser(ctx, newcomer(code), { ip: null })).rejects.toThrow('Forbidden')
    await ctx.db('accounts').where({ id: ivy.account.id }).update({ suspended_at: null })
    await ctx.db('users').where({ id: ivy.user.id }).update({ disabled: true })
    expect((await asJson(`/invite/${code}`)).status).toBe(401)
  })

  it('is 403 for an address that may not sign up', async () => {
    const { code } = await make.invite({ user: ivy.user })
    await ctx.db('ip_blocks').insert({ ip: '127.0.0.0/8', severity: 5500 })
    expect((await asJson(`/invite/${code}`)).status).toBe(403)
    await ctx.db('ip_blocks').del()
  })
})

describe('signing up with an invitation', () => {
  it('goes by its address, counts, and makes the newcomer follow', async () => {
    const invite = await make.invite({ user: ivy.user, autofollow: true, max_uses: 2 })
    await everyoneMay('invite_users', 'invite_bypass_approval')
    const browser = openBrowser(web)
    const page = await browser.get(`/invite/${invite.code}`)
    expect(page.text).toContain(`@${ivy.account.username}@social.test invites you`)
    expect(page.text).not.toContain('Why do you want to join?')
    clock.advance(4000)
    const answer = await browser.submit(page, '/auth', {
      'user[username]': 'invited',
      'user[email]': 'invited@example.org',
      'user[password]': TEST_PASSWORD,
      'user[agreement]': '1',
    })
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/auth/setup'])
    expect(await usesOf(invite.id)).toBe(1)
    await runMailJobs(ctx)
    await browser.get(mailedLink(ctx))
    const invited = await findUserByUsername(ctx, 'invited')
    expect([invited?.user.approved, invited?.user.invite_id]).toEqual([true, invite.id])
    const follow = { account_id: invited?.account.id, target_account_id: ivy.account.id }
    expect(await ctx.db('follows').where(follow)).toHaveLength(1)
  })

  it('takes the invitation through the rules', async () => {
    const invite = await make.invite({ user: ivy.user })
    const [rule] = await ctx.db('rules').insert({ text: 'Be kind' }).returning('id')
    const browser = openBrowser(web)
    const rules = await browser.get(`/invite/${invite.code}`)
    expect(rules.text).toContain('Be kind')
    const next = /href="([^"]*accept=[^"]*)"/.exec(rules.text)?.[1]?.replaceAll('&amp;', '&') ?? ''
    const page = await browser.get(next)
    expect(page.text).toContain(`name="user[invite_code]" value="${invite.code}"`)
    await ctx.db('rules').where({ id: rule.id }).del()
  })

  it('needs no reason, and needs approval unless the role of the inviter spares it', async () => {
    const { code, id } = await make.invite({ user: ivy.user })
    const first = await registerUser(ctx, newcomer(code), { ip: null })
    expect(first.user.approved).toBe(false)
    await everyoneMay('invite_users', 'invite_bypass_approval')
    const second = await registerUser(ctx, newcomer(code), { ip: null })
    expect(second.user.approved).toBe(true)
    expect(await usesOf(id)).toBe(2)
    await saveSettings(ctx, { registrations_mode: 'approved' })
    await expect(registerUser(ctx, newcomer('nonesuch'), { ip: null })).rejects.toThrow(
      "Reason can't be blank",
    )
  })

  it('works as often as it says, however many come at once', async () => {
    const { code, id } = await make.invite({ user: ivy.user, max_uses: 2 })
    const tries = await Promise.allSettled(
      Array.from({ length: 6 }, () => registerUser(ctx, newcomer(code), { ip: null })),
    )
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(2)
    expect(await usesOf(id)).toBe(2)
  })

  it('by the API', async () => {
    const { code } = await make.invite({ user: ivy.user })
    const application = await make.application({ scopes: 'read write' })
    const app = web.as(await make.token({ application, scopes: 'read write' }))
    const { inviteCode, ...details } = newcomer(code)
    expect((await app.post('/api/v1/accounts', { json: details })).status).toBe(403)
    const answer = await app.post('/api/v1/accounts', { json: { ...details, invite_code: inviteCode } })
    expect([answer.status, answer.body.token_type]).toEqual([200, 'Bearer'])
  })
})

describe('/invites', () => {
  async function signedIn(viewer = ivy) {
    const browser = openBrowser(web)
    await browser.signIn(viewer.user.email, TEST_PASSWORD)
    return browser
  }

  it('SEC-XSS-09 makes, lists and ends invitations, notes shown as text', async () => {
    const browser = await signedIn()
    const answer = await browser.submit(await browser.get('/invites'), '/invites', {
      'invite[max_uses]': '5',
      'invite[expires_in]': '3600',
      'invite[autofollow]': '1',
      'invite[comment]': '<b>friends',
    })
    expect(answer.status).toBe(303)
    const invite = await ctx.db('invites').where({ user_id: ivy.user.id }).first()
    expect(invite).toMatchObject({ max_uses: 5, autofollow: true, comment: '<b>friends', uses: 0 })
    expect(invite.code).toMatch(/^[a-km-zA-HJ-NP-Z2-9]{8}$/)
    expect(invite.expires_at.getTime()).toBe(clock.now().getTime() + 3_600_000)
    const page = await browser.get('/invites')
    expect(page.text).toContain(`https://social.test/invite/${invite.code}`)
    expect(page.text).toContain('&lt;b&gt;friends')
    await browser.submit(page, `/invites/${invite.id}`)
    expect((await asJson(`/invite/${invite.code}`)).status).toBe(401)
  })

  it('refuses odd numbers and long notes', async () => {
    const browser = await signedIn()
    const page = await browser.get('/invites')
    const odd: Record<string, string>[] = [
      { 'invite[max_uses]': '-1' },
      { 'invite[max_uses]': 'many' },
      { 'invite[expires_in]': '1e99' },
      { 'invite[comment]': 'x'.repeat(421) },
    ]
    for (const fields of odd) expect((await browser.submit(page, '/invites', fields)).status).toBe(422)
    expect(await ctx.db('invites').where({ user_id: ivy.user.id })).toEqual([])
  })

  it('SEC-PRIV-13 is for who may invite, and for one’s own', async () => {
    const other = await make.viewer()
    const theirs = await make.invite({ user: other.user })
    const browser = await signedIn()
    const page = await browser.get('/invites')
    const { authenticity_token } = hiddenOf(page.text)
    const answer = await browser.submit(page, '/invites').then(() =>
      web.post(`/invites/${theirs.id}`, {
        headers: { cookie: browser.cookieHeader(), accept: 'text/html' },
        form: { authenticity_token, _method: 'delete' },
      }),
    )
    expect(answer.status).toBe(404)
    expect((await asJson(`/invite/${theirs.code}`)).status).toBe(200)
    await everyoneMay('view_feeds')
    expect((await browser.get('/invites')).status).toBe(403)
    expect((await openBrowser(web).get('/invites')).headers.get('location')).toBe('/auth/sign_in')
    expect((await web.get('/api/v1/instance')).body.invites_enabled).toBe(false)
  })
})

function hiddenOf(markup: string): { authenticity_token: string } {
  return { authenticity_token: /name="authenticity_token" value="([^"]*)"/.exec(markup)?.[1] ?? '' }
}
