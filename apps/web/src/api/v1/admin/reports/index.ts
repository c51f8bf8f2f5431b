import type { Route } from '../../../../http/route.ts'
import { adminReport, adminReports, updateAdminReport } from '../reports.ts'
import { assignToSelf } from './assign_to_self.ts'
import { reopen } from './reopen.ts'
import { resolve } from './resolve.ts'
import { unassign } from './unassign.ts'

/** `/api/v1/admin/reports` and all below it. */
export const adminReportRoutes: readonly Route[] = [
  adminReports,
  adminReport,
  updateAdminReport,
  assignToSelf,
  unassign,
  resolve,
  reopen,
]
