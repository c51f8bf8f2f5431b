import { findInvite } from '@anancus/core/domain/invites'
import { openRegistration } from '@anancus/core/domain/users'
import type { Ctx } from '@anancus/core/kernel/context'
import { ForbiddenError, NotFoundError, UnauthenticatedError } from '@anancus/core/kernel/errors'
import type { Request, RequestHandler } from 'express'
import { addressOf } from '../../http/address.ts'
import { wantsJson } from '../../http/negotiate.ts'
import { writeError, writeJson } from '../../http/respond.ts'

const SUFFIX = /\.json$/

/**
 * An invitation as an app asks for it; people get the sign-up form at the same address.
 *
 * @see https://docs.joinmastodon.org/methods/instance/#v2
 */
export function inviteForApps(ctx: Ctx): RequestHandler {
  return async (req, res, next) => {
    const code = String(req.params.code)
    if (!SUFFIX.test(code) && !wantsJson(req)) return next()
    res.setHeader('Cache-Control', 'private, no-store')
    try {
      writeJson(res, await inviteJson(ctx, req, code.replace(SUFFIX, '')))
    } catch (error) {
      writeError(res, error)
    }
  }
}

async function inviteJson(ctx: Ctx, req: Request, code: string) {
  const invitation = await findInvite(ctx, code)
  if (!invitation) throw new NotFoundError()
  if (!invitation.isUsable) throw new UnauthenticatedError('This invite is not valid')
  if (!(await openRegistration(ctx, addressOf(req), code))) throw new ForbiddenError()
  return { invite_code: code, instance_api_url: `${ctx.config.baseUrl}/api/v2/instance` }
}
