import type { FullReport } from '@anancus/db/queries/reports'
import { type GraphViewer, loadAdminFacts, loadGraph } from '../graph/index.ts'
import type { Ctx } from '../kernel/context.ts'
import { adminAccountJson, adminReportJson } from './render/admin-account.ts'
import { reportJson } from './render/report.ts'
import type { AdminAccount, AdminReport, Report } from './types/index.ts'

/** A report as its maker sees it. */
export async function renderReport(ctx: Ctx, viewer: GraphViewer, report: FullReport): Promise<Report> {
  return reportJson(await loadGraph(ctx, viewer, { accounts: [report.target_account_id] }), report)
}

/** Loads accounts as moderators see them, in the given order; missing ones are left out. */
export async function renderAdminAccounts(
  ctx: Ctx,
  viewer: GraphViewer,
  accountIds: readonly string[],
): Promise<AdminAccount[]> {
  const graph = await loadGraph(ctx, viewer, { accounts: accountIds })
  const facts = await loadAdminFacts(ctx, { accounts: accountIds })
  return accountIds.filter((id) => graph.accounts.get(id)).map((id) => adminAccountJson(graph, facts, id))
}

/** Loads all that reports are about and shows them to moderators, in the given order. */
export async function renderAdminReports(
  ctx: Ctx,
  viewer: GraphViewer,
  reports: readonly FullReport[],
): Promise<AdminReport[]> {
  const accounts = reports.flatMap(accountIdsOf)
  const evidence = reports.flatMap((report) => report.status_ids)
  const graph = await loadGraph(ctx, viewer, { accounts, evidence })
  const rules = reports.flatMap((report) => report.rule_ids ?? [])
  const facts = await loadAdminFacts(ctx, { accounts, rules })
  return reports.map((report) => adminReportJson(graph, facts, report))
}

function accountIdsOf(report: FullReport): string[] {
  const { account_id, target_account_id, assigned_account_id, action_taken_by_account_id } = report
  return [account_id, target_account_id, assigned_account_id, action_taken_by_account_id].filter(
    (id) => id !== null,
  )
}
