import type { OauthApplicationRow } from '@anancus/db'
import {
  liveTokenIdsOfUser,
  revokeGrantsOfUser,
  revokeTokensById,
  tokenWithOwner,
} from '@anancus/db/queries/oauth'
import type { Ctx } from '../../kernel/context.ts'
import { publishMany, tokenChannel } from '../../streaming/index.ts'
import { OauthError } from './oauth-error.ts'

/**
 * Revokes tokens: they stop working, their push subscriptions go, their sockets close. Every way of ending a token
 * comes through here, so that none forgets the sockets.
 */
export async function revokeTokens(ctx: Ctx, ids: readonly string[]): Promise<void> {
  const ended = await revokeTokensById(ctx.db, ids, ctx.clock.now())
  await publishMany(
    ctx,
    ended.map((token) => ({ channel: tokenChannel(token.id), message: { event: 'kill' } })),
  )
}

/**
 * Revokes a token an application holds. What is unknown or dead is fine: it works no more.
 *
 * @throws OauthError unauthorized_client, the token is somebody else's
 * @see https://www.rfc-editor.org/rfc/rfc7009#section-2.2
 */
export async function revokeTokenOf(
  ctx: Ctx,
  app: OauthApplicationRow | null,
  secret: string | undefined,
): Promise<void> {
  const found = secret ? await tokenWithOwner(ctx.db, secret) : null
  if (!found) return
  if (!app || found.token.application_id !== app.id)
    throw new OauthError('unauthorized_client', 'You are not authorized to revoke this token')
  await revokeTokens(ctx, [found.token.id])
}

/** Takes back all that a user let one application do. */
export async function revokeApplication(ctx: Ctx, userId: string, applicationId: string): Promise<void> {
  await revokeGrantsOfUser(ctx.db, userId, applicationId, ctx.clock.now())
  await revokeTokens(ctx, await liveTokenIdsOfUser(ctx.db, userId, applicationId))
}

/** Ends every token and code of a user. @param keptTokenId that of the session in which the user does it */
export async function revokeAllAccess(
  ctx: Ctx,
  userId: string,
  keptTokenId: string | null = null,
): Promise<void> {
  await revokeGrantsOfUser(ctx.db, userId, null, ctx.clock.now())
  const ids = await liveTokenIdsOfUser(ctx.db, userId, null)
  await revokeTokens(
    ctx,
    ids.filter((id) => id !== keptTokenId),
  )
}
