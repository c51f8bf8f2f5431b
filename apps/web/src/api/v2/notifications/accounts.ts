import { listGroupAccounts } from '@anancus/core/domain/notifications'
import { renderAccounts } from '@anancus/core/entities'
import { z } from 'zod'
import { cursorsOf, pageReply } from '../../../http/pagination.ts'
import { stringParam, windowOf, windowParams } from '../../../http/params.ts'
import { user, userRoute } from '../../../http/route.ts'

/** @see https://docs.joinmastodon.org/methods/grouped_notifications/#get-group-accounts */
export const groupAccounts = userRoute({
  method: 'get',
  path: '/api/v2/notifications/:group_key/accounts',
  auth: user('read:notifications'),
  params: z.object({ group_key: stringParam, ...windowParams(40, 80) }),
  summary: 'Who is behind a group of notifications.',
  answers: ['Account'],
  async handle(call) {
    const { ctx, viewer, params } = call
    const window = windowOf({ ...params, min_id: undefined })
    const members = await listGroupAccounts(ctx, viewer, params.group_key ?? '', window)
    const accounts = await renderAccounts(
      ctx,
      viewer,
      members.map((member) => member.account_id),
    )
    return pageReply(call, accounts, {
      window,
      cursors: cursorsOf(members, (member) => member.id),
      mode: 'full-page',
      prev: 'min_id',
      count: members.length,
    })
  },
})
