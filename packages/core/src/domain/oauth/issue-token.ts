import type { OauthAccessTokenRow, OauthApplicationRow } from '@anancus/db'
import { insertAccessToken, liveTokensOf } from '@anancus/db/queries/oauth'
import type { Ctx } from '../../kernel/context.ts'
import { isSameSet } from './request-authorization.ts'
import { splitScopes } from './scopes.ts'
import { randomSecret } from './secrets.ts'

/**
 * Gives an application a token for a user, or (userId null) for itself. The same application, user and scopes get the
 * token they have; tokens do not expire.
 */
export async function issueToken(
  ctx: Ctx,
  app: Pick<OauthApplicationRow, 'id'>,
  userId: string | null,
  scopes: readonly string[],
): Promise<OauthAccessTokenRow> {
  const live = await liveTokensOf(ctx.db, app.id, userId)
  const same = live.find((token) => isSameSet(splitScopes(token.scopes), scopes))
  return same ?? issueNewToken(ctx, app, userId, scopes)
}

/** As `issueToken`, always a new one: a browser session has its own, to be ended with it. */
export async function issueNewToken(
  ctx: Ctx,
  app: Pick<OauthApplicationRow, 'id'>,
  userId: string | null,
  scopes: readonly string[],
): Promise<OauthAccessTokenRow> {
  return insertAccessToken(ctx.db, {
    applicationId: app.id,
    userId,
    scopes: scopes.join(' '),
    secret: randomSecret(),
  })
}
