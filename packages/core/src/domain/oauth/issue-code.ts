import { insertGrant } from '@anancus/db/queries/oauth'
import type { Ctx } from '../../kernel/context.ts'
import type { Viewer } from '../../kernel/viewer.ts'
import { CODE_LIFETIME_SECONDS } from './limits.ts'
import type { AuthorizationRequest } from './request-authorization.ts'
import { digestOf, randomSecret } from './secrets.ts'

/** Says yes to a request: a code for ten minutes and one use. Only its digest is stored. */
export async function issueCode(ctx: Ctx, viewer: Viewer, request: AuthorizationRequest): Promise<string> {
  const code = randomSecret()
  await insertGrant(ctx.db, {
    application_id: request.app.id,
    resource_owner_id: viewer.user.id,
    redirect_uri: request.redirectUri,
    scopes: request.scopes.join(' '),
    token: digestOf(code),
    expires_in: CODE_LIFETIME_SECONDS,
    code_challenge: request.codeChallenge,
    code_challenge_method: request.codeChallenge === null ? null : 'S256',
  })
  return code
}
