import { getAccount, getAccounts } from '@anancus/core/domain/accounts'
import { renderAccount, renderAccounts } from '@anancus/core/entities'
import { z } from 'zod'
import { idParam, idsParam } from '../../http/params.ts'
import { ok } from '../../http/reply.ts'
import { optional, route } from '../../http/route.ts'

/** @see https://docs.joinmastodon.org/methods/accounts/#index */
export const listAccounts = route({
  method: 'get',
  path: '/api/v1/accounts',
  auth: optional('read:accounts'),
  params: z.object({ id: idsParam() }),
  summary: 'Accounts by their ids, at most 40.',
  answers: ['Account'],
  async handle({ ctx, viewer, params }) {
    const accounts = await getAccounts(ctx, viewer, params.id ?? [])
    return ok(
      await renderAccounts(
        ctx,
        viewer,
        accounts.map((account) => account.id),
      ),
    )
  },
})

/** @see https://docs.joinmastodon.org/methods/accounts/#get */
export const showAccount = route({
  method: 'get',
  path: '/api/v1/accounts/:id',
  auth: optional('read:accounts'),
  params: z.object({ id: idParam }),
  cache: 'anonymous',
  summary: 'An account.',
  answers: 'Account',
  async handle({ ctx, viewer, params }) {
    const account = await getAccount(ctx, viewer, params.id)
    return ok(await renderAccount(ctx, viewer, account.id))
  },
})
