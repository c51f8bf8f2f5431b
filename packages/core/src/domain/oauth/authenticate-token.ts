import { tokenWithOwner } from '@anancus/db/queries/oauth'
import type { Ctx } from '../../kernel/context.ts'
import type { TokenFacts, Viewer } from '../../kernel/viewer.ts'
import { splitScopes } from './scopes.ts'

export interface AuthenticatedToken {
  token: TokenFacts
  /** Null for an app's own token. Whether the user may act is `standingOf` in policies/user. */
  viewer: Viewer | null
  state: 'active' | 'revoked' | 'expired'
}

const MAX_SECRET_LENGTH = 512

/**
 * Finds who is behind an access token, in one statement. Unknown secrets are null; dead tokens are told apart, as the
 * API answers them differently.
 */
export async function authenticateToken(ctx: Ctx, secret: string): Promise<AuthenticatedToken | null> {
  if (secret === '' || secret.length > MAX_SECRET_LENGTH) return null
  const found = await tokenWithOwner(ctx.db, secret)
  if (!found) return null
  const { token, owner } = found
  // A token whose user is gone is worth nothing.
  if (token.resource_owner_id !== null && !owner) return null
  return {
    token: {
      id: token.id,
      scopes: splitScopes(token.scopes),
      applicationId: token.application_id,
      row: token,
    },
    viewer: owner,
    state: stateOf(ctx, token),
  }
}

function stateOf(
  ctx: Ctx,
  token: { revoked_at: Date | null; expires_in: number | null; created_at: Date },
): AuthenticatedToken['state'] {
  const now = ctx.clock.now().getTime()
  if (token.revoked_at !== null && token.revoked_at.getTime() <= now) return 'revoked'
  if (token.expires_in !== null && token.created_at.getTime() + token.expires_in * 1000 <= now)
    return 'expired'
  return 'active'
}
