import { type AuthenticatedToken, allowsAny, authenticateToken } from '@anancus/core/domain/oauth'
import { refusalOf, standingOf } from '@anancus/core/domain/users'
import type { Ctx } from '@anancus/core/kernel/context'
import { ForbiddenError, UnauthenticatedError, UserRequiredError } from '@anancus/core/kernel/errors'
import { isPermitted } from '@anancus/core/kernel/permissions'
import type { TokenFacts, Viewer } from '@anancus/core/kernel/viewer'
import type { Request } from 'express'
import { type ParamHash, scalarAt } from './params.ts'
import type { Auth, Route } from './route.ts'

/** Who a request says it comes from, before anything is allowed. */
export interface Identity {
  /** Of a known token, dead ones included. */
  known: AuthenticatedToken | null
  /** By the cookie of a signed-in browser. */
  sessionViewer: Viewer | null
}

export const NOBODY: Identity = { known: null, sessionViewer: null }

const BEARER = /^Bearer +(\S+)$/i

/** The secret a request carries: in the header, or as `access_token` or `bearer_token`. */
export function secretOf(req: Request, tree: ParamHash): string | undefined {
  const header = req.headers.authorization
  const inHeader = header === undefined ? undefined : BEARER.exec(header)?.[1]
  return inHeader ?? scalarAt(tree, 'access_token') ?? scalarAt(tree, 'bearer_token')
}

/** Looks the token up; what is not known is nobody. */
export async function identify(ctx: Ctx, secret: string | undefined): Promise<Identity> {
  if (secret === undefined) return NOBODY
  return { known: await authenticateToken(ctx, secret), sessionViewer: null }
}

/** The token and the user behind a request, as far as both may act. */
export interface Caller {
  token: TokenFacts | null
  viewer: Viewer | null
}

/** Who calls, for a lookup that comes before the scope check: only what is alive and may act. */
export function callerOf(identity: Identity): Caller {
  const { known, sessionViewer } = identity
  const isAlive = known?.state === 'active'
  const viewer = isAlive ? known.viewer : sessionViewer
  return {
    token: isAlive ? known.token : null,
    viewer: viewer && standingOf(viewer) === 'functional' ? viewer : null,
  }
}

/**
 * Applies a route's `auth` in the reference's order: lockdown, suspension, scope, user, standing.
 *
 * @throws UnauthenticatedError ForbiddenError UserRequiredError
 */
export function authorize(ctx: Ctx, route: Route, identity: Identity): Caller {
  refuseWhenLockedDown(ctx, route, identity)
  const caller = callerFor(route.auth, identity)
  if (route.permissions && !(caller.viewer && isPermitted(caller.viewer.role, ...route.permissions)))
    throw new ForbiddenError()
  return caller
}

function callerFor(auth: Auth, identity: Identity): Caller {
  if (auth.kind === 'none') return { token: null, viewer: null }
  const viewer = identity.known?.viewer ?? identity.sessionViewer
  if (viewer && identity.known?.state !== 'revoked' && standingOf(viewer) === 'unavailable')
    throw refusalOf('unavailable')
  const token = checkToken(auth, identity)
  if (auth.kind === 'app') return { token: requireAppToken(token, viewer), viewer: null }
  if (auth.kind === 'user' || auth.kind === 'session')
    return { token, viewer: requireUser(viewer, auth.kind === 'user' && auth.allowUnconfirmed === true) }
  return {
    token,
    viewer: viewer && isAdmitted(viewer, auth.kind === 'optional' && auth.allowUnconfirmed) ? viewer : null,
  }
}

function isAdmitted(viewer: Viewer, allowUnconfirmed = false): boolean {
  const standing = standingOf(viewer)
  return (
    standing === 'functional' || (allowUnconfirmed && (standing === 'unconfirmed' || standing === 'pending'))
  )
}

function refuseWhenLockedDown(ctx: Ctx, route: Route, { known, sessionViewer }: Identity): void {
  const { env } = ctx.config
  if (!env.DISALLOW_UNAUTHENTICATED_API_ACCESS && !env.LIMITED_FEDERATION_MODE) return
  const isExempt =
    route.isExemptFromLockdown === true ||
    (route.isExemptFromLockdown === 'by-setting' && !env.LIMITED_FEDERATION_MODE)
  if (isExempt || (known?.state === 'active' && known.viewer) || sessionViewer) return
  throw new UnauthenticatedError('This method requires an authenticated user')
}

/** The live token of the request, with its scope checked; null where none is needed. */
function checkToken(auth: Exclude<Auth, { kind: 'none' }>, identity: Identity): TokenFacts | null {
  const { known } = identity
  if (auth.kind === 'session') return null
  if (known?.state === 'revoked') throw new UnauthenticatedError('The access token was revoked')
  if (known?.state === 'expired') throw new UnauthenticatedError('The access token expired')
  if (!known) {
    if (auth.kind === 'optional' || (auth.kind === 'user' && auth.scopes.length === 0)) return null
    throw new UnauthenticatedError()
  }
  if (!allowsAny(known.token.scopes, auth.scopes))
    throw new ForbiddenError('This action is outside the authorized scopes')
  return known.token
}

function requireAppToken(token: TokenFacts | null, viewer: Viewer | null): TokenFacts {
  if (!token || viewer) throw new ForbiddenError('This method requires an client credentials authentication')
  return token
}

function requireUser(viewer: Viewer | null, allowUnconfirmed: boolean): Viewer {
  if (!viewer) throw new UserRequiredError()
  const standing = standingOf(viewer)
  if (standing === 'functional' || isAdmitted(viewer, allowUnconfirmed)) return viewer
  throw refusalOf(standing)
}
