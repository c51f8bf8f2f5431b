import { type Cast, castOf } from '@anancus/core/testing/cast'
import { closeTestContext, type TestContext, testContext } from '@anancus/core/testing/context'
import { countStatements } from '@anancus/core/testing/count-statements'
import { drainQueues, registerHandlers } from '@anancus/core/testing/drain-queues'
import { allHandlers } from '@anancus/core/testing/handlers'
import { resetDatabase } from '@anancus/core/testing/reset'
import { permissionMask } from '@anancus/db'
import { factories } from '@anancus/db/testing/make'
import { startWeb, type TestClient, type TestWeb } from '../../../support/server.ts'

let ctx: TestContext
let web: TestWeb
let cast: Cast
let make: ReturnType<typeof factories>
let mo: TestClient
let ada: TestClient

beforeAll(async () => {
  ctx = await testContext()
  web = await startWeb(ctx)
  registerHandlers(allHandlers)
})
afterAll(async () => {
  await web.close()
  await closeTestContext(ctx)
})
beforeEach(async () => {
  await resetDatabase(ctx)
  make = factories(ctx.db)
  cast = await castOf(ctx)
  const scopes = 'admin:read admin:write'
  mo = web.as(await make.token({ user: cast.mo.user, scopes }))
  ada = web.as(await make.token({ user: cast.ada.user, scopes }))
})

const V1 = '/api/v1/admin/accounts'
const V2 = '/api/v2/admin/accounts'
const names = async (path: string, client = mo): Promise<string[]> =>
  (await client.get(path)).body.map(({ username }: { username: string }) => username).sort()
const accountRow = (id: string) => ctx.db('accounts').where({ id }).first()
const userRow = (id: string) => ctx.db('users').where({ id }).first()
const log = () => ctx.db('admin_action_logs').orderBy('id').select()

describe('the lists', () => {
  beforeEach(async () => {
    const change = (account: { id: string }, values: object) =>
      ctx.db('accounts').where({ id: account.id }).update(values)
    await change(cast.eve.account, { suspended_at: new Date() })
    await change(cast.mallory.account, { silenced_at: new Date() })
    await change(cast.dan, { sensitized_at: new Date() })
    await ctx.db('users').where({ id: cast.bob.user.id }).update({ disabled: true })
    await make.user({ account: { username: 'newt' }, approved: false, sign_up_ip: '192.0.2.7' })
  })

  it('v1 shows local and active accounts unless told otherwise', async () => {
    expect(await names(V1)).toEqual(['ada', 'alice', 'bob', 'mallory', 'mo', 'newt'])
    expect(await names(`${V1}?remote=true`)).toEqual(['carol', 'dan'])
    expect(await names(`${V1}?remote=1&by_domain=other.example`)).toEqual(['dan'])
    expect(await names(`${V1}?suspended=true`)).toEqual(['eve'])
    expect(await names(`${V1}?silenced=true`)).toEqual(['mallory'])
    expect(await names(`${V1}?disabled=true`)).toEqual(['bob'])
    expect(await names(`${V1}?pending=true`)).toEqual(['newt'])
    expect(await names(`${V1}?sensitized=true`)).toEqual(await names(V1))
    expect(await names(`${V1}?staff=true`)).toEqual(['ada', 'mo'])
  })

  it('find accounts by how things begin, and by address', async () => {
    expect(await names(`${V1}?username=AL`)).toEqual(['alice'])
    expect(await names(`${V1}?username=%25`)).toEqual([])
    expect(await names(`${V1}?display_name=mal`)).toEqual(['mallory'])
    expect(await names(`${V1}?email=BOB@`)).toEqual(['bob'])
    expect(await names(`${V1}?ip=192.0.2.7`)).toEqual(['newt'])
    expect(await names(`${V1}?ip=192.0.2.0/24`)).toEqual(['newt'])
    for (const odd of ['192.0.3.0/24', 'x', '192.0.2.7/99', "1' or 1=1"])
      expect(await names(`${V1}?ip=${encodeURIComponent(odd)}`)).toEqual([])
  })

  it('v2 shows everybody, narrowed by values', async () => {
    expect(await names(V2)).toHaveLength(9)
    expect(await names(`${V2}?origin=remote`)).toEqual(['carol', 'dan'])
    expect(await names(`${V2}?status=sensitized`)).toEqual(['dan'])
    expect(await names(`${V2}?status=active&origin=local`)).not.toContain('eve')
    expect(await names(`${V2}?permissions=staff`)).toEqual(['ada', 'mo'])
    expect(await names(`${V2}?role_ids[]=${cast.mo.user.role_id}`)).toEqual(['mo'])
    const [invite] = await ctx
      .db('invites')
      .insert({ user_id: cast.alice.user.id, code: 'abcdefgh' })
      .returning('id')
    await make.user({ account: { username: 'guest' }, invite_id: invite.id })
    expect(await names(`${V2}?invited_by=${cast.alice.user.id}`)).toEqual(['guest'])
  })

  it('v2 refuses values there are none of', async () => {
    expect(await mo.get(`${V2}?status=odd`)).toMatchObject({
      status: 400,
      body: { error: 'Unknown status: odd' },
    })
    expect(await mo.get(`${V2}?origin=mars`)).toMatchObject({ status: 400 })
  })

  it('page by min_id and keep their filters', async () => {
    const answer = await mo.get(`${V2}?origin=local&limit=2`)
    expect(answer.body).toHaveLength(2)
    expect(answer.headers.get('link')).toMatch(
      /limit=2&max_id=\d+&origin=local>; rel="next", <[^>]*limit=2&min_id=\d+&origin=local>; rel="prev"/,
    )
    const [, last] = answer.body
    const up = await mo.get(`${V2}?origin=local&limit=1&min_id=${last.id}`)
    expect(up.body[0].id).toBe(answer.body[0].id)
  })

  it('take as many statements for many accounts as for few', async () => {
    await mo.get(V2)
    const few = await countStatements(() => mo.get(`${V2}?limit=2`))
    for (let count = 0; count < 12; count++) await make.user({ sign_up_ip: '198.51.100.1' })
    const many = await countStatements(() => mo.get(V2))
    expect(many.count).toBe(few.count)
  })
})

describe('one', () => {
  it('shows the login of a local account, its addresses last used first', async () => {
    const at = (day: number) => new Date(Date.UTC(2026, 0, day))
    const { user, account } = await make.user({
      account: { username: 'newt' },
      approved: false,
      sign_up_ip: '192.0.2.7',
      created_at: at(1),
    })
    const entry = { user_id: user.id, authentication_method: 'password' }
    await ctx.db('login_activities').insert([
      { ...entry, ip: '2001:db8::1', success: true, created_at: at(3) },
      { ...entry, ip: '203.0.113.9', success: false, created_at: at(4) },
    ])
    await ctx.db('user_invite_requests').insert({ user_id: user.id, text: 'I like birds' })
    const { body } = await mo.get(`${V1}/${account.id}`)
    expect(body).toEqual({
      id: account.id,
      username: 'newt',
      domain: null,
      created_at: account.created_at.toISOString(),
      email: user.email,
      ip: '2001:db8::1',
      confirmed: true,
      suspended: false,
      silenced: false,
      sensitized: false,
      disabled: false,
      approved: false,
      locale: 'en',
      invite_request: 'I like birds',
      ips: [
        { ip: '2001:db8::1', used_at: '2026-01-03T00:00:00.000Z' },
        { ip: '192.0.2.7', used_at: '2026-01-01T00:00:00.000Z' },
      ],
      account: expect.objectContaining({ id: account.id, acct: 'newt' }),
      role: expect.objectContaining({ id: '-99' }),
    })
  })

  it('has nothing of a login for a remote one', async () => {
    expect((await mo.get(`${V1}/${cast.carol.id}`)).body).toMatchObject({
      domain: 'mastodon.example',
      email: null,
      ip: null,
      ips: null,
      confirmed: null,
      approved: null,
      disabled: null,
      role: null,
    })
    expect(await mo.get(`${V1}/1`)).toMatchObject({ status: 404, body: { error: 'Record not found' } })
  })
})

describe('newcomers', () => {
  it('are let in, once', async () => {
    const { user, account } = await make.user({ approved: false })
    expect((await mo.post(`${V1}/${account.id}/approve`)).body).toMatchObject({ approved: true })
    expect((await userRow(user.id)).approved).toBe(true)
    expect(await mo.post(`${V1}/${account.id}/approve`)).toMatchObject({ status: 403 })
    expect(await log()).toEqual([
      expect.objectContaining({
        action: 'approve',
        target_type: 'User',
        target_id: user.id,
        human_identifier: account.username,
        route_param: account.id,
      }),
    ])
  })

  it('are turned away, and leave nothing', async () => {
    const { user, account } = await make.user({ approved: false })
    expect(await mo.post(`${V1}/${account.id}/reject`)).toMatchObject({ status: 200, body: {} })
    expect(await accountRow(account.id)).toBeUndefined()
    expect(await userRow(user.id)).toBeUndefined()
    expect(await mo.post(`${V1}/${cast.alice.account.id}/reject`)).toMatchObject({ status: 403 })
    expect(await accountRow(cast.alice.account.id)).toBeDefined()
  })

  it('are ours: with a remote account it is forbidden', async () => {
    for (const verb of ['approve', 'reject', 'enable'])
      expect(await mo.post(`${V1}/${cast.carol.id}/${verb}`)).toMatchObject({
        status: 403,
        body: { error: 'Forbidden' },
      })
  })
})

const act = (account: { id: string }, json: object, client = mo) =>
  client.post(`${V1}/${account.id}/action`, { json })

describe('an action', () => {
  it('SEC-XSS-09 warns: a strike, a mail, a notification, and the audit log when there are words', async () => {
    const status = await make.status({ account: cast.alice.account })
    const first = await make.report({
      account: cast.bob.account,
      target: cast.alice.account,
      statuses: [status],
    })
    const second = await make.report({ account: cast.eve.account, target: cast.alice.account })
    const answer = await act(cast.alice.account, { type: 'none', text: '<i>Mind</i>', report_id: first.id })
    expect(answer).toMatchObject({ status: 200, body: {} })
    const strike = await ctx.db('account_warnings').first()
    expect(strike).toMatchObject({
      account_id: cast.mo.account.id,
      target_account_id: cast.alice.account.id,
      report_id: first.id,
      action: 0,
      text: '<i>Mind</i>',
      status_ids: [status.id],
    })
    const report = (id: string) => ctx.db('reports').where({ id }).first()
    expect(await report(first.id)).toMatchObject({ action_taken_by_account_id: cast.mo.account.id })
    expect(await report(second.id)).toMatchObject({ action_taken_at: null })
    expect((await log()).map(({ action, target_type }) => [action, target_type])).toEqual([
      ['create', 'AccountWarning'],
      ['resolve', 'Report'],
    ])
    await drainQueues(ctx)
    const mail = ctx.mailer.sent.at(-1)
    expect(mail).toMatchObject({ to: cast.alice.user.email })
    expect(mail?.html).toContain('&lt;i&gt;Mind')
    const alice = web.as(await make.token({ user: cast.alice.user, scopes: 'read' }))
    const [notification] = (await alice.get('/api/v1/notifications')).body
    expect(notification).toMatchObject({
      type: 'moderation_warning',
      account: { id: cast.alice.account.id },
      moderation_warning: {
        id: strike.id,
        action: 'none',
        text: '<i>Mind</i>',
        status_ids: [status.id],
        target_account: { id: cast.alice.account.id },
        appeal: null,
      },
    })
  })

  it('says nothing when it is told to, and puts a canned text first', async () => {
    const [preset] = await ctx
      .db('account_warning_presets')
      .insert({ title: 'Spam', text: 'No spam.' })
      .returning('id')
    const sent = ctx.mailer.sent.length
    await act(cast.alice.account, {
      type: 'sensitive',
      warning_preset_id: preset.id,
      text: 'Please.',
      send_email_notification: false,
    })
    await drainQueues(ctx)
    expect(ctx.mailer.sent).toHaveLength(sent)
    expect(await ctx.db('notifications').where({ type: 'moderation_warning' })).toEqual([])
    expect(await ctx.db('account_warnings').first()).toMatchObject({ text: 'No spam.\n\nPlease.' })
  })

  it('settles every report about the account when it is more than a warning', async () => {
    await make.report({ account: cast.bob.account, target: cast.alice.account })
    await make.report({ account: cast.eve.account, target: cast.alice.account })
    const other = await make.report({ account: cast.eve.account, target: cast.bob.account })
    await act(cast.alice.account, { type: 'silence' })
    expect(await ctx.db('reports').where({ action_taken_at: null }).pluck('id')).toEqual([other.id])
    expect((await accountRow(cast.alice.account.id)).silenced_at).toBeInstanceOf(Date)
  })

  it('of each kind does what it says, and is lifted', async () => {
    const { id } = cast.alice.account
    const shown = async () => (await mo.get(`${V1}/${id}`)).body
    const kinds = [
      ['disable', 'disabled', 'enable'],
      ['sensitive', 'sensitized', 'unsensitive'],
      ['silence', 'silenced', 'unsilence'],
      ['suspend', 'suspended', 'unsuspend'],
    ] as const
    for (const [type, flag, back] of kinds) {
      expect(await act(cast.alice.account, { type })).toMatchObject({ status: 200 })
      expect((await shown())[flag]).toBe(true)
      expect((await mo.post(`${V1}/${id}/${back}`)).body[flag]).toBe(false)
    }
    expect((await log()).map(({ action, target_type }) => `${action} ${target_type}`)).toEqual([
      'disable User',
      'enable User',
      'sensitive Account',
      'unsensitive Account',
      'silence Account',
      'unsilence Account',
      'suspend Account',
      'unsuspend Account',
    ])
    // Nothing to lift: no entry, but a suspension that is none is refused.
    for (const back of ['enable', 'unsensitive', 'unsilence'])
      expect(await mo.post(`${V1}/${id}/${back}`)).toMatchObject({ status: 200 })
    expect(await mo.post(`${V1}/${id}/unsuspend`)).toMatchObject({ status: 403 })
    expect(await log()).toHaveLength(8)
  })

  it('is one of the kinds there are', async () => {
    expect(await act(cast.alice.account, {})).toMatchObject({
      status: 422,
      body: { error: "Validation failed: Type can't be blank, Type is not included in the list" },
    })
    expect(await act(cast.alice.account, { type: 'delete' })).toMatchObject({
      status: 422,
      body: { error: 'Validation failed: Type is not included in the list' },
    })
    expect(await act({ id: '1' }, { type: 'none' })).toMatchObject({ status: 404 })
  })

  it('leaves nothing behind when its report or preset is not there, or about somebody else', async () => {
    const other = await make.report({ account: cast.alice.account, target: cast.bob.account })
    for (const odd of [{ report_id: '999999' }, { warning_preset_id: '999999' }, { report_id: other.id }])
      expect(await act(cast.alice.account, { type: 'suspend', ...odd })).toMatchObject({ status: 404 })
    expect((await accountRow(cast.alice.account.id)).suspended_at).toBeNull()
    expect(await log()).toEqual([])
  })

  it('refuses nobody to act on who stands as high, whatever the action', async () => {
    const equal = await make.user({ role_id: cast.mo.user.role_id })
    for (const type of ['none', 'disable', 'sensitive', 'silence', 'suspend'])
      for (const target of [cast.ada.account, equal.account, cast.mo.account, { id: '-99' }])
        expect(await act(target, { type })).toMatchObject({ status: 403 })
    expect(await act(cast.mo.account, { type: 'silence' }, ada)).toMatchObject({ status: 200 })
    expect(await ctx.db('account_warnings').select()).toHaveLength(1)
  })

  it('freezes no remote account', async () => {
    expect(await act(cast.carol, { type: 'disable' })).toMatchObject({ status: 403 })
    expect(await act(cast.carol, { type: 'silence' })).toMatchObject({ status: 200 })
  })

  it('settles reports only for who looks after them', async () => {
    const role = await make.role({ permissions: permissionMask('manage_users'), position: 50 })
    const { user } = await make.user({ role_id: role.id })
    const client = web.as(await make.token({ user, scopes: 'admin:write' }))
    await make.report({ account: cast.bob.account, target: cast.alice.account })
    expect(await act(cast.alice.account, { type: 'silence' }, client)).toMatchObject({ status: 403 })
    expect((await accountRow(cast.alice.account.id)).silenced_at).toBeNull()
    expect(await act(cast.eve.account, { type: 'silence' }, client)).toMatchObject({ status: 200 })
  })
})

describe('deleting', () => {
  it('is for who is suspended and has data, and for who may', async () => {
    const { id } = cast.alice.account
    // Nobody to tell.
    await ctx.db('unavailable_domains').insert([{ domain: cast.carol.domain }, { domain: cast.dan.domain }])
    expect(await ada.delete(`${V1}/${id}`)).toMatchObject({ status: 403 })
    await act(cast.alice.account, { type: 'suspend' })
    expect(await mo.delete(`${V1}/${id}`)).toMatchObject({ status: 403 })
    expect(await ada.delete(`${V1}/${id}`)).toMatchObject({ status: 200, body: {} })
    await drainQueues(ctx)
    expect(await ada.delete(`${V1}/${id}`)).toMatchObject({ status: 403 })
    expect(await ada.post(`${V1}/${id}/unsuspend`)).toMatchObject({ status: 403 })
    expect((await log()).map(({ action }) => action)).toEqual(['suspend', 'destroy'])
  })
})

describe('who may', () => {
  it('SEC-AUTH-21 refuses who lacks the permission before anything is read', async () => {
    const role = await make.role({ permissions: permissionMask('manage_settings', 'manage_blocks') })
    const { user } = await make.user({ role_id: role.id })
    const scopes = 'admin:read admin:write'
    const { id } = cast.alice.account
    const calls: [string, string][] = [
      ['get', V1],
      ['get', V2],
      ['get', `${V1}/${id}`],
      ['delete', `${V1}/${id}`],
      ...['approve', 'reject', 'enable', 'unsensitive', 'unsilence', 'unsuspend', 'action'].map(
        (verb): [string, string] => ['post', `${V1}/${id}/${verb}`],
      ),
    ]
    for (const client of [
      web,
      web.as(await make.token({ user, scopes })),
      web.as(await make.token({ user: cast.bob.user, scopes })),
    ]) {
      await client.get(V1)
      for (const [method, path] of calls) {
        const { count } = await countStatements(async () => {
          expect(await client.request(method, path)).toMatchObject({ status: 403 })
        })
        expect(count).toBeLessThanOrEqual(1)
      }
    }
  })

  it('wants the scope of the token', async () => {
    const reader = web.as(await make.token({ user: cast.mo.user, scopes: 'admin:read:accounts' }))
    expect(await reader.get(V1)).toMatchObject({ status: 200 })
    expect(await act(cast.alice.account, { type: 'none' }, reader)).toMatchObject({ status: 403 })
    const other = web.as(await make.token({ user: cast.mo.user, scopes: 'read write admin:read:reports' }))
    expect(await other.get(V2)).toMatchObject({ status: 403 })
  })
})
