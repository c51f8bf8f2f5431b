import { renderStatusEdits } from '@anancus/core/entities'
import { ok } from '../../../http/reply.ts'
import { optional, route } from '../../../http/route.ts'
import { lookUp, statusOf, statusParams } from './status-of.ts'

/** @see https://docs.joinmastodon.org/methods/statuses/#history */
export const history = route({
  method: 'get',
  path: '/api/v1/statuses/:id/history',
  auth: optional('read:statuses'),
  params: statusParams,
  cache: 'anonymous',
  lookUp,
  summary: 'All versions of a status, oldest first.',
  answers: ['StatusEdit'],
  async handle(call) {
    const { status } = await statusOf(call)
    return ok(await renderStatusEdits(call.ctx, call.viewer, status.id))
  },
})
