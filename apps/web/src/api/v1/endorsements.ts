import { listEndorsements } from '@anancus/core/domain/accounts'
import { renderAccounts } from '@anancus/core/entities'
import { z } from 'zod'
import { cursorsOf, pageReply } from '../../http/pagination.ts'
import { windowOf, windowParams } from '../../http/params.ts'
import { ok } from '../../http/reply.ts'
import { user, userRoute } from '../../http/route.ts'

/** More than anybody endorses: one must follow them. */
const ALL = 100_000

/** @see https://docs.joinmastodon.org/methods/endorsements/#get */
export const ownEndorsements = userRoute({
  method: 'get',
  path: '/api/v1/endorsements',
  auth: user('read:accounts'),
  params: z.object(windowParams(40, 80)),
  summary: 'Accounts the user features; all of them with limit=0.',
  answers: ['Account'],
  async handle(call) {
    const { ctx, viewer, params } = call
    const isAll = params.limit === 0
    const window = windowOf({ ...params, limit: isAll ? ALL : params.limit, min_id: undefined })
    const ids = await listEndorsements(ctx, viewer.account, window)
    const accounts = await renderAccounts(ctx, viewer, ids)
    if (isAll) return ok(accounts)
    return pageReply(call, accounts, {
      window,
      cursors: cursorsOf(ids, (id) => id),
      mode: 'full-page',
      prev: 'since_id',
      count: ids.length,
    })
  },
})
