import { type Cast, castOf } from '@anancus/core/testing/cast'
import { closeTestContext, type TestContext, testContext } from '@anancus/core/testing/context'
import { countStatements } from '@anancus/core/testing/count-statements'
import { resetDatabase } from '@anancus/core/testing/reset'
import { permissionMask } from '@anancus/db'
import { factories } from '@anancus/db/testing/make'
import { startWeb, type TestClient, type TestWeb } from '../../../support/server.ts'

let ctx: TestContext
let web: TestWeb
let cast: Cast
let make: ReturnType<typeof factories>
let mo: TestClient

beforeAll(async () => {
  ctx = await testContext()
  web = await startWeb(ctx)
})
afterAll(async () => {
  await web.close()
  await closeTestContext(ctx)
})
beforeEach(async () => {
  await resetDatabase(ctx)
  make = factories(ctx.db)
  cast = await castOf(ctx)
  mo = web.as(await make.token({ user: cast.mo.user, scopes: 'admin:read admin:write' }))
})

const PATH = '/api/v1/admin/reports'
const about = (target: { id: string }, more = {}) =>
  make.report({ account: cast.bob.account, target, ...more })

describe('the list', () => {
  it('shows what waits, or what is dealt with, or both; of some accounts', async () => {
    const open = await about(cast.alice.account)
    const closed = await about(cast.eve.account, {
      action_taken_at: new Date(),
      action_taken_by_account_id: cast.ada.account.id,
    })
    const ids = async (query: string) =>
      (await mo.get(`${PATH}?${query}`)).body.map(({ id }: { id: string }) => id)
    expect(await ids('')).toEqual([open.id])
    expect(await ids('resolved=true')).toEqual([closed.id])
    expect(await ids('resolved=true&unresolved=true')).toEqual([closed.id, open.id])
    expect(await ids(`target_account_id=${cast.alice.account.id}`)).toEqual([open.id])
    expect(await ids(`account_id=${cast.alice.account.id}`)).toEqual([])
  })

  it('pages by min_id, keeping its filters', async () => {
    for (let count = 0; count < 3; count++) await about(cast.alice.account)
    const first = await mo.get(`${PATH}?limit=2&account_id=${cast.bob.account.id}`)
    expect(first.headers.get('link')).toMatch(
      /account_id=\d+&limit=2&max_id=\d+>; rel="next", <[^>]*account_id=\d+&limit=2&min_id=\d+>; rel="prev"/,
    )
    const [newest] = first.body
    expect((await mo.get(`${PATH}?min_id=${newest.id}`)).body).toEqual([])
  })

  it('takes as many statements for many reports as for few', async () => {
    const write = async (count: number) => {
      for (let index = 0; index < count; index++) {
        const { account } = await make.user()
        const status = await make.status({ account })
        const [rule] = await ctx
          .db('rules')
          .insert({ text: `Rule ${index}` })
          .returning('id')
        await about(account, { statuses: [status], rule_ids: [rule.id], category: 2000 })
      }
    }
    await write(2)
    await mo.get(PATH) // what only the first request of a day writes
    const few = await countStatements(() => mo.get(PATH))
    await write(10)
    const many = await countStatements(() => mo.get(PATH))
    expect(many.count).toBe(few.count)
  })
})

describe('one', () => {
  it('shows all it is about', async () => {
    const status = await make.status({ account: cast.carol, visibility: 'private' })
    const deleted = await make.status({ account: cast.carol, deleted_at: new Date() })
    const [rule] = await ctx.db('rules').insert({ text: 'Be kind', hint: 'Please' }).returning('id')
    const made = await about(cast.carol, { statuses: [status, deleted], rule_ids: [rule.id], category: 2000 })
    expect(await mo.get(`${PATH}/${made.id}`)).toMatchObject({
      status: 200,
      body: {
        id: made.id,
        category: 'violation',
        comment: 'They are rude.',
        account: { id: cast.bob.account.id, email: 'bob@example.org', role: { id: '-99' } },
        target_account: { domain: 'mastodon.example', email: null, role: null, ips: null },
        assigned_account: null,
        action_taken_by_account: null,
        statuses: [{ id: status.id }, { id: deleted.id }],
        rules: [{ id: String(rule.id), text: 'Be kind', hint: 'Please', translations: {} }],
      },
    })
    expect(await mo.get(`${PATH}/999999`)).toMatchObject({ status: 404 })
  })

  it('is taken on, given up, dealt with and taken up again, all in the audit log', async () => {
    const { id } = await about(cast.alice.account)
    const now = (verb: string) => mo.post(`${PATH}/${id}/${verb}`)
    expect((await now('assign_to_self')).body.assigned_account.id).toBe(cast.mo.account.id)
    expect((await now('unassign')).body.assigned_account).toBeNull()
    expect((await now('resolve')).body).toMatchObject({
      action_taken: true,
      action_taken_at: expect.any(String),
      action_taken_by_account: { id: cast.mo.account.id },
    })
    expect((await now('reopen')).body).toMatchObject({
      action_taken: false,
      action_taken_at: null,
      action_taken_by_account: null,
    })
    const log = await ctx.db('admin_action_logs').orderBy('id').select()
    expect(log.map(({ action }) => action)).toEqual(['assigned_to_self', 'unassigned', 'resolve', 'reopen'])
    expect(log[0]).toMatchObject({
      account_id: cast.mo.account.id,
      target_type: 'Report',
      target_id: id,
      human_identifier: id,
    })
  })

  it('is filed elsewhere, by category and rules that go together', async () => {
    const { id } = await about(cast.alice.account)
    const [rule] = await ctx.db('rules').insert({ text: 'Be kind' }).returning('id')
    const put = (json: object) => mo.put(`${PATH}/${id}`, { json })
    expect((await put({ category: 'spam' })).body.category).toBe('spam')
    expect((await put({ category: 'violation', rule_ids: [rule.id] })).body).toMatchObject({
      category: 'violation',
      rules: [{ text: 'Be kind' }],
    })
    expect(await put({ category: 'violation', rule_ids: ['999'] })).toMatchObject({ status: 422 })
    expect(await put({ category: 'spam' })).toMatchObject({
      status: 422,
      body: { error: 'Validation failed: Rule ids must be blank' },
    })
    expect(await put({ category: 'dull' })).toMatchObject({ status: 422 })
    expect((await put({ category: 'other', rule_ids: [] })).body).toMatchObject({ rules: [] })
  })
})

describe('who may', () => {
  const everything = () =>
    [
      ['get', PATH],
      ['get', `${PATH}/999999`],
      ['put', `${PATH}/999999`],
      ...['assign_to_self', 'unassign', 'resolve', 'reopen'].map((verb) => [
        'post',
        `${PATH}/999999/${verb}`,
      ]),
    ] as [string, string][]

  it('SEC-AUTH-21 refuses who lacks the permission before anything is read', async () => {
    const role = await make.role({ permissions: permissionMask('manage_users') })
    const { user } = await make.user({ role_id: role.id })
    const scopes = 'admin:read admin:write'
    const clients = [
      web,
      web.as(await make.token({ user, scopes })),
      web.as(await make.token({ user: cast.alice.user, scopes })),
    ]
    for (const client of clients)
      for (const [method, path] of everything()) {
        const { texts } = await countStatements(async () => {
          expect(await client.request(method, path)).toMatchObject({
            status: 403,
            body: { error: 'This action is not allowed' },
          })
        })
        expect(texts.filter((text) => /\breports\b/.test(text))).toEqual([])
      }
  })

  it('SEC-AUTH-20 refuses a moderator who is frozen, suspended or no longer one', async () => {
    const { id } = await about(cast.alice.account)
    await ctx.db('users').where({ id: cast.mo.user.id }).update({ disabled: true })
    expect(await mo.post(`${PATH}/${id}/resolve`)).toMatchObject({ status: 403 })
    await ctx.db('users').where({ id: cast.mo.user.id }).update({ disabled: false, role_id: null })
    expect(await mo.post(`${PATH}/${id}/resolve`)).toMatchObject({ status: 403 })
    await ctx.db('accounts').where({ id: cast.mo.account.id }).update({ suspended_at: new Date() })
    expect(await mo.get(PATH)).toMatchObject({ status: 403 })
    expect((await ctx.db('reports').first()).action_taken_at).toBeNull()
  })

  it('wants the scope of the token', async () => {
    const reader = web.as(await make.token({ user: cast.mo.user, scopes: 'admin:read:reports' }))
    expect(await reader.get(PATH)).toMatchObject({ status: 200 })
    expect(await reader.post(`${PATH}/999999/resolve`)).toMatchObject({ status: 403 })
    const other = web.as(await make.token({ user: cast.mo.user, scopes: 'read write admin:read:accounts' }))
    expect(await other.get(PATH)).toMatchObject({ status: 403 })
  })
})
