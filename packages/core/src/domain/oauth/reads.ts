import type { OauthAccessTokenRow, OauthApplicationRow } from '@anancus/db'
import {
  type AuthorizedApplication,
  accessTokenById,
  applicationById,
  authorizedApplications,
  webApplication,
} from '@anancus/db/queries/oauth'
import type { Ctx } from '../../kernel/context.ts'
import { InvariantError, NotFoundError } from '../../kernel/errors.ts'
import type { TokenFacts, Viewer } from '../../kernel/viewer.ts'

/** The application behind a token. */
export async function getApplicationOf(ctx: Ctx, token: TokenFacts): Promise<OauthApplicationRow> {
  const app = token.applicationId && (await applicationById(ctx.db, token.applicationId))
  if (!app) throw new NotFoundError()
  return app
}

/** The application of the bundled web client; the seeds make it. */
export async function getWebApplication(ctx: Ctx): Promise<OauthApplicationRow> {
  const app = await webApplication(ctx.db)
  if (!app) throw new InvariantError('There is no web application: run the seeds.')
  return app
}

/** The applications a user lets in, newest first. */
export async function listAuthorizedApplications(ctx: Ctx, viewer: Viewer): Promise<AuthorizedApplication[]> {
  return authorizedApplications(ctx.db, viewer.user.id)
}

export async function findAccessToken(ctx: Ctx, id: string): Promise<OauthAccessTokenRow | null> {
  return accessTokenById(ctx.db, id)
}
