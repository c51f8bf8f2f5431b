import { type AccountRow, REPORT_CATEGORIES, type ReportCategory } from '@anancus/db'
import {
  type FullReport,
  hasReport,
  insertCollectionReports,
  insertReport,
} from '@anancus/db/queries/reports'
import type { Ctx } from '../../kernel/context.ts'
import { NotFoundError, ValidationError } from '../../kernel/errors.ts'
import { transaction } from '../../kernel/transaction.ts'
import { isLocal } from '../../kernel/uris.ts'
import { newActivityUri } from '../relationships/index.ts'
import { checkRules, citedCollections, citedStatuses, statusesCitedByServer } from './cite.ts'
import { forwardReport, forwardsToOrigin } from './forward-report.ts'
import { MAX_REMOTE_COMMENT, MAX_REPORT_COMMENT } from './limits.ts'
import { notifyStaffOfReport } from './notify-staff.ts'

export interface ReportParams {
  statusIds?: readonly string[] | undefined
  collectionIds?: readonly string[] | undefined
  comment?: string | undefined
  category?: string | undefined
  ruleIds?: readonly string[] | undefined
  /** Tell the server of a remote account too. */
  forward?: boolean | undefined
  /** Which servers are told; absent is that of the account. */
  forwardToDomains?: readonly string[] | undefined
  applicationId?: string | null
}

/**
 * Reports an account to the moderators, and to those of its own server when asked to. They are told unless another
 * report about it waits already.
 *
 * @throws NotFoundError the account is suspended, or something cited is not its own or not to be seen
 * @throws ValidationError comment too long, unknown category, rules that are none
 * @see https://docs.joinmastodon.org/methods/reports/#post
 */
export async function fileReport(
  ctx: Ctx,
  reporter: AccountRow,
  target: AccountRow,
  params: ReportParams,
): Promise<FullReport> {
  if (target.suspended_at !== null) throw new NotFoundError()
  const comment = checkComment(params.comment ?? '')
  const ruleIds = params.ruleIds?.length ? params.ruleIds : null
  const category = ruleIds ? 'violation' : checkCategory(params.category || 'other')
  await checkRules(ctx, category, ruleIds)
  const statusIds = await citedStatuses(ctx, reporter, target, params.statusIds ?? [])
  const collectionIds = await citedCollections(ctx, target, params.collectionIds ?? [])
  return transaction(ctx, async (tx) => {
    const row = await insertReport(tx.db, {
      accountId: reporter.id,
      targetAccountId: target.id,
      applicationId: params.applicationId ?? null,
      category: REPORT_CATEGORIES[category],
      comment,
      forwarded: forwardsToOrigin(target, params),
      ruleIds,
      statusIds,
      uri: newActivityUri(tx),
    })
    if (collectionIds.length > 0) await insertCollectionReports(tx.db, row.id, collectionIds)
    const report = { ...row, collection_ids: collectionIds }
    await notifyStaffOfReport(tx, report, reporter)
    await forwardReport(tx, report, target, params)
    return report
  })
}

function checkComment(comment: string): string {
  if (isLongerThan(comment, MAX_REPORT_COMMENT))
    throw ValidationError.failed(`Comment is too long (maximum is ${MAX_REPORT_COMMENT} characters)`)
  return comment
}

/** Counts characters as Rails does: a code point each. */
export function isLongerThan(text: string, limit: number): boolean {
  return text.length > 2 * limit || Array.from(text).length > limit
}

/** @throws ValidationError */
export function checkCategory(category: string): ReportCategory {
  if (Object.hasOwn(REPORT_CATEGORIES, category)) return category as ReportCategory
  throw ValidationError.failed('Category is not included in the list')
}

export interface RemoteReport {
  /** The address of the Flag; null where it has none of its actor's house. */
  uri: string | null
  statusIds: readonly string[]
  comment: string
}

/**
 * Takes a report from another server, whose reporter is mostly its instance actor. A comment too long is cut; statuses
 * the server may not know of are dropped.
 *
 * @returns false when it has come already
 */
export async function fileRemoteReport(
  ctx: Ctx,
  reporter: AccountRow,
  target: AccountRow,
  remote: RemoteReport,
): Promise<boolean> {
  if (isLocal(reporter) || target.suspended_at !== null) return false
  if (remote.uri !== null && (await hasReport(ctx.db, reporter.id, remote.uri, target.id))) return false
  const statusIds = await statusesCitedByServer(ctx, reporter, target, remote.statusIds)
  await transaction(ctx, async (tx) => {
    const row = await insertReport(tx.db, {
      accountId: reporter.id,
      targetAccountId: target.id,
      applicationId: null,
      category: REPORT_CATEGORIES.other,
      comment: Array.from(remote.comment.slice(0, 2 * MAX_REMOTE_COMMENT))
        .slice(0, MAX_REMOTE_COMMENT)
        .join(''),
      forwarded: false,
      ruleIds: null,
      statusIds,
      uri: remote.uri,
    })
    await notifyStaffOfReport(tx, row, reporter)
  })
  return true
}
