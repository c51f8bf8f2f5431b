import { getAccount, listEndorsements } from '@anancus/core/domain/accounts'
import { renderAccounts } from '@anancus/core/entities'
import { z } from 'zod'
import { cursorsOf, pageReply } from '../../../http/pagination.ts'
import { idParam, windowOf, windowParams } from '../../../http/params.ts'
import { ok } from '../../../http/reply.ts'
import { optional, route } from '../../../http/route.ts'

/** @see https://docs.joinmastodon.org/methods/accounts/#endorsements */
export const endorsements = route({
  method: 'get',
  path: '/api/v1/accounts/:id/endorsements',
  auth: optional('read:accounts'),
  params: z.object({ id: idParam, ...windowParams(40, 80) }),
  cache: 'anonymous',
  summary: 'Accounts an account features.',
  answers: ['Account'],
  async handle(call) {
    const { ctx, viewer, params } = call
    const account = await getAccount(ctx, viewer, params.id)
    if (account.suspended_at !== null) return ok([])
    const window = windowOf({ ...params, min_id: undefined })
    const ids = await listEndorsements(ctx, account, window)
    return pageReply(call, await renderAccounts(ctx, viewer, ids), {
      window,
      cursors: cursorsOf(ids, (id) => id),
      mode: 'full-page',
      prev: 'since_id',
      count: ids.length,
    })
  },
})
