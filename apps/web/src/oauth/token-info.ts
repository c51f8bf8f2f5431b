import { getApplicationOf, OauthError } from '@anancus/core/domain/oauth'
import { noParams } from '../http/params.ts'
import { ok } from '../http/reply.ts'
import { route } from '../http/route.ts'

/** What a token is, told to its bearer. */
export const tokenInfo = route({
  method: 'get',
  path: '/oauth/token/info',
  auth: { kind: 'optional', scopes: [] },
  params: noParams,
  summary: 'What the bearer token is.',
  answers: 'TokenInfo',
  async handle({ ctx, token }) {
    if (!token) throw new OauthError('invalid_token')
    const app = await getApplicationOf(ctx, token)
    return ok({
      resource_owner_id: token.row.resource_owner_id,
      scope: token.scopes,
      expires_in: token.row.expires_in,
      application: { uid: app.uid },
      created_at: Math.floor(token.row.created_at.getTime() / 1000),
    })
  },
})
