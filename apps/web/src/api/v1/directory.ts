import { readDirectory } from '@anancus/core/domain/accounts'
import { renderAccounts } from '@anancus/core/entities'
import { z } from 'zod'
import { booleanParam, limitParam, offsetParam, wordParam } from '../../http/params.ts'
import { ok } from '../../http/reply.ts'
import { optional, route } from '../../http/route.ts'

/** @see https://docs.joinmastodon.org/methods/directory/#get */
export const directory = route({
  method: 'get',
  path: '/api/v1/directory',
  auth: optional(),
  params: z.object({
    limit: limitParam(40, 80),
    offset: offsetParam,
    order: wordParam('active', 'new'),
    local: booleanParam,
  }),
  summary: 'Accounts that want to be found.',
  answers: ['Account'],
  cache: 'anonymous',
  async handle({ ctx, viewer, params }) {
    const { limit, offset, order = 'active', local: isLocalOnly = false } = params
    const ids = await readDirectory(ctx, viewer, { limit, offset, order, isLocalOnly })
    return ok(await renderAccounts(ctx, viewer, ids))
  },
})
