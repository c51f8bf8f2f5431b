import { searchAccounts } from '@anancus/core/domain/search'
import { renderAccounts } from '@anancus/core/entities'
import { z } from 'zod'
import { flagParam, limitParam, offsetParam, stringParam } from '../../../http/params.ts'
import { ok } from '../../../http/reply.ts'
import { user, userRoute } from '../../../http/route.ts'

/** @see https://docs.joinmastodon.org/methods/accounts/#search */
export const search = userRoute({
  method: 'get',
  path: '/api/v1/accounts/search',
  auth: user('read:accounts'),
  params: z.object({
    q: stringParam,
    limit: limitParam(40, 80),
    offset: offsetParam,
    resolve: flagParam(false),
    following: flagParam(false),
  }),
  summary: 'Accounts by name or handle.',
  answers: ['Account'],
  async handle({ ctx, viewer, params }) {
    const ids = await searchAccounts(ctx, viewer, { ...params, q: params.q ?? '' })
    return ok(await renderAccounts(ctx, viewer, ids))
  },
})
