import { readContext, refreshThread } from '@anancus/core/domain/statuses'
import { renderContext } from '@anancus/core/entities'
import { ok } from '../../../http/reply.ts'
import { optional, route } from '../../../http/route.ts'
import { statusParams } from './status-of.ts'

/** @see https://docs.joinmastodon.org/methods/statuses/#context */
export const context = route({
  method: 'get',
  path: '/api/v1/statuses/:id/context',
  auth: optional('read:statuses'),
  params: statusParams,
  cache: 'anonymous',
  summary: 'What stands above and below a status in its thread.',
  answers: 'Context',
  async handle({ ctx, viewer, params }) {
    const thread = await readContext(ctx, viewer, params.id)
    const headers = await refreshThread(ctx, viewer, params.id)
    return ok(await renderContext(ctx, viewer, thread), headers)
  },
})
