import { createHash, randomBytes } from 'node:crypto'
import { closeTestContext, type TestContext, testContext } from '@anancus/core/testing/context'
import { factories, TEST_PASSWORD } from '@anancus/db/testing/make'
import { openBrowser, type TestBrowser } from '../support/browser.ts'
import { startWeb, type TestWeb } from '../support/server.ts'

let ctx: TestContext
let web: TestWeb
let alice: Awaited<ReturnType<ReturnType<typeof factories>['user']>>
let browser: TestBrowser

const CALLBACK = 'https://app.test/callback'

beforeAll(async () => {
  ctx = await testContext()
  web = await startWeb(ctx)
  alice = await factories(ctx.db).user({ email: 'alice@example.org', account: { username: 'alice' } })
  browser = openBrowser(web)
  await browser.signIn('alice@example.org', TEST_PASSWORD)
})
afterAll(async () => {
  await web.close()
  await closeTestContext(ctx)
})
beforeEach(async () => {
  const keys = await ctx.redis.keys(`${ctx.config.redis.prefix}rate:*`)
  if (keys.length > 0) await ctx.redis.del(...keys)
})

async function register(values: Record<string, string> = {}) {
  const answer = await web.post('/api/v1/apps', {
    json: {
      client_name: 'App',
      redirect_uris: CALLBACK,
      scopes: 'read write follow push profile',
      ...values,
    },
  })
  expect(answer.status).toBe(200)
  return answer.body as { client_id: string; client_secret: string; id: string }
}

function authorizePath(app: { client_id: string }, values: Record<string, string> = {}) {
  const params = {
    client_id: app.client_id,
    redirect_uri: CALLBACK,
    response_type: 'code',
    scope: 'read',
    ...values,
  }
  return `/oauth/authorize?${new URLSearchParams(params)}`
}

/** Lets an app in by the consent page and returns where the browser is sent. */
async function consent(app: { client_id: string }, values: Record<string, string> = {}) {
  const page = await browser.get(authorizePath(app, values))
  if (page.status === 303) return new URL(page.headers.get('location') ?? '')
  expect(page.status).toBe(200)
  const answer = await browser.submit(page, '/oauth/authorize')
  expect(answer.status).toBe(303)
  return new URL(answer.headers.get('location') ?? '', 'https://own.test')
}

function exchange(app: { client_id: string; client_secret: string }, values: Record<string, string>) {
  return web.post('/oauth/token', {
    form: {
      grant_type: 'authorization_code',
      client_id: app.client_id,
      client_secret: app.client_secret,
      redirect_uri: CALLBACK,
      ...values,
    },
  })
}

const GRANT_TEXT =
  'The provided authorization grant is invalid, expired, revoked, does not match the redirection URI used in the authorization request, or was issued to another client.'

describe('POST /api/v1/apps', () => {
  it('registers an app and tells its secrets once', async () => {
    const answer = await web.post('/api/v1/apps', {
      form: [
        ['client_name', 'Test'],
        ['redirect_uris[]', 'https://a.test/cb'],
        ['redirect_uris[]', 'myapp://cb'],
        ['website', 'https://a.test'],
      ],
    })
    expect(answer.status).toBe(200)
    expect(answer.body).toMatchObject({
      name: 'Test',
      website: 'https://a.test',
      scopes: ['read'],
      redirect_uris: ['https://a.test/cb', 'myapp://cb'],
      redirect_uri: 'https://a.test/cb\nmyapp://cb',
      client_secret_expires_at: 0,
    })
    expect(answer.body.client_id).toMatch(/^[\w-]{43}$/)
    expect(answer.body.client_secret).toMatch(/^[\w-]{43}$/)
  })

  it.each([
    [{ client_name: '' }, "Validation failed: Application name can't be blank"],
    [
      { client_name: 'x'.repeat(61) },
      'Validation failed: Application name is too long (maximum is 60 characters)',
    ],
    [{ redirect_uris: '' }, "Validation failed: Redirect URI can't be blank"],
    [{ redirect_uris: 'nowhere' }, 'Validation failed: Redirect URI must be an absolute URI.'],
    [{ redirect_uris: 'javascript:alert(1)' }, 'Validation failed: Redirect URI is forbidden by the server.'],
    [{ redirect_uris: 'data:text/html,x' }, 'Validation failed: Redirect URI is forbidden by the server.'],
    [{ redirect_uris: 'https://a.test/#x' }, 'Validation failed: Redirect URI cannot contain a fragment.'],
    [{ scopes: 'read everything' }, "Validation failed: Scopes doesn't match configured on the server."],
    [{ website: 'javascript:alert(1)' }, 'Validation failed: Application website must be a valid URL'],
  ])('refuses %p', async (values, error) => {
    const answer = await web.post('/api/v1/apps', {
      json: { client_name: 'App', redirect_uris: CALLBACK, ...values },
    })
    expect([answer.status, answer.body.error]).toEqual([422, error])
  })

  it('is limited to five in ten minutes by address', async () => {
    for (let count = 0; count < 5; count += 1) await register()
    const answer = await web.post('/api/v1/apps', { json: { client_name: 'x', redirect_uris: CALLBACK } })
    expect([answer.status, answer.body]).toEqual([429, { error: 'Too many requests' }])
    expect(answer.headers.get('x-ratelimit-limit')).toBe('5')
    expect(answer.headers.get('x-ratelimit-reset')).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/)
  })
})

describe('the authorization code', () => {
  it('goes by the consent page to the app, and becomes a token that works', async () => {
    const app = await register()
    const page = await browser.get(authorizePath(app, { state: 'a&b' }))
    expect(page.text).toContain('App asks for access')
    expect(page.text).toContain('Read everything your account can see')
    expect(page.headers.get('content-security-policy')).not.toContain('form-action')
    const answer = await browser.submit(page, '/oauth/authorize')
    const target = new URL(answer.headers.get('location') ?? '')
    expect(`${target.origin}${target.pathname}`).toBe(CALLBACK)
    expect(target.searchParams.get('state')).toBe('a&b')
    const token = await exchange(app, { code: target.searchParams.get('code') ?? '' })
    expect(token.status).toBe(200)
    expect(token.body).toEqual({
      access_token: expect.stringMatching(/^[\w-]{43}$/),
      token_type: 'Bearer',
      scope: 'read',
      created_at: expect.any(Number),
    })
    expect(token.headers.get('cache-control')).toContain('no-store')
    const me = await web.as(token.body.access_token).get('/api/v1/accounts/verify_credentials')
    expect(me.body.username).toBe('alice')
  })

  it('is silent the second time, unless force_login asks again, and gives the same token', async () => {
    const app = await register()
    const first = await exchange(app, { code: (await consent(app)).searchParams.get('code') ?? '' })
    const silent = await browser.get(authorizePath(app))
    expect(silent.status).toBe(303)
    const code = new URL(silent.headers.get('location') ?? '').searchParams.get('code') ?? ''
    expect((await exchange(app, { code })).body.access_token).toBe(first.body.access_token)
    expect((await browser.get(authorizePath(app, { force_login: 'true' }))).status).toBe(200)
    expect((await browser.get(authorizePath(app, { scope: 'read write' }))).status).toBe(200)
  })

  it('is shown to be copied where the app has no address', async () => {
    const app = await register({ redirect_uris: 'urn:ietf:wg:oauth:2.0:oob' })
    const target = await consent(app, { redirect_uri: 'urn:ietf:wg:oauth:2.0:oob' })
    expect(target.pathname).toBe('/oauth/authorize/native')
    const code = target.searchParams.get('code') ?? ''
    expect((await browser.get(`${target.pathname}${target.search}`)).text).toContain(code)
    const token = await exchange(app, { code, redirect_uri: 'urn:ietf:wg:oauth:2.0:oob' })
    expect(token.status).toBe(200)
  })

  it('is not given when the user says no', async () => {
    const app = await register()
    const page = await browser.get(authorizePath(app, { state: 's' }))
    const target = await browser.submit(page, '/oauth/authorize', { _method: 'delete' })
    const params = new URL(target.headers.get('location') ?? '').searchParams
    expect(params.get('error')).toBe('access_denied')
    expect(params.get('state')).toBe('s')
    expect(params.has('code')).toBe(false)
  })

  it('sends the visitor to sign in first, and back', async () => {
    const app = await register()
    const visitor = openBrowser(web)
    expect((await visitor.get(authorizePath(app))).headers.get('location')).toBe('/auth/sign_in')
    const answer = await visitor.signIn('alice@example.org', TEST_PASSWORD)
    expect(answer.headers.get('location')).toBe(authorizePath(app))
  })

  it('can be asked of another account', async () => {
    const app = await register()
    await factories(ctx.db).user({ email: 'bob@example.org', account: { username: 'bob' } })
    const visitor = openBrowser(web)
    await visitor.signIn('alice@example.org', TEST_PASSWORD)
    const page = await visitor.get(authorizePath(app))
    expect(page.text).toContain('alice@social.test')
    expect((await visitor.submit(page, '/auth/sign_out')).headers.get('location')).toBe('/auth/sign_in')
    const back = await visitor.signIn('bob@example.org', TEST_PASSWORD)
    expect(back.headers.get('location')).toBe(authorizePath(app))
    expect((await visitor.get(authorizePath(app))).text).toContain('bob@social.test')
  })

  it('goes after the hash or in a form where the app asks for that', async () => {
    const app = await register()
    const target = await consent(app, { response_mode: 'fragment' })
    expect(new URLSearchParams(target.hash.slice(1)).get('code')).toBeTruthy()
    const page = await browser.get(
      authorizePath(app, { response_mode: 'form_post', state: 'x', force_login: '1' }),
    )
    const posted = await browser.submit(page, '/oauth/authorize')
    expect(posted.status).toBe(200)
    expect(posted.text).toMatch(new RegExp(`<form method="post" action="${CALLBACK}"`))
    expect(posted.text).toMatch(/name="code" value="[\w-]{43}"/)
  })
})

describe('SEC-AUTH-28', () => {
  it.each([
    [{ redirect_uri: `${CALLBACK}/more` }, 'invalid_redirect_uri'],
    [{ redirect_uri: `${CALLBACK}?x=1` }, 'invalid_redirect_uri'],
    [{ redirect_uri: `${CALLBACK}#x` }, 'invalid_redirect_uri'],
    [{ redirect_uri: 'https://app.test@evil.test/callback' }, 'invalid_redirect_uri'],
    [{ redirect_uri: 'https://app.test:8443/callback' }, 'invalid_redirect_uri'],
    [{ redirect_uri: 'http://app.test/callback' }, 'invalid_redirect_uri'],
    [{ redirect_uri: '' }, 'invalid_redirect_uri'],
    [{ response_type: 'token' }, 'unsupported_response_type'],
    [{ response_type: '' }, 'invalid_request'],
    [{ scope: 'admin:read' }, 'invalid_scope'],
    [{ scope: 'read nonsense' }, 'invalid_scope'],
    [{ code_challenge: 'x'.repeat(43), code_challenge_method: 'plain' }, 'invalid_code_challenge_method'],
    [{ code_challenge: 'x'.repeat(43) }, 'invalid_code_challenge_method'],
  ])('never sends the browser on for %p', async (values, code) => {
    const app = await register()
    const answer = await browser.get(authorizePath(app, values as Record<string, string>))
    expect(answer.status).toBe(400)
    expect(answer.headers.get('location')).toBeNull()
    expect(answer.text).toContain(`<code>${code}</code>`)
  })

  it('tells of an unknown client', async () => {
    const answer = await browser.get(authorizePath({ client_id: 'unknown' }))
    expect([answer.status, answer.headers.get('location')]).toEqual([401, null])
  })

  it('lets a native app choose the port of its loopback address, and nothing else', async () => {
    const app = await register({ redirect_uris: 'http://127.0.0.1/cb' })
    const target = await consent(app, { redirect_uri: 'http://127.0.0.1:49152/cb' })
    expect(target.origin).toBe('http://127.0.0.1:49152')
    for (const redirect_uri of [
      'http://127.0.0.1:1/other',
      'http://localhost:1/cb',
      'http://u@127.0.0.1:1/cb',
    ])
      expect((await browser.get(authorizePath(app, { redirect_uri }))).status).toBe(400)
  })

  it('uses a code once; the second use ends the token it gave', async () => {
    const app = await register()
    const code = (await consent(app)).searchParams.get('code') ?? ''
    const first = await exchange(app, { code })
    expect(first.status).toBe(200)
    const second = await exchange(app, { code })
    expect([second.status, second.body]).toEqual([
      400,
      { error: 'invalid_grant', error_description: GRANT_TEXT },
    ])
    const me = await web.as(first.body.access_token).get('/api/v1/accounts/verify_credentials')
    expect([me.status, me.body.error]).toEqual([401, 'The access token was revoked'])
  })

  it('gives one token for two requests at once with one code', async () => {
    const app = await register()
    const code = (await consent(app)).searchParams.get('code') ?? ''
    const answers = await Promise.all([exchange(app, { code }), exchange(app, { code })])
    expect(answers.filter((answer) => answer.status === 200).length).toBeLessThanOrEqual(1)
  })

  it('refuses a code of another app, address or age', async () => {
    const app = await register()
    const other = await register({ client_name: 'Other' })
    const code = async () => (await consent(app, { force_login: '1' })).searchParams.get('code') ?? ''
    for (const answer of [
      await exchange(other, { code: await code() }),
      await exchange(app, { code: await code(), redirect_uri: 'https://app.test/other' }),
      await exchange(app, { code: 'made-up' }),
    ])
      expect([answer.status, answer.body.error]).toEqual([400, 'invalid_grant'])
    const old = await code()
    await ctx.db('oauth_access_grants').update({ created_at: new Date(Date.now() - 601_000) })
    expect((await exchange(app, { code: old })).body.error).toBe('invalid_grant')
  })

  it('holds a client to its PKCE challenge', async () => {
    const app = await register()
    const verifier = randomBytes(32).toString('base64url')
    const challenge = createHash('sha256').update(verifier).digest('base64url')
    const code = async () => {
      const values = { code_challenge: challenge, code_challenge_method: 'S256', force_login: '1' }
      return (await consent(app, values)).searchParams.get('code') ?? ''
    }
    const missing = await exchange(app, { code: await code() })
    expect([missing.status, missing.body]).toEqual([
      400,
      { error: 'invalid_request', error_description: 'Missing required parameter: code_verifier.' },
    ])
    expect((await exchange(app, { code: await code(), code_verifier: 'x'.repeat(43) })).body.error).toBe(
      'invalid_grant',
    )
    expect((await exchange(app, { code: await code(), code_verifier: challenge })).body.error).toBe(
      'invalid_grant',
    )
    expect((await exchange(app, { code: await code(), code_verifier: verifier })).status).toBe(200)
  })
})

describe('POST /oauth/token', () => {
  it('SEC-AUTH-29 refuses a client without its secret', async () => {
    const app = await register()
    for (const secret of ['', 'wrong']) {
      const answer = await exchange({ ...app, client_secret: secret }, { code: 'x' })
      expect(answer.status).toBe(401)
      expect(answer.body).toEqual({
        error: 'invalid_client',
        error_description:
          'Client authentication failed due to unknown client, no client authentication included, or unsupported authentication method.',
      })
    }
  })

  it('gives an app a token of its own, by Basic or body', async () => {
    const app = await register()
    const basic = Buffer.from(`${app.client_id}:${app.client_secret}`).toString('base64')
    const answer = await web.post('/oauth/token', {
      form: { grant_type: 'client_credentials', scope: 'read write' },
      headers: { authorization: `Basic ${basic}` },
    })
    expect(answer.body).toMatchObject({ token_type: 'Bearer', scope: 'read write' })
    const known = await web.as(answer.body.access_token).get('/api/v1/apps/verify_credentials')
    expect(known.body).toMatchObject({ name: 'App', id: app.id })
    // SEC-AUTH-22
    expect(known.body.client_secret).toBeUndefined()
    expect(known.body.client_id).toBeUndefined()
  })

  it('SEC-AUTH-28 gives no scope the app did not register', async () => {
    const app = await register({ scopes: 'read' })
    const answer = await exchange(app, { grant_type: 'client_credentials', scope: 'write' })
    expect([answer.status, answer.body]).toEqual([
      400,
      { error: 'invalid_scope', error_description: 'The requested scope is invalid, unknown, or malformed.' },
    ])
  })

  it('knows no other grant', async () => {
    const app = await register()
    for (const grant_type of ['refresh_token', 'implicit', 'password']) {
      const answer = await exchange(app, {
        grant_type,
        username: 'alice@example.org',
        password: TEST_PASSWORD,
      })
      expect([answer.status, answer.body.error]).toEqual([400, 'unsupported_grant_type'])
    }
    const none = await exchange(app, { grant_type: '' })
    expect(none.body).toEqual({
      error: 'invalid_request',
      error_description: 'Missing required parameter: grant_type.',
    })
  })

  it('takes a password only where the operator allows it, and limits the tries', async () => {
    const open = { ...ctx, config: { ...ctx.config, env: { ...ctx.config.env, OAUTH_PASSWORD_GRANT: true } } }
    const other = await startWeb(open)
    const app = await register()
    const ask = (password: string) =>
      other.post('/oauth/token', {
        json: {
          grant_type: 'password',
          client_id: app.client_id,
          client_secret: app.client_secret,
          username: 'alice@example.org',
          password,
          scope: 'read',
        },
      })
    expect((await ask(TEST_PASSWORD)).body.scope).toBe('read')
    expect((await ask('wrong')).body.error).toBe('invalid_grant')
    for (let count = 0; count < 23; count += 1) await ask('wrong')
    expect((await ask(TEST_PASSWORD)).status).toBe(429)
    await other.close()
  }, 60_000)
})

describe('POST /oauth/revoke', () => {
  it('ends a token of the asking app, its sockets and its push subscriptions', async () => {
    const app = await register()
    const { body } = await exchange(app, { code: (await consent(app)).searchParams.get('code') ?? '' })
    const [row] = await ctx.db('oauth_access_tokens').where('token', body.access_token)
    await ctx.db('web_push_subscriptions').insert({
      access_token_id: row.id,
      user_id: alice.user.id,
      endpoint: 'https://push.test/1',
      key_auth: 'a',
      key_p256dh: 'b',
    })
    const subscriber = ctx.redis.duplicate({ enableOfflineQueue: true })
    const heard: string[] = []
    await subscriber.subscribe(`${ctx.config.redis.prefix}timeline:access_token:${row.id}`)
    subscriber.on('message', (_channel, message) => heard.push(message))
    const revoke = (values: Record<string, string>) =>
      web.post('/oauth/revoke', {
        form: {
          client_id: app.client_id,
          client_secret: app.client_secret,
          token: body.access_token,
          ...values,
        },
      })
    const other = await register({ client_name: 'Other' })
    for (const values of [{ client_secret: 'wrong' }, other as unknown as Record<string, string>]) {
      const refused = await revoke({ ...values, token: body.access_token })
      expect([refused.status, refused.body]).toEqual([
        403,
        { error: 'unauthorized_client', error_description: 'You are not authorized to revoke this token' },
      ])
    }
    expect((await revoke({})).body).toEqual({})
    expect((await revoke({})).status).toBe(200)
    expect((await revoke({ token: 'unknown' })).body).toEqual({})
    const me = await web.as(body.access_token).get('/api/v1/accounts/verify_credentials')
    expect(me.body.error).toBe('The access token was revoked')
    expect(await ctx.db('web_push_subscriptions').where('access_token_id', row.id)).toEqual([])
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(heard).toEqual(['{"event":"kill"}'])
    subscriber.disconnect()
  })
})

describe('what a token says', () => {
  it('is told to its bearer and to its app', async () => {
    const app = await register()
    const { body } = await exchange(app, { code: (await consent(app)).searchParams.get('code') ?? '' })
    const info = await web.as(body.access_token).get('/oauth/token/info')
    expect(info.body).toEqual({
      resource_owner_id: alice.user.id,
      scope: ['read'],
      expires_in: null,
      application: { uid: app.client_id },
      created_at: body.created_at,
    })
    expect((await web.get('/oauth/token/info')).status).toBe(401)
    const ask = (client: { client_id: string; client_secret: string }) =>
      web.post('/oauth/introspect', {
        form: { client_id: client.client_id, client_secret: client.client_secret, token: body.access_token },
      })
    expect((await ask(app)).body).toMatchObject({ active: true, scope: 'read', client_id: app.client_id })
    expect((await ask(await register())).body).toEqual({ active: false })
    expect((await ask({ ...app, client_secret: 'no' })).status).toBe(401)
  })

  it('is who the user is only with the scope profile', async () => {
    const make = factories(ctx.db)
    const read = await make.token({ user: alice.user, scopes: 'read' })
    expect((await web.as(read).get('/oauth/userinfo')).status).toBe(403)
    const profile = await make.token({ user: alice.user, scopes: 'profile' })
    for (const method of ['GET', 'POST']) {
      const answer = await web.as(profile).request(method, '/oauth/userinfo')
      expect(answer.body).toEqual({
        iss: 'https://social.test/',
        sub: `https://social.test/ap/users/${alice.account.id}`,
        name: alice.account.display_name,
        preferred_username: 'alice',
        profile: 'https://social.test/@alice',
        picture: 'https://social.test/avatars/original/missing.png',
      })
    }
  })
})

describe('discovery', () => {
  it('says where everything is', async () => {
    const answer = await web.get('/.well-known/oauth-authorization-server', {
      headers: { origin: 'https://e.test' },
    })
    expect(answer.body).toMatchObject({
      issuer: 'https://social.test/',
      token_endpoint: 'https://social.test/oauth/token',
      app_registration_endpoint: 'https://social.test/api/v1/apps',
      grant_types_supported: ['authorization_code', 'client_credentials'],
      code_challenge_methods_supported: ['S256'],
    })
    expect(answer.body.scopes_supported).toHaveLength(47)
    expect(answer.headers.get('access-control-allow-origin')).toBe('*')
    expect((await web.get('/.well-known/change-password')).headers.get('location')).toBe('/auth/edit')
  })

  it('SEC-AUTH-23 mounts no page to manage everybody’s applications', async () => {
    for (const path of ['/oauth/applications', '/oauth/applications/1'])
      expect((await browser.get(path)).status).toBe(403)
  })
})
