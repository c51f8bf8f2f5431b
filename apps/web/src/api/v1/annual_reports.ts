import { getReport, listReports } from '@anancus/core/domain/annual-reports'
import { noParams } from '../../http/params.ts'
import { ok } from '../../http/reply.ts'
import { user, userRoute } from '../../http/route.ts'
import { yearOf, yearParams } from './annual_reports/year-param.ts'

/** Yearly reports that were not looked at yet. */
export const annualReports = userRoute({
  method: 'get',
  path: '/api/v1/annual_reports',
  auth: user('read:accounts'),
  params: noParams,
  answers: 'AnnualReportsAnswer',
  summary: 'Yearly reports that were not looked at yet.',
  async handle({ ctx, viewer }) {
    return ok(await listReports(ctx, viewer))
  },
})

/** The report of one year. */
export const showAnnualReport = userRoute({
  method: 'get',
  path: '/api/v1/annual_reports/:year',
  auth: user('read:accounts'),
  params: yearParams,
  answers: 'AnnualReportsAnswer',
  summary: 'The report of a year.',
  async handle({ ctx, viewer, params }) {
    return ok(await getReport(ctx, viewer, yearOf(params)))
  },
})
