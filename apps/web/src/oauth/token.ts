import {
  authenticateClient,
  basicCredentials,
  type ClientCredentials,
  exchangeCode,
  issueToken,
  OauthError,
  scopesFor,
  tokenJson,
} from '@anancus/core/domain/oauth'
import { verifyPassword } from '@anancus/core/domain/users'
import type { OauthAccessTokenRow, OauthApplicationRow } from '@anancus/db'
import { z } from 'zod'
import { addressOf } from '../http/address.ts'
import { countForm } from '../http/form-limits.ts'
import { required, stringParam } from '../http/params.ts'
import { ok } from '../http/reply.ts'
import { anyone, type Call, route } from '../http/route.ts'

const tokenParams = z.object({
  grant_type: required(stringParam),
  client_id: stringParam,
  client_secret: stringParam,
  code: stringParam,
  redirect_uri: stringParam,
  code_verifier: stringParam,
  scope: stringParam,
  username: stringParam,
  password: stringParam,
})
type TokenCall = Call<z.output<typeof tokenParams>>

const NO_STORE = { 'Cache-Control': 'no-store, no-cache', Pragma: 'no-cache' }

/** @see https://docs.joinmastodon.org/methods/oauth/#token */
export const token = route({
  method: 'post',
  path: '/oauth/token',
  auth: anyone(),
  params: tokenParams,
  summary: 'Gives a token for an authorisation code or for the application itself.',
  answers: 'Token',
  async handle(call) {
    return ok(tokenJson(await grant(call)), NO_STORE)
  },
})

async function grant(call: TokenCall): Promise<OauthAccessTokenRow> {
  const { ctx, params } = call
  if (!params.grant_type) throw OauthError.missing('grant_type')
  if (params.grant_type === 'authorization_code') {
    const app = await authenticateClient(ctx, credentialsOf(call))
    return exchangeCode(ctx, app, {
      code: params.code,
      redirectUri: params.redirect_uri,
      codeVerifier: params.code_verifier,
    })
  }
  if (params.grant_type === 'client_credentials') {
    const app = await authenticateClient(ctx, credentialsOf(call))
    return issueToken(ctx, app, null, scopesFor(app, params.scope))
  }
  if (params.grant_type === 'password' && ctx.config.env.OAUTH_PASSWORD_GRANT)
    return grantForPassword(call, await authenticateClient(ctx, credentialsOf(call)))
  throw new OauthError('unsupported_grant_type')
}

/** For scripts and old tools, where the operator allows it. Counts as a try to sign in. */
async function grantForPassword(call: TokenCall, app: OauthApplicationRow): Promise<OauthAccessTokenRow> {
  const { ctx, params, req } = call
  const scopes = scopesFor(app, params.scope)
  await countForm(ctx, req, 'sign_in', params.username ?? '')
  const result = await verifyPassword(
    ctx,
    { email: params.username ?? '', password: params.password ?? '' },
    { ip: addressOf(req), userAgent: req.get('user-agent') ?? '' },
  )
  if (!result.ok) throw new OauthError('invalid_grant')
  return issueToken(ctx, app, result.viewer.user.id, scopes)
}

/** Who asks: by HTTP Basic, or in the body. */
export function credentialsOf(
  call: Pick<Call<{ client_id?: string | undefined; client_secret?: string | undefined }>, 'req' | 'params'>,
): ClientCredentials | null {
  const { client_id: uid, client_secret: secret } = call.params
  return basicCredentials(call.req.get('authorization')) ?? (uid && secret ? { uid, secret } : null)
}
