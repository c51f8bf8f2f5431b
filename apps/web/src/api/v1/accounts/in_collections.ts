import { getAccount } from '@anancus/core/domain/accounts'
import { listCollectionsFeaturing } from '@anancus/core/domain/collections'
import { z } from 'zod'
import { idParam, limitParam, offsetParam } from '../../../http/params.ts'
import { user, userRoute } from '../../../http/route.ts'
import { collectionsReply } from '../collections/reply.ts'

/** @see https://docs.joinmastodon.org/methods/collections/#in-collections */
export const inCollections = userRoute({
  method: 'get',
  path: '/api/v1/accounts/:id/in_collections',
  auth: user('read:collections'),
  params: z.object({ id: idParam, limit: limitParam(40, 80), offset: offsetParam }),
  summary: 'Collections the user is in.',
  answers: 'CollectionsAnswer',
  async handle(call) {
    const { ctx, viewer, params } = call
    const account = await getAccount(ctx, viewer, params.id)
    return collectionsReply(call, await listCollectionsFeaturing(ctx, viewer, account, params))
  },
})
