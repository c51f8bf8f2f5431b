import type { Config } from '@anancus/core/kernel/config'
import type { Ctx } from '@anancus/core/kernel/context'
import { ValidationError } from '@anancus/core/kernel/errors'
import { csrfSync } from 'csrf-sync'
import type { Request, RequestHandler, Response } from 'express'
import session from 'express-session'
import { cookieName, isSecure, keyFor } from './cookies.ts'
import { treeOf } from './pagination.ts'
import { SessionStore } from './session-store.ts'

declare module 'express-session' {
  interface SessionData {
    /** Where to go after signing in: a path of ours. */
    returnTo?: string
  }
}

const { generateToken, isRequestValid } = csrfSync({
  size: 32,
  getTokenFromRequest: (req) => {
    const inForm = treeOf(req as Request).authenticity_token
    return req.get('x-csrf-token') ?? (typeof inForm === 'string' ? inForm : undefined)
  },
})

const middlewares = new WeakMap<Ctx, RequestHandler>()

/** Form sessions: no cookie before something is stored. */
export function formSession(ctx: Ctx): RequestHandler {
  const known = middlewares.get(ctx)
  if (known) return known
  const made = session({
    name: cookieName(ctx.config, 'session'),
    secret: keyFor(ctx.config, 'form-session').toString('base64url'),
    store: new SessionStore(ctx),
    resave: false,
    saveUninitialized: false,
    proxy: isSecure(ctx.config),
    cookie: { httpOnly: true, sameSite: 'lax', secure: isSecure(ctx.config), path: '/' },
  })
  const middleware: RequestHandler = (req, res, next) => {
    // The configured scheme decides, not a header that a proxy may forget; without it no cookie would be set.
    if (isSecure(ctx.config)) req.headers['x-forwarded-proto'] = 'https'
    made(req, res, next)
  }
  middlewares.set(ctx, middleware)
  return middleware
}

/** Loads the form session of a request outside the pages' router. */
export function loadFormSession(ctx: Ctx, req: Request, res: Response): Promise<void> {
  return new Promise((resolve, reject) => {
    void formSession(ctx)(req, res, (error?: unknown) => (error ? reject(error) : resolve()))
  })
}

/** The token a form or the web client sends back. */
export function csrfToken(req: Request): string {
  return generateToken(req)
}

/** Another token from now on: after signing in or out. */
export function renewCsrfToken(req: Request): string {
  return generateToken(req, true)
}

/**
 * Whether the browser says that another site caused the request. Checked before the token: it needs no state.
 *
 * @see https://developer.mozilla.org/docs/Web/HTTP/Headers/Sec-Fetch-Site
 */
export function isFromElsewhere(config: Config, req: Request): boolean {
  const site = req.get('sec-fetch-site')
  if (site !== undefined) return site === 'cross-site' || site === 'same-site'
  const origin = req.get('origin')
  return origin !== undefined && origin !== config.baseUrl
}

/** @throws ValidationError 422, the request was not made by one of our own pages */
export function requireCsrf(config: Config, req: Request): void {
  if (isFromElsewhere(config, req) || !isRequestValid(req))
    throw new ValidationError("Can't verify CSRF token authenticity.")
}
