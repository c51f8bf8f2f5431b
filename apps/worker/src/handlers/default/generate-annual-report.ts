import { generateReport } from '@anancus/core/domain/annual-reports'
import type { generateAnnualReportJob } from '@anancus/core/jobs'
import type { Handler } from '../handler.ts'

export const handle: Handler<typeof generateAnnualReportJob> = async (ctx, payload) => {
  await generateReport(ctx, payload)
}
