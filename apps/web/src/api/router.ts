import type { Ctx } from '@anancus/core/kernel/context'
import { NotFoundError } from '@anancus/core/kernel/errors'
import express from 'express'
import { mount } from '../http/mount.ts'
import { answerPreflight, setApiHeaders, writeError } from '../http/respond.ts'
import type { Route } from '../http/route.ts'

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD'] as const

/** `/api` and all below it: preflights, the table of routes, and JSON for what is not there. */
export function apiRouter(ctx: Ctx, routes: readonly Route[]): express.Router {
  const router = express.Router({ caseSensitive: true })
  router.options('/api/*path', (req, res) => answerPreflight(req, res, METHODS))
  mount(router, ctx, routes)
  router.all('/api/*path', (req, res) => {
    setApiHeaders(req, res)
    writeError(res, new NotFoundError('Not Found'))
  })
  return router
}
