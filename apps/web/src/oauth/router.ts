import type { Ctx } from '@anancus/core/kernel/context'
import express from 'express'
import { mount } from '../http/mount.ts'
import { answerPreflight } from '../http/respond.ts'
import { introspect } from './introspect.ts'
import { metadata } from './metadata.ts'
import { revoke } from './revoke.ts'
import { token } from './token.ts'
import { tokenInfo } from './token-info.ts'
import { userinfo, userinfoByPost } from './userinfo.ts'

export const oauthRoutes = [token, revoke, introspect, tokenInfo, userinfo, userinfoByPost, metadata]

/** The endpoints machines talk to. The pages people see are in `pages/oauth`. */
export function oauthRouter(ctx: Ctx): express.Router {
  const router = express.Router({ caseSensitive: true })
  router.options(['/oauth/token', '/oauth/revoke'], (req, res) => answerPreflight(req, res, ['POST']))
  router.options('/oauth/userinfo', (req, res) => answerPreflight(req, res, ['GET', 'POST']))
  router.options('/.well-known/oauth-authorization-server', (req, res) => answerPreflight(req, res, ['GET']))
  mount(router, ctx, oauthRoutes)
  router.get('/.well-known/change-password', (_req, res) => res.redirect('/auth/edit'))
  return router
}
