import { nameOf, REPORT_CATEGORIES } from '@anancus/db'
import type { FullReport } from '@anancus/db/queries/reports'
import type { Graph } from '../../graph/index.ts'
import type { Report } from '../types/index.ts'
import { accountJson } from './account.ts'
import { toIso } from './dates.ts'

/**
 * A report as its maker sees it, and in notifications of the staff. The graph holds the account it is about.
 *
 * @see https://docs.joinmastodon.org/entities/Report/
 */
export function reportJson(graph: Graph, report: FullReport): Report {
  return {
    ...reportBase(report),
    status_ids: report.status_ids,
    rule_ids: report.rule_ids,
    collection_ids: report.collection_ids,
    target_account: accountJson(graph, report.target_account_id),
  }
}

/** What reports tell in either form. */
export function reportBase(report: FullReport) {
  return {
    id: report.id,
    action_taken: report.action_taken_at !== null,
    action_taken_at: report.action_taken_at === null ? null : toIso(report.action_taken_at),
    category: nameOf(REPORT_CATEGORIES, report.category),
    comment: report.comment,
    forwarded: report.forwarded ?? false,
    created_at: toIso(report.created_at),
  }
}
