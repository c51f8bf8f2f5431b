import { closeTestContext, type TestContext, testContext } from '@anancus/core/testing/context'
import { factories, TEST_PASSWORD } from '@anancus/db/testing/make'
import * as oauth from 'oauth4webapi'
import { openBrowser } from '../support/browser.ts'
import { startWeb, type TestWeb } from '../support/server.ts'

let ctx: TestContext
let web: TestWeb
const CALLBACK = 'https://app.test/callback'

beforeAll(async () => {
  ctx = await testContext()
  web = await startWeb(ctx)
})
afterAll(async () => {
  await web.close()
  await closeTestContext(ctx)
})

/** The library talks to https://social.test; the wire leads to the server under test. */
const viaTestServer = {
  [oauth.customFetch]: (
    url: string,
    options: oauth.CustomFetchOptions<string, URLSearchParams | undefined>,
  ) => fetch(url.replace('https://social.test', web.url), options as RequestInit),
}

it('oauth4webapi drives discovery, PKCE, every way a client proves itself, userinfo and revocation', async () => {
  const issuer = new URL('https://social.test/')
  const found = await oauth.discoveryRequest(issuer, { algorithm: 'oauth2', ...viaTestServer })
  const server = await oauth.processDiscoveryResponse(issuer, found)
  const app = await web.post('/api/v1/apps', {
    json: { client_name: 'Independent', redirect_uris: CALLBACK, scopes: 'read profile' },
  })
  const client: oauth.Client = { client_id: app.body.client_id }
  await factories(ctx.db).user({ email: 'alice@example.org', account: { username: 'alice' } })
  const browser = openBrowser(web)
  await browser.signIn('alice@example.org', TEST_PASSWORD)

  for (const authentication of [
    oauth.ClientSecretBasic(app.body.client_secret),
    oauth.ClientSecretPost(app.body.client_secret),
  ]) {
    const verifier = oauth.generateRandomCodeVerifier()
    const state = oauth.generateRandomState()
    const address = new URL(server.authorization_endpoint ?? '')
    address.search = new URLSearchParams({
      client_id: client.client_id,
      redirect_uri: CALLBACK,
      response_type: 'code',
      scope: 'read profile',
      state,
      code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      force_login: 'true',
    }).toString()
    const page = await browser.get(address.pathname + address.search)
    const answer = await browser.submit(page, '/oauth/authorize')
    const params = oauth.validateAuthResponse(
      server,
      client,
      new URL(answer.headers.get('location') ?? ''),
      state,
    )
    const response = await oauth.authorizationCodeGrantRequest(
      server,
      client,
      authentication,
      params,
      CALLBACK,
      verifier,
      viaTestServer,
    )
    const token = await oauth.processAuthorizationCodeResponse(server, client, response)
    expect(token.scope).toBe('read profile')

    const info = await oauth.protectedResourceRequest(
      token.access_token,
      'GET',
      new URL(server.userinfo_endpoint ?? ''),
      undefined,
      undefined,
      viaTestServer as oauth.ProtectedResourceRequestOptions,
    )
    expect(await info.json()).toMatchObject({ preferred_username: 'alice' })

    const revoked = await oauth.revocationRequest(
      server,
      client,
      authentication,
      token.access_token,
      viaTestServer,
    )
    await oauth.processRevocationResponse(revoked)
    const dead = await web.as(token.access_token).get('/oauth/userinfo')
    expect(dead.status).toBe(401)
  }

  const response = await oauth.clientCredentialsGrantRequest(
    server,
    client,
    oauth.ClientSecretBasic(app.body.client_secret),
    { scope: 'read' },
    viaTestServer,
  )
  expect((await oauth.processClientCredentialsResponse(server, client, response)).scope).toBe('read')
})
