import { updateUser } from '@anancus/db/queries/users'
import { setRestrictions } from '@anancus/db/queries/moderation'
import type { Ctx } from '../../kernel/context.ts'
import { ForbiddenError } from '../../kernel/errors.ts'
import { transaction } from '../../kernel/transaction.ts'
import type { Viewer } from '../../kernel/viewer.ts'
import { requirePermission } from './may.ts'
import { closeStreams } from '../users/index.ts'
import { logAction } from './log-action.ts'
import { accountTarget, userTarget } from './log-targets.ts'
import { getModerated, type ModeratedAccount } from './read-accounts.ts'

/**
 * Freezes a login: its tokens and sessions are refused from now on, open streams close.
 *
 * @throws ForbiddenError there is no login
 */
export async function freezeUser(tx: Ctx, viewer: Viewer, target: ModeratedAccount): Promise<void> {
  if (!target.login) throw new ForbiddenError('Forbidden')
  await logAction(tx, viewer, 'disable', userTarget(target))
  await updateUser(tx.db, target.login.user.id, { disabled: true })
  await closeStreams(tx, target.login)
}

/** Shows all media of an account as sensitive from now on. */
export async function markSensitive(tx: Ctx, viewer: Viewer, target: ModeratedAccount): Promise<void> {
  await logAction(tx, viewer, 'sensitive', accountTarget(target))
  await setRestrictions(tx.db, target.account.id, { sensitized_at: tx.clock.now() })
}

/** Limits an account: hidden from who does not follow it. */
export async function limitAccount(tx: Ctx, viewer: Viewer, target: ModeratedAccount): Promise<void> {
  await logAction(tx, viewer, 'silence', accountTarget(target))
  await setRestrictions(tx.db, target.account.id, { silenced_at: tx.clock.now() })
}

/**
 * Lets a frozen user in again.
 *
 * @throws ForbiddenError there is no login
 * @see https://docs.joinmastodon.org/methods/admin/accounts/#enable
 */
export function unfreezeUser(ctx: Ctx, viewer: Viewer, id: string): Promise<void> {
  return lift(ctx, viewer, id, async (tx, target) => {
    if (!target.login) throw new ForbiddenError('Forbidden')
    if (!target.login.user.disabled) return
    await updateUser(tx.db, target.login.user.id, { disabled: false })
    await logAction(tx, viewer, 'enable', userTarget(target))
  })
}

/** @see https://docs.joinmastodon.org/methods/admin/accounts/#unsensitive */
export function unmarkSensitive(ctx: Ctx, viewer: Viewer, id: string): Promise<void> {
  return lift(ctx, viewer, id, async (tx, target) => {
    if (target.account.sensitized_at === null) return
    await setRestrictions(tx.db, id, { sensitized_at: null })
    await logAction(tx, viewer, 'unsensitive', accountTarget(target))
  })
}

/** @see https://docs.joinmastodon.org/methods/admin/accounts/#unsilence */
export function unlimitAccount(ctx: Ctx, viewer: Viewer, id: string): Promise<void> {
  return lift(ctx, viewer, id, async (tx, target) => {
    if (target.account.silenced_at === null) return
    await setRestrictions(tx.db, id, { silenced_at: null })
    await logAction(tx, viewer, 'unsilence', accountTarget(target))
  })
}

/** Takes a restriction back; what is not there is left as it is. @throws NotFoundError @throws ForbiddenError */
async function lift(
  ctx: Ctx,
  viewer: Viewer,
  id: string,
  work: (tx: Ctx, target: ModeratedAccount) => Promise<void>,
): Promise<void> {
  requirePermission(viewer, 'manage_users')
  await transaction(ctx, async (tx) => work(tx, await getModerated(tx, id)))
}
