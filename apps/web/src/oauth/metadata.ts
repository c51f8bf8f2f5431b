import { RESPONSE_MODES, SCOPES } from '@anancus/core/domain/oauth'
import { noParams } from '../http/params.ts'
import { ok } from '../http/reply.ts'
import { anyone, route } from '../http/route.ts'

/** @see https://www.rfc-editor.org/rfc/rfc8414 */
export const metadata = route({
  method: 'get',
  path: '/.well-known/oauth-authorization-server',
  auth: anyone(),
  params: noParams,
  cache: 'everyone',
  summary: 'Where the OAuth endpoints are and what they can do.',
  answers: 'OauthServerMetadata',
  async handle({ ctx }) {
    const { baseUrl, env } = ctx.config
    return ok({
      issuer: `${baseUrl}/`,
      authorization_endpoint: `${baseUrl}/oauth/authorize`,
      token_endpoint: `${baseUrl}/oauth/token`,
      revocation_endpoint: `${baseUrl}/oauth/revoke`,
      userinfo_endpoint: `${baseUrl}/oauth/userinfo`,
      app_registration_endpoint: `${baseUrl}/api/v1/apps`,
      service_documentation: 'https://docs.joinmastodon.org/',
      scopes_supported: SCOPES,
      response_types_supported: ['code'],
      response_modes_supported: RESPONSE_MODES,
      grant_types_supported: [
        'authorization_code',
        ...(env.OAUTH_PASSWORD_GRANT ? ['password'] : []),
        'client_credentials',
      ],
      token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
      code_challenge_methods_supported: ['S256'],
    })
  },
})
