import { getAccount, listMemberships } from '@anancus/core/domain/accounts'
import { listJson } from '@anancus/core/entities'
import { z } from 'zod'
import { idParam } from '../../../http/params.ts'
import { ok } from '../../../http/reply.ts'
import { user, userRoute } from '../../../http/route.ts'

/** @see https://docs.joinmastodon.org/methods/accounts/#lists */
export const lists = userRoute({
  method: 'get',
  path: '/api/v1/accounts/:id/lists',
  auth: user('read:lists'),
  params: z.object({ id: idParam }),
  summary: 'The own lists that an account is on.',
  answers: ['List'],
  async handle({ ctx, viewer, params }) {
    const account = await getAccount(ctx, viewer, params.id)
    return ok((await listMemberships(ctx, viewer, account)).map(listJson))
  },
})
