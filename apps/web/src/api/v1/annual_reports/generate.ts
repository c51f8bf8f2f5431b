import { requestReport } from '@anancus/core/domain/annual-reports'
import { done } from '../../../http/reply.ts'
import { user, userRoute } from '../../../http/route.ts'
import { yearOf, yearParams } from './year-param.ts'

/** Has a report made while its campaign runs. */
export const generateAnnualReport = userRoute({
  method: 'post',
  path: '/api/v1/annual_reports/:year/generate',
  auth: user('write:accounts'),
  params: yearParams,
  answers: 'empty',
  alsoAnswers: { 202: 'nothing' },
  summary: 'Has the report of this year made, in December.',
  async handle({ ctx, viewer, params }) {
    const headers = await requestReport(ctx, viewer, yearOf(params))
    return headers ? { kind: 'empty', status: 202, headers } : done()
  },
})
