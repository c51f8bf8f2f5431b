import { getAccount } from '@anancus/core/domain/accounts'
import { listFollowers } from '@anancus/core/domain/relationships'
import { z } from 'zod'
import { idParam, windowOf, windowParams } from '../../../http/params.ts'
import { optional, route } from '../../../http/route.ts'
import { relationPage } from '../relation-page.ts'

/** @see https://docs.joinmastodon.org/methods/accounts/#followers */
export const followers = route({
  method: 'get',
  path: '/api/v1/accounts/:id/followers',
  auth: optional('read:accounts'),
  params: z.object({ id: idParam, ...windowParams(40, 80) }),
  cache: 'anonymous',
  summary: 'Who follows an account.',
  answers: ['Account'],
  async handle(call) {
    const { ctx, viewer, params } = call
    const account = await getAccount(ctx, viewer, params.id)
    const window = windowOf({ ...params, min_id: undefined })
    return relationPage(call, window, await listFollowers(ctx, viewer, account, window))
  },
})
