import { MEASURE_KEYS, readMeasures } from '@anancus/core/domain/metrics'
import { z } from 'zod'
import { arrayParam, stringParam } from '../../../http/params.ts'
import { ok } from '../../../http/reply.ts'
import { adminRoute } from './admin-route.ts'
import { metricParams, metricParamsOf } from './metric-params.ts'

/** @see https://docs.joinmastodon.org/methods/admin/measures/#get */
export const adminMeasures = adminRoute({
  method: 'post',
  path: '/api/v1/admin/measures',
  scope: 'admin:read',
  permission: 'view_dashboard',
  params: z.object({
    keys: arrayParam({ wrap: true }),
    start_at: stringParam,
    end_at: stringParam,
    ...metricParams(MEASURE_KEYS),
  }),
  summary: 'What moderators watch, counted by day.',
  answers: ['AdminMeasure'],
  async handle({ ctx, params }) {
    return ok(
      await readMeasures(ctx, {
        keys: params.keys ?? [],
        startAt: params.start_at,
        endAt: params.end_at,
        params: metricParamsOf(params),
      }),
    )
  },
})
