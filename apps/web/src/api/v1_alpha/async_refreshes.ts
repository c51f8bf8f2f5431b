import { readAsyncRefresh } from '@anancus/core/domain/timelines'
import { z } from 'zod'
import { stringParam } from '../../http/params.ts'
import { ok } from '../../http/reply.ts'
import { user, userRoute } from '../../http/route.ts'

/** @see https://docs.joinmastodon.org/methods/async_refreshes/ */
export const showAsyncRefresh = userRoute({
  method: 'get',
  path: '/api/v1_alpha/async_refreshes/:id',
  auth: user('read'),
  params: z.object({ id: stringParam }),
  summary: 'How far a job has come that fills an earlier answer.',
  answers: 'AsyncRefreshAnswer',
  async handle({ ctx, viewer, params }) {
    return ok({ async_refresh: await readAsyncRefresh(ctx, viewer, params.id ?? '') })
  },
})
