import { callbackify } from 'node:util'
import { type SignInResult, verifyPassword } from '@anancus/core/domain/users'
import type { Ctx } from '@anancus/core/kernel/context'
import type { Request } from 'express'
import passport from 'passport'
import { type IStrategyOptionsWithRequest, Strategy as LocalStrategy } from 'passport-local'
import { addressOf } from '../../http/address.ts'
import { treeOf } from '../../http/pagination.ts'

const authenticators = new WeakMap<object, passport.Authenticator>()
const FIELDS: IStrategyOptionsWithRequest = {
  usernameField: 'user[email]',
  passwordField: 'user[password]',
  passReqToCallback: true,
  session: false,
}

/**
 * The ways to sign in. Password is one strategy; single sign-on adds its own here. Sessions are ours: passport only
 * finds out who it is.
 */
function authenticatorOf(ctx: Ctx): passport.Authenticator {
  const known = authenticators.get(ctx.config)
  if (known) return known
  const made = new passport.Passport()
  made.use(
    new LocalStrategy(FIELDS, (req, email, password, done) => {
      const visitor = { ip: addressOf(req), userAgent: req.get('user-agent') ?? '' }
      callbackify(() => verifyPassword(ctx, { email, password }, visitor))((error, result) =>
        done(error, result as unknown as Express.User),
      )
    }),
  )
  authenticators.set(ctx.config, made)
  return made
}

/** Asks the password strategy about a sign-in form. */
export function authenticateByPassword(ctx: Ctx, req: Request): Promise<SignInResult> {
  req.body = treeOf(req)
  return new Promise((resolve, reject) => {
    const middleware = authenticatorOf(ctx).authenticate(
      'local',
      { session: false },
      (error: unknown, result: unknown) => {
        if (error) reject(error)
        else resolve(result ? (result as SignInResult) : { ok: false, reason: 'invalid' })
      },
    ) as (req: Request, res: unknown, next: (error?: unknown) => void) => void
    middleware(req, req.res, (error) => reject(error))
  })
}
