import { NotFoundError } from '@anancus/core/kernel/errors'
import { closeTestContext, type TestContext, testContext } from '@anancus/core/testing/context'
import { factories } from '@anancus/db/testing/make'
import { z } from 'zod'
import { pageReply } from '../../src/http/pagination.ts'
import { flagParam, idParam, noParams, stringParam, windowOf, windowParams } from '../../src/http/params.ts'
import { ok } from '../../src/http/reply.ts'
import { anyone, anyToken, app, optional, type Route, route, user, userRoute } from '../../src/http/route.ts'
import { startWeb, type TestWeb } from '../support/server.ts'

const echo = z.object({ text: stringParam, flag: flagParam(false) })
const routes: Route[] = [
  route({
    method: 'post',
    path: '/api/v1/echo',
    auth: anyone(),
    summary: '',
    answers: z.unknown(),
    params: echo,
    handle: async ({ params }) => ok(params),
  }),
  userRoute({
    method: 'get',
    path: '/api/v1/mine',
    auth: user('read:statuses'),
    summary: '',
    answers: z.unknown(),
    params: noParams,
    handle: async ({ viewer }) => ok({ id: viewer.account.id }),
  }),
  route({
    method: 'get',
    path: '/api/v1/maybe',
    auth: optional('read:statuses'),
    summary: '',
    answers: z.unknown(),
    params: noParams,
    cache: 'anonymous',
    handle: async ({ viewer }) => ok({ id: viewer?.account.id ?? null }),
  }),
  route({
    method: 'get',
    path: '/api/v1/any',
    auth: anyToken(),
    summary: '',
    answers: z.unknown(),
    params: noParams,
    handle: async () => ok({}),
  }),
  route({
    method: 'get',
    path: '/api/v1/apps-only',
    auth: app('write:accounts'),
    summary: '',
    answers: z.unknown(),
    params: noParams,
    handle: async () => ok({}),
  }),
  route({
    method: 'put',
    path: '/api/v1/things/:id',
    auth: user('write:statuses'),
    summary: '',
    answers: z.unknown(),
    params: z.object({ id: idParam }),
    lookUp: async ({ params }) => {
      if (params.id !== '1') throw new NotFoundError('Not Found')
    },
    handle: async ({ params }) => ok(params),
  }),
  route({
    method: 'get',
    path: '/api/v1/pages',
    auth: anyone(),
    summary: '',
    answers: z.unknown(),
    params: z.object({ ...windowParams(2), tag: stringParam }),
    cache: 'everyone',
    handle: async (call) =>
      pageReply(call, ['b', 'a'], {
        window: windowOf(call.params),
        cursors: { first: '20', last: '10' },
        keep: ['tag'],
        mode: 'full-page',
        prev: 'min_id',
      }),
  }),
  route({
    method: 'get',
    path: '/api/v1/broken',
    auth: anyone(),
    summary: '',
    answers: z.unknown(),
    params: noParams,
    handle: async () => {
      throw new Error('a secret inside')
    },
  }),
]

let ctx: TestContext
let web: TestWeb
const made = () => factories(ctx.db)

beforeAll(async () => {
  ctx = await testContext()
  web = await startWeb(ctx, { routes })
})
afterAll(async () => {
  await web.close()
  await closeTestContext(ctx)
})

describe('who may call', () => {
  it('refuses no token and an unknown one with 401 and a challenge', async () => {
    for (const client of [web, web.as('unknown')]) {
      const answer = await client.get('/api/v1/mine')
      expect(answer.status).toBe(401)
      expect(answer.body).toEqual({ error: 'The access token is invalid' })
      expect(answer.headers.get('www-authenticate')).toBe(
        'Bearer realm="Doorkeeper", error="invalid_token", error_description="The access token is invalid"',
      )
    }
  })

  it('tells a revoked and an expired token apart, also where a token is optional', async () => {
    const { user: owner } = await made().user()
    const revoked = await made().token({ user: owner, revoked_at: new Date(Date.now() - 1000) })
    const expired = await made().token({
      user: owner,
      expires_in: 1,
      created_at: new Date(Date.now() - 5000),
    })
    for (const path of ['/api/v1/mine', '/api/v1/maybe']) {
      expect((await web.as(revoked).get(path)).body).toEqual({ error: 'The access token was revoked' })
      expect((await web.as(expired).get(path)).body).toEqual({ error: 'The access token expired' })
    }
  })

  it('asks for the scope or its parent, never takes a child for it', async () => {
    const { user: owner, account } = await made().user()
    const status = async (scopes: string) =>
      (await web.as(await made().token({ user: owner, scopes })).get('/api/v1/mine')).status
    expect(await status('read')).toBe(200)
    expect(await status('read:statuses')).toBe(200)
    expect(await status('read:accounts write')).toBe(403)
    const token = await made().token({ user: owner, scopes: 'write' })
    const refused = await web.as(token).get('/api/v1/maybe')
    expect([refused.status, refused.body.error]).toEqual([
      403,
      'This action is outside the authorized scopes',
    ])
    const read = await made().token({ user: owner, scopes: 'read' })
    expect((await web.as(read).get('/api/v1/maybe')).body).toEqual({ id: account.id })
  })

  it('SEC-AUTH-04 gives an app token no user route', async () => {
    const token = await made().token({ scopes: 'read write' })
    const answer = await web.as(token).get('/api/v1/mine')
    expect([answer.status, answer.body.error]).toEqual([422, 'This method requires an authenticated user'])
    expect((await web.as(token).get('/api/v1/apps-only')).status).toBe(200)
    const { user: owner } = await made().user()
    const users = await web.as(await made().token({ user: owner })).get('/api/v1/apps-only')
    expect([users.status, users.body.error]).toEqual([
      403,
      'This method requires an client credentials authentication',
    ])
  })

  it('SEC-AUTH-20 refuses users who may not act, and says why', async () => {
    const tell = async (values: object) => {
      const { user: owner } = await made().user(values)
      return (await web.as(await made().token({ user: owner })).get('/api/v1/mine')).body.error
    }
    expect(await tell({ confirmed_at: null })).toBe('Your login is missing a confirmed e-mail address')
    expect(await tell({ approved: false })).toBe('Your login is currently pending approval')
    expect(await tell({ disabled: true })).toBe('Your login is currently disabled')
    expect(await tell({ account: { suspended_at: new Date() } })).toBe('Your login is currently disabled')
    expect(await tell({ account: { memorial: true } })).toBe('Your login is currently disabled')
  })

  it('takes the token from a parameter too', async () => {
    const { user: owner } = await made().user()
    const { secret } = await made().token({ user: owner })
    expect((await web.get(`/api/v1/mine?access_token=${secret}`)).status).toBe(200)
    expect((await web.get(`/api/v1/mine?bearer_token=${secret}`)).status).toBe(200)
  })

  it('looks things up before the scope where the route says so', async () => {
    expect((await web.put('/api/v1/things/2')).status).toBe(404)
    expect((await web.put('/api/v1/things/abc')).status).toBe(404)
    expect((await web.put('/api/v1/things/1')).status).toBe(401)
  })
})

describe('what is read', () => {
  it('reads the same tree from JSON, form, multipart and query', async () => {
    const form = new FormData()
    form.set('text', 'hé')
    form.set('flag', 'on')
    const expected = { text: 'hé', flag: true }
    expect((await web.post('/api/v1/echo', { json: { text: 'hé', flag: 1 } })).body).toEqual(expected)
    expect((await web.post('/api/v1/echo', { form: { text: 'hé', flag: '1' } })).body).toEqual(expected)
    expect((await web.post('/api/v1/echo', { body: form })).body).toEqual(expected)
    expect((await web.post('/api/v1/echo?text=h%C3%A9&flag=1')).body).toEqual(expected)
  })

  it.each([
    ['malformed JSON', { body: '{', headers: { 'content-type': 'application/json' } }],
    [
      'UTF-8 that is none in JSON',
      { body: new Uint8Array([0x7b, 0x22, 0xff]), headers: { 'content-type': 'application/json' } },
    ],
    [
      'UTF-8 that is none in a form',
      { body: 'text=%FF', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
    ],
    ['NUL', { json: { text: 'a\0b' } }],
    ['a multipart body without boundary', { body: 'x', headers: { 'content-type': 'multipart/form-data' } }],
    [
      'a multipart body cut short',
      {
        body: '--b\r\nContent-Disposition: form-data; name="a"\r\n\r\nx',
        headers: { 'content-type': 'multipart/form-data; boundary=b' },
      },
    ],
  ])('refuses %s with 400', async (_name, request) => {
    const answer = await web.post('/api/v1/echo', request)
    expect(answer.status).toBe(400)
    expect(typeof answer.body.error).toBe('string')
  })

  it('refuses invalid UTF-8 in the query and a malformed escape in the path with 400', async () => {
    expect((await web.post('/api/v1/echo?text=%FF')).status).toBe(400)
    expect((await web.put('/api/v1/things/%FF')).status).toBe(400)
  })

  it('refuses a huge body with 413', async () => {
    const answer = await web.post('/api/v1/echo', { json: { text: 'x'.repeat(1_100_000) } })
    expect([answer.status, answer.body]).toEqual([413, { error: 'Payload too large' }])
  })

  it('ignores unknown parameters, wrong types and unknown content types', async () => {
    const answer = await web.post('/api/v1/echo', {
      json: { text: { a: 1 }, other: 1, __proto__: { flag: 1 } },
    })
    expect(answer.body).toEqual({ flag: false })
    const plain = await web.post('/api/v1/echo', {
      body: 'text=x',
      headers: { 'content-type': 'text/plain' },
    })
    expect(plain.body).toEqual({ flag: false })
  })
})

describe('what is answered', () => {
  it('never lets an error of ours tell more than that', async () => {
    const answer = await web.get('/api/v1/broken')
    expect([answer.status, answer.body]).toEqual([500, { error: 'Internal Server Error' }])
  })

  it('links pages with full addresses and the kept parameters', async () => {
    const answer = await web.get('/api/v1/pages?limit=2&tag=x&other=y')
    expect(answer.headers.get('link')).toBe(
      '<https://social.test/api/v1/pages?limit=2&max_id=10&tag=x>; rel="next", ' +
        '<https://social.test/api/v1/pages?limit=2&min_id=20&tag=x>; rel="prev"',
    )
    const short = await web.get('/api/v1/pages?limit=3')
    expect(short.headers.get('link')).toBe('<https://social.test/api/v1/pages?limit=3&min_id=20>; rel="prev"')
  })

  it('SEC-HTTP-02 shares only what is nobody’s', async () => {
    const { user: owner } = await made().user()
    const token = await made().token({ user: owner })
    const anonymous = await web.get('/api/v1/maybe')
    expect(anonymous.headers.get('cache-control')).toBe(
      'max-age=15, public, stale-while-revalidate=30, stale-if-error=86400',
    )
    expect(anonymous.headers.get('set-cookie')).toBeNull()
    expect(anonymous.headers.get('vary')).toBe('Authorization, Origin')
    for (const client of [web.as(token), web.as('unknown')])
      expect((await client.get('/api/v1/maybe')).headers.get('cache-control')).toBe('private, no-store')
    const everyone = await web.as(token).get('/api/v1/pages')
    expect(everyone.headers.get('cache-control')).toMatch(/^max-age=300, public/)
    expect(everyone.headers.get('vary')).toBe('Origin')
    const failed = await web.get('/api/v1/pages?limit=%FF')
    expect([failed.status, failed.headers.get('cache-control')]).toEqual([400, 'private, no-store'])
  })

  it('SEC-HTTP-05 opens the API to every origin, without credentials', async () => {
    const answer = await web.get('/api/v1/maybe', { headers: { origin: 'https://e.test' } })
    expect(answer.headers.get('access-control-allow-origin')).toBe('*')
    expect(answer.headers.get('access-control-allow-credentials')).toBeNull()
    expect(answer.headers.get('access-control-expose-headers')).toContain('Link')
    const preflight = await web.request('OPTIONS', '/api/v1/things/1', {
      headers: { origin: 'https://e.test', 'access-control-request-headers': 'authorization' },
    })
    expect(preflight.status).toBe(200)
    expect(preflight.headers.get('access-control-allow-headers')).toBe('authorization')
    expect(preflight.headers.get('access-control-allow-methods')).toContain('PATCH')
  })

  it('answers what is not there in JSON, with the headers of the API', async () => {
    const answer = await web.get('/api/v1/nothing')
    expect([answer.status, answer.body]).toEqual([404, { error: 'Not Found' }])
    expect(answer.headers.get('content-security-policy')).toBe(
      "default-src 'none'; frame-ancestors 'none'; form-action 'none'",
    )
    expect(answer.headers.get('x-request-id')).toMatch(/^[\w-]{36}$/)
    expect(answer.headers.get('etag')).toBeNull()
    expect((await web.delete('/api/v1/echo')).status).toBe(404)
  })

  it('routes PATCH where it routes PUT', async () => {
    const { user: owner } = await made().user()
    const client = web.as(await made().token({ user: owner }))
    expect((await client.patch('/api/v1/things/1')).body).toEqual({ id: '1' })
    expect((await client.put('/api/v1/things/1')).body).toEqual({ id: '1' })
  })
})
