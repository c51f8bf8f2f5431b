import { timingSafeEqual } from 'node:crypto'
import type { GeneratedAnnualReportRow } from '@anancus/db'
import { localAccountByUsername } from '@anancus/db/queries/accounts'
import { annualReportOf, markReportViewed, unreadAnnualReports } from '@anancus/db/queries/annual-reports'
import { accountJson, annualReportJson, statusesJson } from '../../entities/index.ts'
import type { AnnualReportData, AnnualReportsAnswer } from '../../entities/types/index.ts'
import { type GraphViewer, loadGraph } from '../../graph/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { NotFoundError } from '../../kernel/errors.ts'
import type { Viewer } from '../../kernel/viewer.ts'

/** Reports that the viewer has not looked at, with what they name. */
export async function listReports(ctx: Ctx, viewer: Viewer): Promise<AnnualReportsAnswer> {
  return renderReports(ctx, viewer, await unreadAnnualReports(ctx.db, viewer.account.id))
}

/** The report of a year, with what it names. @throws NotFoundError */
export async function getReport(ctx: Ctx, viewer: Viewer, year: number): Promise<AnnualReportsAnswer> {
  return renderReports(ctx, viewer, [await ownReport(ctx, viewer, year)])
}

/** Notes that the viewer has looked at a report. @throws NotFoundError */
export async function markReportRead(ctx: Ctx, viewer: Viewer, year: number): Promise<void> {
  const report = await ownReport(ctx, viewer, year)
  await markReportViewed(ctx.db, report.id, ctx.clock.now())
}

async function ownReport(ctx: Ctx, viewer: Viewer, year: number): Promise<GeneratedAnnualReportRow> {
  const report = await annualReportOf(ctx.db, viewer.account.id, year)
  if (!report) throw new NotFoundError()
  return report
}

/** A report that its owner shares by its address. @throws NotFoundError another key, or no such report */
export async function getSharedReport(
  ctx: Ctx,
  username: string,
  year: number,
  key: string,
): Promise<AnnualReportsAnswer> {
  const account = await localAccountByUsername(ctx.db, username)
  const report = account && (await annualReportOf(ctx.db, account.id, year))
  if (!report || account.suspended_at !== null || !isKeyOf(report, key)) throw new NotFoundError()
  return renderReports(ctx, null, [report])
}

function isKeyOf({ share_key: expected }: GeneratedAnnualReportRow, key: string): boolean {
  const [left, right] = [Buffer.from(key), Buffer.from(expected ?? '')]
  return right.length > 0 && left.length === right.length && timingSafeEqual(left, right)
}

async function renderReports(
  ctx: Ctx,
  viewer: GraphViewer | null,
  rows: readonly GeneratedAnnualReportRow[],
): Promise<AnnualReportsAnswer> {
  const accounts = [...new Set(rows.map((row) => row.account_id))]
  const statuses = rows.flatMap((row) => statusIdsOf(row.data as AnnualReportData))
  const graph = await loadGraph(ctx, viewer, { accounts, statuses })
  return {
    annual_reports: rows.map((row) => annualReportJson(graph, row)),
    accounts: accounts.filter((id) => graph.accounts.get(id)).map((id) => accountJson(graph, id)),
    statuses: statusesJson(graph, statuses),
  }
}

function statusIdsOf({ top_statuses: top }: AnnualReportData): string[] {
  return [...new Set([top.by_reblogs, top.by_favourites, top.by_replies])].filter((id) => id !== null)
}
