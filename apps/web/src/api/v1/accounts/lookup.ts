import { lookupAccount } from '@anancus/core/domain/accounts'
import { renderAccount } from '@anancus/core/entities'
import { z } from 'zod'
import { required, stringParam } from '../../../http/params.ts'
import { ok } from '../../../http/reply.ts'
import { optional, route } from '../../../http/route.ts'

/** @see https://docs.joinmastodon.org/methods/accounts/#lookup */
export const lookup = route({
  method: 'get',
  path: '/api/v1/accounts/lookup',
  auth: optional('read:accounts'),
  params: z.object({ acct: required(stringParam) }),
  cache: 'anonymous',
  summary: 'A known account by its handle.',
  answers: 'Account',
  async handle({ ctx, viewer, params }) {
    const account = await lookupAccount(ctx, viewer, params.acct ?? '')
    return ok(await renderAccount(ctx, viewer, account.id))
  },
})
