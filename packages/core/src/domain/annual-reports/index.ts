export { generateReport, type ReportState, readReportState, requestReport } from './generate-report.ts'
export { getReport, getSharedReport, listReports, markReportRead } from './reads.ts'
