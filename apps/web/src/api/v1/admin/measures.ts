import { MEASURE_KEYS, readMeasures } from '@anancus/core/domain/metrics'
import { z } from 'zod'
import { ok } from '../../../http/reply.ts'
import { adminRoute } from './admin-route.ts'
import { askedMetrics, metricParams } from './metric-params.ts'

/** @see https://docs.joinmastodon.org/methods/admin/measures/#get */
export const adminMeasures = adminRoute({
  method: 'post',
  path: '/api/v1/admin/measures',
  scope: 'admin:read',
  permission: 'view_dashboard',
  params: z.object(metricParams(MEASURE_KEYS)),
  summary: 'What moderators watch, counted by day.',
  answers: ['AdminMeasure'],
  async handle({ ctx, params }) {
    return ok(await readMeasures(ctx, askedMetrics(params)))
  },
})
