import { readRetention } from '@anancus/core/domain/metrics'
import { z } from 'zod'
import { required, stringParam } from '../../../http/params.ts'
import { ok } from '../../../http/reply.ts'
import { adminRoute } from './admin-route.ts'

/** @see https://docs.joinmastodon.org/methods/admin/retention/#create */
export const adminRetention = adminRoute({
  method: 'post',
  path: '/api/v1/admin/retention',
  scope: 'admin:read',
  permission: 'view_dashboard',
  params: z.object({
    start_at: required(stringParam),
    end_at: required(stringParam),
    frequency: stringParam,
  }),
  summary: 'How many newcomers of a day or a month came back.',
  answers: ['AdminCohort'],
  async handle({ ctx, params }) {
    const { start_at: startAt, end_at: endAt, frequency } = params
    return ok(await readRetention(ctx, { startAt, endAt, frequency }))
  },
})
