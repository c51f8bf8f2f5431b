import { DIMENSION_KEYS, readDimensions } from '@anancus/core/domain/metrics'
import { z } from 'zod'
import { arrayParam, integerParam, stringParam } from '../../../http/params.ts'
import { ok } from '../../../http/reply.ts'
import { adminRoute } from './admin-route.ts'
import { metricParams, metricParamsOf } from './metric-params.ts'

/** @see https://docs.joinmastodon.org/methods/admin/dimensions/#get */
export const adminDimensions = adminRoute({
  method: 'post',
  path: '/api/v1/admin/dimensions',
  scope: 'admin:read',
  permission: 'view_dashboard',
  params: z.object({
    keys: arrayParam({ wrap: true }),
    start_at: stringParam,
    end_at: stringParam,
    limit: integerParam,
    ...metricParams(DIMENSION_KEYS),
  }),
  summary: 'What moderators watch, ranked.',
  answers: ['AdminDimension'],
  async handle({ ctx, params }) {
    return ok(
      await readDimensions(ctx, {
        keys: params.keys ?? [],
        startAt: params.start_at,
        endAt: params.end_at,
        limit: params.limit,
        params: metricParamsOf(params),
      }),
    )
  },
})
