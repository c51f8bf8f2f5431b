import { DIMENSION_KEYS, readDimensions } from '@anancus/core/domain/metrics'
import { z } from 'zod'
import { integerParam } from '../../../http/params.ts'
import { ok } from '../../../http/reply.ts'
import { adminRoute } from './admin-route.ts'
import { askedMetrics, metricParams } from './metric-params.ts'

/** @see https://docs.joinmastodon.org/methods/admin/dimensions/#get */
export const adminDimensions = adminRoute({
  method: 'post',
  path: '/api/v1/admin/dimensions',
  scope: 'admin:read',
  permission: 'view_dashboard',
  params: z.object({ ...metricParams(DIMENSION_KEYS), limit: integerParam }),
  summary: 'What moderators watch, ranked.',
  answers: ['AdminDimension'],
  async handle({ ctx, params }) {
    return ok(await readDimensions(ctx, { ...askedMetrics(params), limit: params.limit }))
  },
})
