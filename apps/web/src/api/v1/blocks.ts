import { listBlocks } from '@anancus/core/domain/relationships'
import { z } from 'zod'
import { windowOf, windowParams } from '../../http/params.ts'
import { user, userRoute } from '../../http/route.ts'
import { relationPage } from './relation-page.ts'

/** @see https://docs.joinmastodon.org/methods/blocks/#get */
export const blocks = userRoute({
  method: 'get',
  path: '/api/v1/blocks',
  auth: user('read:blocks', 'follow'),
  params: z.object(windowParams(40, 80)),
  summary: 'Whom the user blocks.',
  answers: ['Account'],
  async handle(call) {
    const window = windowOf({ ...call.params, min_id: undefined })
    return relationPage(call, window, await listBlocks(call.ctx, call.viewer, window))
  },
})
