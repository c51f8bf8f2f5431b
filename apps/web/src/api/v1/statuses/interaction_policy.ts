import { changeQuotePolicy } from '@anancus/core/domain/statuses'
import { renderStatus } from '@anancus/core/entities'
import { z } from 'zod'
import { stringParam } from '../../../http/params.ts'
import { ok } from '../../../http/reply.ts'
import { user, userRoute } from '../../../http/route.ts'
import { lookUp, statusOf, statusParams } from './status-of.ts'

/** @see https://docs.joinmastodon.org/methods/statuses/#edit_interaction_policy */
export const interactionPolicy = userRoute({
  method: 'put',
  path: '/api/v1/statuses/:id/interaction_policy',
  auth: user('write:statuses'),
  params: z.object({ ...statusParams.shape, quote_approval_policy: stringParam }),
  lookUp,
  summary: 'Says who may quote an own status.',
  answers: 'Status',
  async handle(call) {
    const { ctx, viewer, params } = call
    const { status } = await statusOf(call)
    await changeQuotePolicy(ctx, viewer.account, status, params.quote_approval_policy, viewer)
    return ok(await renderStatus(ctx, viewer, status.id))
  },
})
