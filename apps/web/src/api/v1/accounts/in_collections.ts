import { getAccount } from '@anancus/core/domain/accounts'
import { listCollectionsFeaturing } from '@anancus/core/domain/collections'
import { UserRequiredError } from '@anancus/core/kernel/errors'
import { z } from 'zod'
import { idParam, limitParam, offsetParam } from '../../../http/params.ts'
import { optional, route } from '../../../http/route.ts'
import { collectionsReply } from '../collections/reply.ts'

/**
 * For a user, but without any token it answers as to an application, 422: so Mastodon does here.
 *
 * @see https://docs.joinmastodon.org/methods/collections/#in-collections
 */
export const inCollections = route({
  method: 'get',
  path: '/api/v1/accounts/:id/in_collections',
  auth: optional('read:collections'),
  params: z.object({ id: idParam, limit: limitParam(40, 80), offset: offsetParam }),
  summary: 'Collections the user is in.',
  answers: 'CollectionsAnswer',
  async handle(call) {
    const { ctx, viewer, params } = call
    if (!viewer) throw new UserRequiredError()
    const account = await getAccount(ctx, viewer, params.id)
    return collectionsReply(call, await listCollectionsFeaturing(ctx, viewer, account, params))
  },
})
