import { revokeQuote } from '@anancus/core/domain/statuses'
import { renderStatus } from '@anancus/core/entities'
import { z } from 'zod'
import { idParam } from '../../../../http/params.ts'
import { ok } from '../../../../http/reply.ts'
import { user, userRoute } from '../../../../http/route.ts'
import { lookUp, statusOf, statusParams } from '../status-of.ts'

/** @see https://docs.joinmastodon.org/methods/statuses/#revoke_quote */
export const revokeQuoteRoute = userRoute({
  method: 'post',
  path: '/api/v1/statuses/:id/quotes/:quoting_status_id/revoke',
  auth: user('write:statuses'),
  params: z.object({ ...statusParams.shape, quoting_status_id: idParam }),
  lookUp,
  summary: 'Takes back that an own status may be quoted in another.',
  answers: 'Status',
  async handle(call) {
    const { ctx, viewer, params } = call
    const { status } = await statusOf(call)
    const quotingId = await revokeQuote(ctx, viewer, status, params.quoting_status_id)
    return ok(await renderStatus(ctx, viewer, quotingId))
  },
})
