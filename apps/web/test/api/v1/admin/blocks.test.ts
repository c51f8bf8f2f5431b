import { createHash } from 'node:crypto'
import { saveSettings } from '@anancus/core/domain/settings'
import { type Cast, castOf } from '@anancus/core/testing/cast'
import { closeTestContext, type TestContext, testContext } from '@anancus/core/testing/context'
import { countStatements } from '@anancus/core/testing/count-statements'
import { resetDatabase } from '@anancus/core/testing/reset'
import { permissionMask } from '@anancus/db'
import { type Factories, factories } from '@anancus/db/testing/make'
import { startWeb, type TestAnswer, type TestClient, type TestWeb } from '../../../support/server.ts'

let ctx: TestContext
let web: TestWeb
let make: Factories
let cast: Cast
let ada: TestClient

beforeAll(async () => {
  ctx = await testContext()
  web = await startWeb(ctx)
})
beforeEach(async () => {
  await resetDatabase(ctx)
  cast = await castOf(ctx)
  make = factories(ctx.db)
  ada = web.as(await make.token({ user: cast.ada.user, scopes: 'admin:read admin:write' }))
})
afterAll(async () => {
  await web.close()
  await closeTestContext(ctx)
})

const ADMIN = '/api/v1/admin'
const ISO = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
const ID = expect.stringMatching(/^\d+$/)
const outcome = (answer: TestAnswer) => [answer.status, answer.body]
const failed = (message: string) => [422, { error: `Validation failed: ${message}` }]
const NOT_ALLOWED = [403, { error: 'This action is not allowed' }]
const OUT_OF_SCOPE = [403, { error: 'This action is outside the authorized scopes' }]
const RECORD_NOT_FOUND = [404, { error: 'Record not found' }]
const log = () =>
  ctx.db('admin_action_logs').select('action', 'target_type', 'human_identifier').orderBy('id')

/** Each list with a body that makes an entry of number n, and the permission it takes. */
const LISTS = [
  ['domain_allows', 'manage_federation', (n: number) => ({ domain: `d${n}.test` })],
  ['domain_blocks', 'manage_federation', (n: number) => ({ domain: `d${n}.test` })],
  ['email_domain_blocks', 'manage_blocks', (n: number) => ({ domain: `d${n}.test` })],
  ['ip_blocks', 'manage_blocks', (n: number) => ({ ip: `192.0.2.${n}`, severity: 'no_access' })],
  ['canonical_email_blocks', 'manage_blocks', (n: number) => ({ email: `a${n}@d.test` })],
] as const

describe.each(LISTS)('%s', (name, permission, body) => {
  const path = `${ADMIN}/${name}`

  async function holder(scopes: string, ...permissions: (typeof permission)[]) {
    const role = await make.role({ permissions: permissionMask(...permissions) })
    const { user } = await make.user({ role_id: role.id })
    return web.as(await make.token({ user, scopes }))
  }

  it('is for roles with the permission, by tokens with the scope', async () => {
    const one = (await ada.post(path, { json: body(1) })).body
    const bob = web.as(await make.token({ user: cast.bob.user, scopes: 'admin:read admin:write' }))
    const narrow = await holder(`admin:read:${name}`, permission)
    const wrong = await holder('admin:read:accounts admin:write:accounts', permission)
    const requests: [string, string, object?][] = [
      ['GET', path],
      ['GET', `${path}/${one.id}`],
      ['POST', path, body(2)],
      ['DELETE', `${path}/${one.id}`],
    ]
    for (const [method, url, json] of requests) {
      expect(outcome(await bob.request(method, url, { json }))).toEqual(NOT_ALLOWED)
      expect(outcome(await wrong.request(method, url, { json }))).toEqual(OUT_OF_SCOPE)
      expect(outcome(await web.request(method, url, { json }))).toEqual(NOT_ALLOWED)
      const allowed = method === 'GET' ? 200 : 403
      expect((await narrow.request(method, url, { json })).status).toBe(allowed)
    }
    expect((await ctx.db(name).where({})).length).toBe(1)
  })

  it('is paged by its ids, with min_id in prev and next only on a full page', async () => {
    const ids: string[] = []
    for (const n of [1, 2, 3, 4]) ids.unshift((await ada.post(path, { json: body(n) })).body.id)
    const first = await ada.get(`${path}?limit=2`)
    expect(first.body.map((row: { id: string }) => row.id)).toEqual(ids.slice(0, 2))
    expect(first.headers.get('link')).toBe(
      `<https://social.test${path}?limit=2&max_id=${ids[1]}>; rel="next", ` +
        `<https://social.test${path}?limit=2&min_id=${ids[0]}>; rel="prev"`,
    )
    const last = await ada.get(`${path}?limit=3&max_id=${ids[2]}`)
    expect(last.body.map((row: { id: string }) => row.id)).toEqual(ids.slice(3))
    expect(last.headers.get('link')).not.toContain('rel="next"')
    const above = await ada.get(`${path}?limit=1&min_id=${ids[3]}`)
    expect(above.body.map((row: { id: string }) => row.id)).toEqual([ids[2]])
  })

  it('shows and deletes one, and knows no other', async () => {
    const one = (await ada.post(path, { json: body(1) })).body
    expect(outcome(await ada.get(`${path}/${one.id}`))).toEqual([200, one])
    expect(outcome(await ada.delete(`${path}/${one.id}`))).toEqual([200, {}])
    expect(outcome(await ada.get(`${path}/${one.id}`))).toEqual(RECORD_NOT_FOUND)
    expect(outcome(await ada.delete(`${path}/${one.id}`))).toEqual(RECORD_NOT_FOUND)
    expect((await log()).map((row) => row.action)).toEqual(['create', 'destroy'])
  })

  it('costs the same for 2 and for 40', async () => {
    const counts: number[] = []
    for (const until of [2, 40]) {
      for (let n = counts.length * 2 + 1; n <= until; n++) await ada.post(path, { json: body(n) })
      counts.push((await countStatements(() => ada.get(path))).count)
    }
    expect(counts[1]).toBe(counts[0])
  })
})

describe('domain blocks', () => {
  const path = `${ADMIN}/domain_blocks`

  it('say everything, and limit when nothing else is said', async () => {
    expect(outcome(await ada.post(path, { form: { domain: 'Bad.test' } }))).toEqual([
      200,
      {
        id: ID,
        domain: 'bad.test',
        digest: createHash('sha256').update('bad.test').digest('hex'),
        created_at: ISO,
        severity: 'silence',
        reject_media: false,
        reject_reports: false,
        private_comment: null,
        public_comment: null,
        obfuscate: false,
      },
    ])
  })

  it('are changed, in part', async () => {
    const json = { domain: 'bad.test', severity: 'suspend', reject_media: true, private_comment: 'why' }
    const one = (await ada.post(path, { json })).body
    const changed = await ada.put(`${path}/${one.id}`, {
      json: { severity: 'noop', public_comment: 'spam', obfuscate: true, domain: 'other.test' },
    })
    expect(outcome(changed)).toEqual([
      200,
      { ...one, severity: 'noop', public_comment: 'spam', obfuscate: true },
    ])
    expect((await ada.patch(`${path}/${one.id}`, { json: {} })).body).toEqual(changed.body)
    expect(await log()).toMatchObject([
      { action: 'create', target_type: 'DomainBlock', human_identifier: 'bad.test' },
      { action: 'update' },
      { action: 'update' },
    ])
    expect(outcome(await ada.put(`${path}/0`, { json: {} }))).toEqual(RECORD_NOT_FOUND)
  })

  it.each([
    [{}, "Domain can't be blank"],
    [{ domain: 'a b' }, 'Domain is not a valid domain name'],
    [{ domain: `${'a'.repeat(64)}.test` }, 'Domain is not a valid domain name'],
    [{ domain: 'bad.test', severity: 'hard' }, 'Severity is not included in the list'],
    [{ domain: 'bad.test', severity: '' }, 'Severity is not included in the list'],
  ])('refuse %p', async (json, message) => {
    expect(outcome(await ada.post(path, { json }))).toEqual(failed(message))
    expect(await ctx.db('domain_blocks')).toEqual([])
  })

  it('do not stand beside stricter ones', async () => {
    const outer = (await ada.post(path, { json: { domain: 'bad.test', reject_media: true } })).body
    const conflict = [
      422,
      { error: 'You have already imposed stricter limits on bad.test.', existing_domain_block: outer },
    ]
    const create = async (json: object) => outcome(await ada.post(path, { json }))
    expect(await create({ domain: 'bad.test', severity: 'suspend' })).toEqual(conflict)
    expect(await create({ domain: 'a.bad.test', severity: 'silence' })).toEqual(conflict)
    expect(await create({ domain: 'a.bad.test', severity: 'noop', reject_media: true })).toEqual(conflict)
    expect((await create({ domain: 'a.bad.test', reject_media: true }))[0]).toBe(200)
    expect((await create({ domain: 'b.bad.test', severity: 'suspend' }))[0]).toBe(200)
  })
})

describe('domain allows', () => {
  const path = `${ADMIN}/domain_allows`

  it('give back what is there already', async () => {
    const one = await ada.post(path, { json: { domain: 'good.test' } })
    expect(outcome(one)).toEqual([200, { id: ID, domain: 'good.test', created_at: ISO }])
    expect(outcome(await ada.post(path, { json: { domain: 'GOOD.test' } }))).toEqual(outcome(one))
    expect(await log()).toHaveLength(1)
    expect(outcome(await ada.post(path, { json: { domain: ' ' } }))).toEqual(failed("Domain can't be blank"))
  })
})

describe('e-mail domain blocks', () => {
  const path = `${ADMIN}/email_domain_blocks`

  it('refuse a domain twice', async () => {
    const json = { domain: 'mail.test', allow_with_approval: true }
    expect(outcome(await ada.post(path, { json }))).toEqual([
      200,
      {
        id: ID,
        domain: 'mail.test',
        created_at: ISO,
        history: Array.from({ length: 7 }, () => ({ day: expect.any(String), accounts: '0', uses: '0' })),
        allow_with_approval: true,
      },
    ])
    expect(outcome(await ada.post(path, { json }))).toEqual(failed('Domain has already been taken'))
    expect(outcome(await ada.post(path))).toEqual(failed("Domain can't be blank"))
  })

  it('count who tried, by day', async () => {
    const one = (await ada.post(path, { json: { domain: 'mail.test' } })).body
    await saveSettings(ctx, { registrations_mode: 'open' })
    const app = web.as(await make.token({ scopes: 'write' }))
    for (const ip of ['192.0.2.1', '192.0.2.1', '192.0.2.2']) {
      const json = {
        username: 'zoe',
        email: 'zoe@x.mail.test',
        password: 'long enough 1',
        agreement: true,
        locale: 'en',
      }
      const answer = await app.post('/api/v1/accounts', { json, headers: { 'x-forwarded-for': ip } })
      expect(answer.body.details.email).toEqual([
        { error: 'ERR_BLOCKED', description: 'uses a disallowed e-mail provider' },
      ])
    }
    const midnight = Math.floor(Date.now() / 86_400_000) * 86_400
    const { history } = (await ada.get(`${path}/${one.id}`)).body
    expect(history[0]).toEqual({ day: String(midnight), accounts: '2', uses: '3' })
    expect(history[1]).toEqual({ day: String(midnight - 86_400), accounts: '0', uses: '0' })
  })
})

describe('IP blocks', () => {
  const path = `${ADMIN}/ip_blocks`

  it('are ranges with an end, or without', async () => {
    const json = { ip: '192.0.2.9/24', severity: 'sign_up_block', comment: 'bots', expires_in: 3600 }
    const one = await ada.post(path, { json })
    expect(outcome(one)).toEqual([
      200,
      {
        id: ID,
        ip: '192.0.2.0/24',
        severity: 'sign_up_block',
        comment: 'bots',
        created_at: ISO,
        expires_at: ISO,
      },
    ])
    const left = Date.parse(one.body.expires_at) - Date.now()
    expect(left).toBeGreaterThan(3_500_000)
    expect(left).toBeLessThanOrEqual(3_600_000)
    const changed = await ada.put(`${path}/${one.body.id}`, { json: { expires_in: '' } })
    expect(changed.body).toEqual({ ...one.body, expires_at: null })
    expect((await ada.post(path, { json: { ip: '2001:db8::1', severity: 'no_access' } })).body).toMatchObject(
      {
        ip: '2001:db8::1/128',
        comment: '',
        expires_at: null,
      },
    )
    expect((await log()).map((row) => row.human_identifier)).toEqual([
      '192.0.2.0/24',
      '192.0.2.0/24',
      '2001:db8::1/128',
    ])
  })

  it.each([
    [{}, "Severity is not included in the list, Ip can't be blank, Severity can't be blank"],
    [{ ip: 'example.org', severity: 'no_access' }, "Ip can't be blank"],
    [{ ip: '192.0.2.1', severity: 'all' }, 'Severity is not included in the list'],
  ])('refuse %p', async (json, message) => {
    expect(outcome(await ada.post(path, { json }))).toEqual(failed(message))
  })

  it('are one a range, and a change that cannot be changes nothing', async () => {
    const json = { ip: '192.0.2.1', severity: 'no_access' }
    const one = (await ada.post(path, { json })).body
    expect(outcome(await ada.post(path, { json }))).toEqual(failed('Ip has already been taken'))
    const other = (await ada.post(path, { json: { ...json, ip: '192.0.2.2' } })).body
    for (const change of [{ ip: '192.0.2.1' }, { severity: 'all' }, { ip: '' }])
      expect(outcome(await ada.put(`${path}/${other.id}`, { json: change }))).toEqual([200, other])
    expect(await log()).toHaveLength(2)
    expect((await ada.put(`${path}/${one.id}`, { json: { expires_in: '9'.repeat(15) } })).status).toBe(200)
  })
})

describe('canonical e-mail blocks', () => {
  const path = `${ADMIN}/canonical_email_blocks`
  const hash = createHash('sha256').update('zoe@mail.test').digest('hex')

  it('ban every spelling of an address', async () => {
    const one = await ada.post(path, { json: { email: 'Z.o.e+spam@MAIL.test' } })
    expect(outcome(one)).toEqual([200, { id: ID, canonical_email_hash: hash }])
    const test = async (json: object) => outcome(await ada.post(`${path}/test`, { json }))
    expect(await test({ email: 'zoe+other@mail.test' })).toEqual([200, [one.body]])
    expect(await test({ email: 'zoe@other.test' })).toEqual([200, []])
    expect(await test({})).toEqual([200, []])
  })

  it('take a hash, once', async () => {
    const json = { canonical_email_hash: hash }
    expect((await ada.post(path, { json })).body).toEqual({ id: ID, canonical_email_hash: hash })
    expect(outcome(await ada.post(path, { json }))).toEqual(
      failed('Canonical email hash has already been taken'),
    )
    expect(outcome(await ada.post(path))).toEqual(failed("Canonical email hash can't be blank"))
  })
})
