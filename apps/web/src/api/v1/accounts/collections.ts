import { getAccount } from '@anancus/core/domain/accounts'
import { listCollections } from '@anancus/core/domain/collections'
import { z } from 'zod'
import { idParam, limitParam, offsetParam } from '../../../http/params.ts'
import { optional, route } from '../../../http/route.ts'
import { collectionsReply } from '../collections/reply.ts'

/** @see https://docs.joinmastodon.org/methods/collections/#account-collections */
export const accountCollections = route({
  method: 'get',
  path: '/api/v1/accounts/:id/collections',
  auth: optional('read:collections'),
  params: z.object({ id: idParam, limit: limitParam(40, 100), offset: offsetParam }),
  cache: 'anonymous',
  summary: 'Collections an account made, newest first.',
  answers: 'CollectionsAnswer',
  async handle(call) {
    const { ctx, viewer, params } = call
    const account = await getAccount(ctx, viewer, params.id)
    return collectionsReply(call, await listCollections(ctx, viewer, account, params))
  },
})
