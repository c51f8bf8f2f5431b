import { markReportRead } from '@anancus/core/domain/annual-reports'
import { done } from '../../../http/reply.ts'
import { user, userRoute } from '../../../http/route.ts'
import { yearOf, yearParams } from './year-param.ts'

/** Notes that a report was looked at. */
export const readAnnualReport = userRoute({
  method: 'post',
  path: '/api/v1/annual_reports/:year/read',
  auth: user('write:accounts'),
  params: yearParams,
  answers: 'empty',
  summary: 'Marks the report of a year as looked at.',
  async handle({ ctx, viewer, params }) {
    await markReportRead(ctx, viewer, yearOf(params))
    return done()
  },
})
