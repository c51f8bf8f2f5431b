import type { VisibleStatus } from '@anancus/core/domain/statuses'
import { renderStatus } from '@anancus/core/entities'
import type { StatusRow } from '@anancus/db'
import type { z } from 'zod'
import { ok } from '../../../http/reply.ts'
import { type Route, type UserCall, user, userRoute } from '../../../http/route.ts'
import { lookUp, statusOf, statusParams } from './status-of.ts'

type Params = z.output<typeof statusParams>

/**
 * A route `POST /api/v1/statuses/:id/<verb>`: looks the status up before it asks for a token, does something to it and
 * answers with the status after it.
 */
export function actRoute(definition: {
  verb: string
  scope: string
  summary: string
  act(call: UserCall<Params>, found: VisibleStatus): Promise<unknown>
}): Route {
  return userRoute({
    method: 'post',
    path: `/api/v1/statuses/:id/${definition.verb}`,
    auth: user(definition.scope),
    params: statusParams,
    lookUp,
    summary: definition.summary,
    answers: 'Status',
    async handle(call) {
      const found = await statusOf(call)
      await definition.act(call, found)
      return ok(await renderStatus(call.ctx, call.viewer, found.status.id))
    },
  })
}

/**
 * A route that undoes: it does so also for who has lost sight of the status meanwhile, but then says nothing of it.
 */
export function undoRoute(definition: {
  verb: string
  scope: string
  summary: string
  rateLimit?: Route['rateLimit']
  undo(call: UserCall<Params>, status: Pick<StatusRow, 'id'>): Promise<unknown>
}): Route {
  return userRoute({
    method: 'post',
    path: `/api/v1/statuses/:id/${definition.verb}`,
    auth: user(definition.scope),
    params: statusParams,
    ...(definition.rateLimit ? { rateLimit: definition.rateLimit } : {}),
    summary: definition.summary,
    answers: 'Status',
    async handle(call) {
      await definition.undo(call, call.params)
      const { status } = await statusOf(call)
      return ok(await renderStatus(call.ctx, call.viewer, status.id))
    },
  })
}
