import { type AppealRow, nameOf, WARNING_ACTIONS, type WarningAction } from '@anancus/db'
import {
  appealById,
  decideAppeal,
  insertAppeal,
  overruleWarning,
  type WarningFacts,
  warningFactsByIds,
} from '@anancus/db/queries/account-warnings'
import { setRestrictions } from '@anancus/db/queries/moderation'
import { updateUser } from '@anancus/db/queries/users'
import type { Ctx } from '../../kernel/context.ts'
import { ForbiddenError, NotFoundError, ValidationError } from '../../kernel/errors.ts'
import { transaction } from '../../kernel/transaction.ts'
import { acct } from '../../kernel/uris.ts'
import type { Viewer } from '../../kernel/viewer.ts'
import { enqueueMail } from '../users/index.ts'
import { requirePermission } from './may.ts'
import { isLongerThan } from './file-report.ts'
import { APPEAL_WINDOW_DAYS, MAX_APPEAL } from './limits.ts'
import { logAction } from './log-action.ts'
import { mailStaffOfAppeal } from './notify-staff.ts'
import { getModerated, type ModeratedAccount } from './read-accounts.ts'
import { isSuspendedByUs, liftSuspension } from './suspend-account.ts'

const DAY_MS = 86_400_000

/**
 * Asks the moderators to take a strike back. Its target may, once, for twenty days; a suspended one too.
 *
 * @throws NotFoundError no such strike against the viewer
 * @throws ForbiddenError it is too old, was taken back, or has been appealed
 * @throws ValidationError blank or too long
 */
export async function appealStrike(
  ctx: Ctx,
  viewer: Viewer,
  warningId: string,
  text: string,
): Promise<AppealRow> {
  const warning = await getWarning(ctx, warningId)
  if (warning.target_account_id !== viewer.account.id) throw new NotFoundError()
  if (text.trim() === '') throw ValidationError.failed("Text can't be blank")
  if (isLongerThan(text, MAX_APPEAL))
    throw ValidationError.failed(`Text is too long (maximum is ${MAX_APPEAL} characters)`)
  const age = ctx.clock.now().getTime() - warning.created_at.getTime()
  if (warning.overruled_at !== null || age > APPEAL_WINDOW_DAYS * DAY_MS) throw new ForbiddenError()
  return transaction(ctx, async (tx) => {
    const appeal = await insertAppeal(tx.db, warningId, viewer.account.id, text)
    if (!appeal) throw new ForbiddenError()
    await mailStaffOfAppeal(tx, warningId)
    return appeal
  })
}

async function getWarning(ctx: Ctx, id: string): Promise<WarningFacts> {
  const [warning] = await warningFactsByIds(ctx.db, [id])
  if (!warning) throw new NotFoundError()
  return warning
}

/**
 * Agrees with an appeal: the strike is taken back, and what it did with it.
 *
 * @throws NotFoundError no such appeal
 * @throws ForbiddenError it was decided already, or is not the viewer's to decide
 */
export async function approveAppeal(ctx: Ctx, viewer: Viewer, id: string): Promise<void> {
  await decide(ctx, viewer, id, true)
}

/** Stays by a strike. @throws NotFoundError @throws ForbiddenError as `approveAppeal` */
export async function rejectAppeal(ctx: Ctx, viewer: Viewer, id: string): Promise<void> {
  await decide(ctx, viewer, id, false)
}

async function decide(ctx: Ctx, viewer: Viewer, id: string, approved: boolean): Promise<void> {
  requirePermission(viewer, 'manage_appeals')
  await transaction(ctx, async (tx) => {
    const appeal = await appealById(tx.db, id)
    if (!appeal) throw new NotFoundError()
    const at = tx.clock.now()
    const isFirst = await decideAppeal(tx.db, id, { byAccountId: viewer.account.id, approved, at })
    if (!isFirst) throw new ForbiddenError()
    const target = await getModerated(tx, appeal.account_id)
    if (approved && (await overruleWarning(tx.db, appeal.account_warning_id, at))) {
      const warning = await getWarning(tx, appeal.account_warning_id)
      await UNDONE[nameOf(WARNING_ACTIONS, warning.action)]?.(tx, target)
    }
    if (target.login)
      await enqueueMail(tx, approved ? 'appeal_approved' : 'appeal_rejected', target.login.user.id, {
        warningId: appeal.account_warning_id,
      })
    await logAction(tx, viewer, approved ? 'approve' : 'reject', {
      type: 'Appeal',
      id,
      humanIdentifier: acct(target.account),
      routeParam: appeal.account_warning_id,
    })
  })
}

/** How a strike is undone. What was done to single statuses stays done. */
const UNDONE: Partial<Record<WarningAction, (tx: Ctx, target: ModeratedAccount) => Promise<unknown>>> = {
  disable: async (tx, { login }) => login && updateUser(tx.db, login.user.id, { disabled: false }),
  sensitive: (tx, { account }) => setRestrictions(tx.db, account.id, { sensitized_at: null }),
  silence: (tx, { account }) => setRestrictions(tx.db, account.id, { silenced_at: null }),
  suspend: async (tx, target) => {
    if (isSuspendedByUs(target)) await liftSuspension(tx, target)
  },
}
