import { nameOf, REPORT_CATEGORIES, type ReportRow } from '@anancus/db'
import {
  type FullReport,
  insertReportNote,
  type ReportChange,
  updateReport,
} from '@anancus/db/queries/reports'
import type { Ctx } from '../../kernel/context.ts'
import { ValidationError } from '../../kernel/errors.ts'
import { transaction } from '../../kernel/transaction.ts'
import type { Viewer } from '../../kernel/viewer.ts'
import { requirePermission } from './may.ts'
import { checkRules } from './cite.ts'
import { checkCategory } from './file-report.ts'
import { MAX_NOTE } from './limits.ts'
import { logAction } from './log-action.ts'
import { getReport } from './read-reports.ts'

/** Changes a report and says so in the audit log; the report as it is then. */
async function change(
  ctx: Ctx,
  viewer: Viewer,
  id: string,
  action: string,
  values: ReportChange,
): Promise<FullReport> {
  requirePermission(viewer, 'manage_reports')
  return transaction(ctx, async (tx) => {
    await getReport(tx, id)
    await updateReport(tx.db, id, values)
    await logReport(tx, viewer, action, { id })
    return getReport(tx, id)
  })
}

function logReport(tx: Ctx, viewer: Viewer, action: string, report: Pick<ReportRow, 'id'>): Promise<void> {
  return logAction(tx, viewer, action, { type: 'Report', id: report.id, humanIdentifier: report.id })
}

/** Takes a report on. @throws NotFoundError @throws ForbiddenError */
export function assignReport(ctx: Ctx, viewer: Viewer, id: string): Promise<FullReport> {
  return change(ctx, viewer, id, 'assigned_to_self', { assigned_account_id: viewer.account.id })
}

export function unassignReport(ctx: Ctx, viewer: Viewer, id: string): Promise<FullReport> {
  return change(ctx, viewer, id, 'unassigned', { assigned_account_id: null })
}

/** Says that a report is dealt with. */
export function resolveReport(ctx: Ctx, viewer: Viewer, id: string): Promise<FullReport> {
  return change(ctx, viewer, id, 'resolve', resolution(ctx, viewer))
}

export function reopenReport(ctx: Ctx, viewer: Viewer, id: string): Promise<FullReport> {
  return change(ctx, viewer, id, 'reopen', { action_taken_at: null, action_taken_by_account_id: null })
}

function resolution(ctx: Ctx, viewer: Viewer): ReportChange {
  return { action_taken_at: ctx.clock.now(), action_taken_by_account_id: viewer.account.id }
}

/**
 * Resolves reports as part of an action against their target.
 *
 * @throws ForbiddenError the viewer does not look after reports
 */
export async function resolveReports(
  tx: Ctx,
  viewer: Viewer,
  reports: readonly Pick<ReportRow, 'id'>[],
): Promise<void> {
  if (reports.length > 0) requirePermission(viewer, 'manage_reports')
  for (const report of reports) {
    await updateReport(tx.db, report.id, resolution(tx, viewer))
    await logReport(tx, viewer, 'resolve', report)
  }
}

/**
 * Files a report under another category.
 *
 * @throws ValidationError unknown category, rules that are none, rules without a violation
 */
export async function recategorizeReport(
  ctx: Ctx,
  viewer: Viewer,
  id: string,
  changes: { category?: string | undefined; ruleIds?: readonly string[] | undefined },
): Promise<FullReport> {
  requirePermission(viewer, 'manage_reports')
  const report = await getReport(ctx, id)
  if (changes.category === undefined && changes.ruleIds === undefined) return report
  const category = checkCategory(changes.category ?? nameOf(REPORT_CATEGORIES, report.category))
  const ruleIds = changes.ruleIds === undefined ? report.rule_ids : changes.ruleIds
  await checkRules(ctx, category, ruleIds)
  return change(ctx, viewer, id, 'update', {
    category: REPORT_CATEGORIES[category],
    rule_ids: ruleIds === null ? null : [...ruleIds],
  })
}

/** Keeps what a moderator thinks of a report. @throws ValidationError blank or too long */
export async function noteReport(ctx: Ctx, viewer: Viewer, id: string, content: string): Promise<void> {
  requirePermission(viewer, 'manage_reports')
  const { id: reportId } = await getReport(ctx, id)
  await insertReportNote(ctx.db, reportId, viewer.account.id, checkNote(content))
}

/** @throws ValidationError */
export function checkNote(content: string): string {
  if (content.trim() === '') throw ValidationError.failed("Content can't be blank")
  if (content.length > MAX_NOTE)
    throw ValidationError.failed(`Content is too long (maximum is ${MAX_NOTE} characters)`)
  return content
}
