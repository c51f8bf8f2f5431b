import { sourceOf } from '@anancus/core/domain/statuses'
import { ok } from '../../../http/reply.ts'
import { anyToken, route } from '../../../http/route.ts'
import { lookUp, statusOf, statusParams } from './status-of.ts'

/** @see https://docs.joinmastodon.org/methods/statuses/#source */
export const source = route({
  method: 'get',
  path: '/api/v1/statuses/:id/source',
  auth: anyToken('read:statuses'),
  params: statusParams,
  lookUp,
  summary: 'A status as it was typed.',
  answers: 'StatusSource',
  async handle(call) {
    return ok(sourceOf((await statusOf(call)).status))
  },
})
