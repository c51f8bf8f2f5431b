import { type AccountRow, permissionMask, type ReportRow } from '@anancus/db'
import { hasUnresolvedSibling } from '@anancus/db/queries/reports'
import { usersWithPermission, viewerByUserId } from '@anancus/db/queries/users'
import { notifyJob } from '../../jobs/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { enqueueMany } from '../../kernel/enqueue.ts'
import { countUse } from '../../kernel/rate-limit.ts'
import { preferencesOf } from '../settings/index.ts'
import { enqueueMail } from '../users/index.ts'

const STAFF = permissionMask('manage_reports', 'administrator')
const APPEALS = permissionMask('manage_appeals', 'administrator')

/**
 * Tells everyone who looks after reports of a new one, unless another about the same account waits already: they will
 * find both. A server that reports much makes notifications, not a flood of mail.
 */
export async function notifyStaffOfReport(
  tx: Ctx,
  report: Pick<ReportRow, 'id' | 'target_account_id'>,
  reporter: AccountRow,
): Promise<void> {
  if (await hasUnresolvedSibling(tx.db, report.target_account_id, report.id)) return
  const staff = await usersWithPermission(tx.db, STAFF)
  await enqueueMany(
    tx,
    notifyJob,
    staff.map(({ account_id: recipientId }) => ({
      recipientId,
      type: 'admin.report',
      activityType: 'Report',
      activityId: report.id,
      fromAccountId: reporter.id,
    })),
  )
  if (!(await mayMail(tx, reporter))) return
  for (const { id } of staff) {
    const member = await viewerByUserId(tx.db, id)
    if (member && preferencesOf(member.user)['notification_emails.report'])
      await enqueueMail(tx, 'new_report', id, { reportId: report.id })
  }
}

/** While Redis is away nobody counts, and a stranger's report mails nobody. */
async function mayMail(ctx: Ctx, reporter: AccountRow): Promise<boolean> {
  if (reporter.domain === null) return true
  try {
    return !(await countUse(ctx, 'report-mails', reporter.domain)).exceeded
  } catch (error) {
    ctx.log.warn({ error }, 'no mail about a report: Redis is away')
    return false
  }
}

/** Mails those who decide about appeals of a new one, as far as they want such mail. */
export async function mailStaffOfAppeal(tx: Ctx, warningId: string): Promise<void> {
  for (const { id } of await usersWithPermission(tx.db, APPEALS)) {
    const member = await viewerByUserId(tx.db, id)
    if (member && preferencesOf(member.user)['notification_emails.appeal'])
      await enqueueMail(tx, 'new_appeal', id, { warningId })
  }
}
