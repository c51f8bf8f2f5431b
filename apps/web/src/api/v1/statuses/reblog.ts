import { reblogStatus } from '@anancus/core/domain/interactions'
import { renderStatus } from '@anancus/core/entities'
import { z } from 'zod'
import { stringParam } from '../../../http/params.ts'
import { ok } from '../../../http/reply.ts'
import { user, userRoute } from '../../../http/route.ts'
import { statusParams } from './status-of.ts'

/** @see https://docs.joinmastodon.org/methods/statuses/#boost */
export const reblog = userRoute({
  method: 'post',
  path: '/api/v1/statuses/:id/reblog',
  auth: user('write:statuses'),
  params: z.object({ ...statusParams.shape, visibility: stringParam }),
  rateLimit: 'statuses',
  summary: 'Reblogs a status; answers with the reblog.',
  answers: 'Status',
  async handle({ ctx, viewer, params }) {
    const wrapper = await reblogStatus(ctx, viewer.account, params, { visibility: params.visibility })
    return ok(await renderStatus(ctx, viewer, wrapper.id))
  },
})
