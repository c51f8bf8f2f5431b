import { endSession, startSession } from '@anancus/core/domain/users'
import type { Viewer } from '@anancus/core/kernel/viewer'
import { addressOf } from '../../http/address.ts'
import { clearCookie, setSignedCookie } from '../../http/cookies.ts'
import { renewCsrfToken } from '../../http/csrf.ts'
import { SESSION_COOKIE } from '../../http/session.ts'
import type { PageCall } from '../page.ts'

/** Signs the browser in: a new session, a new form session (nobody can have planted its id), a new CSRF token. */
export async function signIn(call: PageCall, viewer: Viewer): Promise<void> {
  const { ctx, req, res } = call
  const session = await startSession(ctx, viewer, {
    ip: addressOf(req),
    userAgent: req.get('user-agent') ?? '',
  })
  const { returnTo } = req.session
  await regenerate(call)
  if (returnTo !== undefined) req.session.returnTo = returnTo
  renewCsrfToken(req)
  setSignedCookie(ctx.config, res, SESSION_COOKIE, session.session_id)
}

/** Signs the browser out: the session ends on the server too, and every cookie goes. */
export async function signOut(call: PageCall): Promise<void> {
  const { ctx, res, signedIn } = call
  if (signedIn) await endSession(ctx, signedIn.viewer, signedIn.session.id)
  await regenerate(call)
  clearCookie(ctx.config, res, SESSION_COOKIE)
}

function regenerate({ req }: PageCall): Promise<void> {
  return new Promise((resolve, reject) => {
    req.session.regenerate((error: unknown) => (error ? reject(error) : resolve()))
  })
}
