import type { OauthApplicationRow } from '@anancus/db'
import type { Ctx } from '../../kernel/context.ts'
import { authenticateToken } from './authenticate-token.ts'

/**
 * What a token of the asking application is; those of others are told as dead.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7662#section-2.2
 */
export async function introspectToken(
  ctx: Ctx,
  app: OauthApplicationRow,
  secret: string | undefined,
): Promise<Record<string, unknown>> {
  const found = await authenticateToken(ctx, secret ?? '')
  if (!found || found.state !== 'active' || found.token.applicationId !== app.id) return { active: false }
  const { row, scopes } = found.token
  return {
    active: true,
    scope: scopes.join(' '),
    client_id: app.uid,
    token_type: 'Bearer',
    exp: row.expires_in === null ? null : secondsOf(row.created_at) + row.expires_in,
    iat: secondsOf(row.created_at),
  }
}

function secondsOf(date: Date): number {
  return Math.floor(date.getTime() / 1000)
}
