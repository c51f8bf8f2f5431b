import { rejectAccount } from '@anancus/core/domain/moderation'
import { z } from 'zod'
import { idParam } from '../../../../http/params.ts'
import { done } from '../../../../http/reply.ts'
import { adminRoute } from '../admin-route.ts'

/** @see https://docs.joinmastodon.org/methods/admin/accounts/#reject */
export const reject = adminRoute({
  method: 'post',
  path: '/api/v1/admin/accounts/:id/reject',
  scope: 'admin:write:accounts',
  permission: 'manage_users',
  params: z.object({ id: idParam }),
  answers: 'empty',
  summary: 'Turns away somebody who waits, and deletes the account.',
  async handle({ ctx, viewer, params }) {
    await rejectAccount(ctx, viewer, params.id)
    return done()
  },
})
