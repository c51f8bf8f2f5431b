import { authenticateSession } from '@anancus/core/domain/users'
import type { Ctx } from '@anancus/core/kernel/context'
import type { Viewer } from '@anancus/core/kernel/viewer'
import type { SessionActivationRow } from '@anancus/db'
import type { Request } from 'express'
import { readSignedCookie } from './cookies.ts'
import { isFromElsewhere } from './csrf.ts'

export const SESSION_COOKIE = 'session_id'

export interface SignedIn {
  session: SessionActivationRow
  viewer: Viewer
}

const found = new WeakMap<Request, Promise<SignedIn | null>>()

/** Who is signed in in the browser that sent this request. Looked up once a request. */
export function signedIn(ctx: Ctx, req: Request): Promise<SignedIn | null> {
  const known = found.get(req)
  if (known) return known
  const sessionId = readSignedCookie(ctx.config, req, SESSION_COOKIE)
  const lookup = sessionId === null ? Promise.resolve(null) : authenticateSession(ctx, sessionId)
  found.set(req, lookup)
  return lookup
}

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * The user of a browser session, as far as the cookie counts on the API: never for a request another site caused, and
 * for writes only where the route asks for a session, which then checks the CSRF token.
 */
export async function sessionViewerOf(ctx: Ctx, req: Request, mayWrite: boolean): Promise<Viewer | null> {
  if (req.headers.cookie === undefined || isFromElsewhere(ctx.config, req)) return null
  if (!mayWrite && !SAFE_METHODS.has(req.method)) return null
  return (await signedIn(ctx, req))?.viewer ?? null
}
