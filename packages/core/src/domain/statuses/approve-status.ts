import type { AccountRow, StatusRow } from '@anancus/db'
import { accountById } from '@anancus/db/queries/accounts'
import { acceptApproval, approvalOf } from '@anancus/db/queries/interaction-policies'
import { statusById } from '@anancus/db/queries/statuses'
import { distributeStatusJob } from '../../jobs/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { enqueue } from '../../kernel/enqueue.ts'
import { transaction } from '../../kernel/transaction.ts'
import { removeStatus } from './remove-status.ts'

/** The status that one of ours answers or reblogs; null for what does neither. */
async function subjectOf(ctx: Ctx, status: StatusRow): Promise<StatusRow | null> {
  const id = status.reblog_of_id ?? status.in_reply_to_id
  return id === null ? null : statusById(ctx.db, id)
}

/** Whether an answer or reblog by one of ours waits for the author of the other status. No statement for others. */
export async function awaitsApproval(ctx: Ctx, status: StatusRow): Promise<boolean> {
  const mayWait = status.local && (status.reply || status.reblog_of_id !== null)
  const approval = mayWait ? await approvalOf(ctx.db, status.id) : null
  return approval !== null && approval.accepted_at === null
}

/** Who has to approve a status that waits: the author of what it answers or reblogs. */
export async function approverOf(ctx: Ctx, status: StatusRow): Promise<AccountRow | null> {
  const subject = await subjectOf(ctx, status)
  return subject ? accountById(ctx.db, subject.account_id) : null
}

/**
 * The author of a status approves what one of ours answered to it, or its reblog: now everybody is told.
 *
 * @param approvalUri where it is said that they may
 * @returns false when nobody asked, or it is not theirs to say
 */
export async function receiveApproval(
  ctx: Ctx,
  actor: AccountRow,
  status: StatusRow,
  approvalUri: string | null,
): Promise<boolean> {
  if (!status.local || (await subjectOf(ctx, status))?.account_id !== actor.id) return false
  return transaction(ctx, async (tx) => {
    if (!(await acceptApproval(tx.db, status.id, approvalUri, tx.clock.now()))) return false
    await enqueue(tx, distributeStatusJob, { statusId: status.id, kind: 'create' })
    return true
  })
}

/**
 * The author of a status wants no answer or reblog that one of ours made before their eyes, also later: it is withdrawn.
 * What needed nobody's approval stays.
 *
 * @returns false when nobody asked, or it is not theirs to say
 */
export async function receiveDisapproval(ctx: Ctx, actor: AccountRow, status: StatusRow): Promise<boolean> {
  if (!status.local || (await subjectOf(ctx, status))?.account_id !== actor.id) return false
  if ((await approvalOf(ctx.db, status.id)) === null) return false
  return removeStatus(ctx, status)
}
