import { type AccountWarningRow, type ReportRow, WARNING_ACTIONS } from '@anancus/db'
import { insertWarning, warningPresetText } from '@anancus/db/queries/account-warnings'
import { accountById } from '@anancus/db/queries/accounts'
import { lockAccount } from '@anancus/db/queries/moderation'
import { unresolvedReportsAgainst } from '@anancus/db/queries/reports'
import { notifyJob } from '../../jobs/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { enqueue } from '../../kernel/enqueue.ts'
import { ForbiddenError, NotFoundError, ValidationError } from '../../kernel/errors.ts'
import { transaction } from '../../kernel/transaction.ts'
import { acct, isLocal } from '../../kernel/uris.ts'
import type { Viewer } from '../../kernel/viewer.ts'
import { canModerate } from './may.ts'
import { enqueueMail } from '../users/index.ts'
import { resolveReports } from './change-report.ts'
import { MAX_WARNING_TEXT } from './limits.ts'
import { logAction } from './log-action.ts'
import { accountTarget } from './log-targets.ts'
import { loginOf, type ModeratedAccount, roleOf } from './read-accounts.ts'
import { getReport } from './read-reports.ts'
import { freezeUser, limitAccount, markSensitive } from './restrict-account.ts'
import { suspendAccount } from './suspend-account.ts'

export interface AccountAction {
  type?: string | undefined
  /** The report that led to it. */
  reportId?: string | undefined
  /** A canned text, put before the other. */
  presetId?: string | undefined
  text?: string | undefined
  /** Mail and a notification for the account; by default both go out. */
  isTold?: boolean | undefined
  /** Whether the strike names the statuses of the report; by default it does. */
  namesStatuses?: boolean | undefined
}

const TYPES = ['none', 'disable', 'sensitive', 'silence', 'suspend'] as const
type ActionType = (typeof TYPES)[number]

/**
 * Does something about an account: warns it, freezes its login, marks its media, limits or suspends it. Every deed leaves
 * a strike, and all but a warning settle the reports about the account; a warning settles the one it answers.
 *
 * @throws ValidationError no such type
 * @throws NotFoundError the account, the report or the preset is not there
 * @throws ForbiddenError the account stands as high as the viewer, or reports may not be settled by the viewer
 * @see https://docs.joinmastodon.org/methods/admin/accounts/#action
 */
export async function actOnAccount(
  ctx: Ctx,
  viewer: Viewer,
  targetId: string,
  action: AccountAction,
): Promise<AccountWarningRow> {
  if (!(await accountById(ctx.db, targetId))) throw new NotFoundError()
  const type = checkType(action.type)
  checkText(action.text)
  return transaction(ctx, async (tx) => {
    const account = await lockAccount(tx.db, targetId)
    if (!account) throw new NotFoundError()
    const target = { account, login: await loginOf(tx, account) }
    if (!canModerate(viewer.role, account, roleOf(target))) throw new ForbiddenError()
    const report = action.reportId === undefined ? null : await reportAbout(tx, action.reportId, targetId)
    const text = await textOf(tx, action)
    await DEEDS[type](tx, viewer, target)
    const warning = await insertWarning(tx.db, {
      accountId: viewer.account.id,
      targetAccountId: account.id,
      reportId: report?.id ?? null,
      action: WARNING_ACTIONS[type],
      text,
      statusIds: report && action.namesStatuses !== false ? report.status_ids : null,
    })
    if (type === 'none' && text !== '') await logWarning(tx, viewer, warning, target)
    await resolveReports(tx, viewer, await settledReports(tx, type, targetId, report))
    if (action.isTold !== false) await tellTarget(tx, target, warning)
    return warning
  })
}

type Deed = (tx: Ctx, viewer: Viewer, target: ModeratedAccount) => Promise<void>

const DEEDS: Record<ActionType, Deed> = {
  none: async () => {},
  disable: freezeUser,
  sensitive: markSensitive,
  silence: limitAccount,
  suspend: async (tx, viewer, target) => {
    await logAction(tx, viewer, 'suspend', accountTarget(target))
    await suspendAccount(tx, target)
  },
}

function checkType(type: string | undefined): ActionType {
  const known = TYPES.find((each) => each === type)
  if (known) return known
  const blank = type === undefined || type.trim() === '' ? ["Type can't be blank"] : []
  throw ValidationError.failed(...blank, 'Type is not included in the list')
}

function checkText(text = ''): void {
  if (text.length > MAX_WARNING_TEXT)
    throw ValidationError.failed(`Text is too long (maximum is ${MAX_WARNING_TEXT} characters)`)
}

/** @throws NotFoundError it is not there, or about somebody else */
async function reportAbout(tx: Ctx, id: string, targetId: string): Promise<ReportRow> {
  const report = await getReport(tx, id)
  if (report.target_account_id !== targetId) throw new NotFoundError()
  return report
}

async function textOf(tx: Ctx, action: AccountAction): Promise<string> {
  const own = action.text ?? ''
  if (action.presetId === undefined) return own
  const preset = await warningPresetText(tx.db, action.presetId)
  if (preset === null) throw new NotFoundError()
  return [preset, own].filter(Boolean).join('\n\n')
}

async function settledReports(
  tx: Ctx,
  type: ActionType,
  targetId: string,
  report: ReportRow | null,
): Promise<ReportRow[]> {
  if (type === 'none') return report ? [report] : []
  return unresolvedReportsAgainst(tx.db, targetId)
}

/** Warnings alone are logged as such: for the rest the deed is. */
function logWarning(
  tx: Ctx,
  viewer: Viewer,
  warning: AccountWarningRow,
  { account }: ModeratedAccount,
): Promise<void> {
  const target = { type: 'AccountWarning', id: warning.id, humanIdentifier: acct(account) }
  return logAction(tx, viewer, 'create', target)
}

async function tellTarget(
  tx: Ctx,
  { account, login }: ModeratedAccount,
  warning: AccountWarningRow,
): Promise<void> {
  if (!isLocal(account) || !login) return
  await enqueueMail(tx, 'warning', login.user.id, { warningId: warning.id })
  await enqueue(tx, notifyJob, {
    recipientId: account.id,
    type: 'moderation_warning',
    activityType: 'AccountWarning',
    activityId: warning.id,
    fromAccountId: account.id,
  })
}
