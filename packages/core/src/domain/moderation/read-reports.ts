import type { Window } from '@anancus/db'
import { type FullReport, reportById, reportPage } from '@anancus/db/queries/reports'
import type { Ctx } from '../../kernel/context.ts'
import { NotFoundError } from '../../kernel/errors.ts'

export interface ReportFilters {
  resolved?: boolean | undefined
  unresolved?: boolean | undefined
  accountId?: string | undefined
  targetAccountId?: string | undefined
}

/**
 * Reports, newest first: those that wait, unless `resolved` asks for the others; with both, all. One statement.
 *
 * @see https://docs.joinmastodon.org/methods/admin/reports/#get
 */
export async function listReports(ctx: Ctx, window: Window, filters: ReportFilters): Promise<FullReport[]> {
  return reportPage(ctx.db, window, {
    resolved: filters.resolved && filters.unresolved ? null : (filters.resolved ?? false),
    accountId: filters.accountId ?? null,
    targetAccountId: filters.targetAccountId ?? null,
  })
}

/** @throws NotFoundError */
export async function getReport(ctx: Ctx, id: string): Promise<FullReport> {
  const report = await reportById(ctx.db, id)
  if (!report) throw new NotFoundError()
  return report
}
