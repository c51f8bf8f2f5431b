import { findAccounts } from '@anancus/core/domain/accounts'
import { renderRelationships } from '@anancus/core/entities'
import { z } from 'zod'
import { flagParam, idsParam } from '../../../http/params.ts'
import { ok } from '../../../http/reply.ts'
import { user, userRoute } from '../../../http/route.ts'

/** @see https://docs.joinmastodon.org/methods/accounts/#relationships */
export const listRelationships = userRoute({
  method: 'get',
  path: '/api/v1/accounts/relationships',
  auth: user('read:follows'),
  params: z.object({ id: idsParam({ wrap: true }), with_suspended: flagParam(false) }),
  summary: 'What stands between the user and accounts.',
  answers: ['Relationship'],
  async handle({ ctx, viewer, params }) {
    const accounts = await findAccounts(ctx, params.id ?? [])
    const shown = accounts.filter((account) => params.with_suspended || account.suspended_at === null)
    return ok(
      await renderRelationships(
        ctx,
        viewer,
        shown.map((account) => account.id),
      ),
    )
  },
})
