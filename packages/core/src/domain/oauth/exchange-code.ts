import { createHash } from 'node:crypto'
import type { OauthAccessGrantRow, OauthAccessTokenRow, OauthApplicationRow } from '@anancus/db'
import { grantByToken, liveTokensOf, useGrant } from '@anancus/db/queries/oauth'
import type { Ctx } from '../../kernel/context.ts'
import { transaction } from '../../kernel/transaction.ts'
import { issueToken } from './issue-token.ts'
import { OauthError } from './oauth-error.ts'
import { isSameSet } from './request-authorization.ts'
import { revokeTokens } from './revoke-token.ts'
import { splitScopes } from './scopes.ts'
import { digestOf, isSameSecret } from './secrets.ts'

export interface CodeParams {
  code: string | undefined
  redirectUri: string | undefined
  codeVerifier: string | undefined
}

/**
 * Changes an authorisation code into a token. A code that comes a second time ends the token it gave: one of the two
 * senders stole it.
 *
 * @throws OauthError invalid_request, invalid_grant
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-4.1.3
 */
export async function exchangeCode(
  ctx: Ctx,
  app: OauthApplicationRow,
  params: CodeParams,
): Promise<OauthAccessTokenRow> {
  const grant = params.code ? await grantByToken(ctx.db, digestOf(params.code)) : null
  if (grant?.code_challenge && !params.codeVerifier) throw OauthError.missing('code_verifier')
  if (!params.redirectUri) throw OauthError.missing('redirect_uri')
  if (!grant || grant.application_id !== app.id) throw new OauthError('invalid_grant')
  if (grant.revoked_at !== null) return refuseReuse(ctx, app, grant)
  if (!isValid(ctx, grant, params)) throw new OauthError('invalid_grant')
  const token = await transaction(ctx, async (tx) => {
    if (!(await useGrant(tx.db, grant.id, tx.clock.now()))) return null
    return issueToken(tx, app, grant.resource_owner_id, splitScopes(grant.scopes))
  })
  return token ?? refuseReuse(ctx, app, grant)
}

function isValid(ctx: Ctx, grant: OauthAccessGrantRow, params: CodeParams): boolean {
  const endsAt = grant.created_at.getTime() + grant.expires_in * 1000
  return (
    ctx.clock.now().getTime() < endsAt &&
    params.redirectUri === grant.redirect_uri &&
    isVerified(grant.code_challenge, params.codeVerifier)
  )
}

/** @see https://www.rfc-editor.org/rfc/rfc7636#section-4.6 */
function isVerified(challenge: string | null, verifier: string | undefined): boolean {
  if (!challenge) return verifier === undefined || verifier === ''
  const computed = createHash('sha256')
    .update(verifier ?? '')
    .digest('base64url')
  return isSameSecret(challenge, computed)
}

async function refuseReuse(ctx: Ctx, app: OauthApplicationRow, grant: OauthAccessGrantRow): Promise<never> {
  const scopes = splitScopes(grant.scopes)
  const tokens = await liveTokensOf(ctx.db, app.id, grant.resource_owner_id)
  const given = tokens.filter((token) => isSameSet(splitScopes(token.scopes), scopes))
  await revokeTokens(
    ctx,
    given.map((token) => token.id),
  )
  throw new OauthError('invalid_grant')
}
