import { getAccount } from '@anancus/core/domain/accounts'
import { authorizeFollow } from '@anancus/core/domain/relationships'
import { renderRelationships } from '@anancus/core/entities'
import { NotFoundError } from '@anancus/core/kernel/errors'
import { z } from 'zod'
import { idParam } from '../../../http/params.ts'
import { ok } from '../../../http/reply.ts'
import { user, userRoute } from '../../../http/route.ts'

/**
 * The id is that of the account that asks.
 *
 * @see https://docs.joinmastodon.org/methods/follow_requests/#accept
 */
export const authorize = userRoute({
  method: 'post',
  path: '/api/v1/follow_requests/:account_id/authorize',
  auth: user('write:follows', 'follow'),
  params: z.object({ account_id: idParam }),
  summary: 'Accepts a follow request.',
  answers: 'Relationship',
  async handle({ ctx, viewer, params }) {
    const follower = await getAccount(ctx, viewer, params.account_id)
    if (!(await authorizeFollow(ctx, viewer.account, follower))) throw new NotFoundError()
    const [relationship] = await renderRelationships(ctx, viewer, [follower.id])
    return ok(relationship)
  },
})
