import { readReportState } from '@anancus/core/domain/annual-reports'
import { ok } from '../../../http/reply.ts'
import { user, userRoute } from '../../../http/route.ts'
import { yearOf, yearParams } from './year-param.ts'

/** How it stands with the report of a year. */
export const annualReportState = userRoute({
  method: 'get',
  path: '/api/v1/annual_reports/:year/state',
  auth: user('read:accounts'),
  params: yearParams,
  answers: 'AnnualReportState',
  summary: 'Whether the report of a year is there, being made, or could be.',
  async handle({ ctx, viewer, params }) {
    const { state, headers } = await readReportState(ctx, viewer, yearOf(params))
    return ok({ state }, headers)
  },
})
