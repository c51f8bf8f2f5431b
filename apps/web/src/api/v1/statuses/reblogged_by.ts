import { listRebloggers } from '@anancus/core/domain/interactions'
import { z } from 'zod'
import { windowOf, windowParams } from '../../../http/params.ts'
import { optional, route } from '../../../http/route.ts'
import { relationPage } from '../relation-page.ts'
import { lookUp, statusOf, statusParams } from './status-of.ts'

/** @see https://docs.joinmastodon.org/methods/statuses/#boosted_by */
export const rebloggedBy = route({
  method: 'get',
  path: '/api/v1/statuses/:id/reblogged_by',
  auth: optional('read:accounts'),
  params: z.object({ ...statusParams.shape, ...windowParams(40, 80) }),
  cache: 'anonymous',
  lookUp,
  summary: 'Who has reblogged a status.',
  answers: ['Account'],
  async handle(call) {
    const { status } = await statusOf(call)
    const window = windowOf({ ...call.params, min_id: undefined })
    return relationPage(call, window, await listRebloggers(call.ctx, call.viewer, status.id, window))
  },
})
