import { listFollowRequests } from '@anancus/core/domain/relationships'
import { z } from 'zod'
import { windowOf, windowParams } from '../../http/params.ts'
import { user, userRoute } from '../../http/route.ts'
import { relationPage } from './relation-page.ts'

/** @see https://docs.joinmastodon.org/methods/follow_requests/#get */
export const followRequests = userRoute({
  method: 'get',
  path: '/api/v1/follow_requests',
  auth: user('read:follows', 'follow'),
  params: z.object(windowParams(40, 80)),
  summary: 'Who asks to follow the user.',
  answers: ['Account'],
  async handle(call) {
    const window = windowOf({ ...call.params, min_id: undefined })
    return relationPage(call, window, await listFollowRequests(call.ctx, call.viewer, window))
  },
})
