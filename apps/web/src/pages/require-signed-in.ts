import { standingOf } from '@anancus/core/domain/users'
import type { SignedIn } from '../http/session.ts'
import { goTo, type PageCall, type PageHandler } from './page.ts'

/** Runs a page for somebody signed in; others sign in first and come back. */
export function forSignedIn(
  handler: (call: PageCall & { signedIn: SignedIn }) => Promise<void>,
): PageHandler {
  return async (call) => {
    if (call.signedIn) return handler({ ...call, signedIn: call.signedIn })
    if (call.req.method === 'GET') call.req.session.returnTo = call.req.originalUrl
    goTo(call, '/auth/sign_in')
  }
}

/** As `forSignedIn`, for those who may act; the others are led to the page that says why they may not. */
export function forFunctional(
  handler: (call: PageCall & { signedIn: SignedIn }) => Promise<void>,
): PageHandler {
  return forSignedIn(async (call) => {
    if (standingOf(call.signedIn.viewer) === 'functional') return handler(call)
    goTo(call, '/auth/edit')
  })
}
